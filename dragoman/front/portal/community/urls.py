"""Addresses of the community, below `/community/<brand>/`."""

from django.urls import include, path

from . import asking, door, home, joining, maps, reporting, thread

_pages = [
    path("", home.home, name="community_home"),
    path("search", home.search, name="community_search"),
    path("s/<slug:key>/", home.space, name="community_space"),
    path("ask", asking.ask_question, name="community_ask"),
    path("q/<int:thread_id>/", thread.thread, name="community_thread"),
    path("q/<int:thread_id>/answer", thread.post_answer, name="community_answer"),
    path("q/<int:thread_id>/follow", thread.follow_thread, name="community_follow"),
    path("q/<int:thread_id>/translate", thread.translate, name="community_translate"),
    path("p/<int:post_id>/edit", thread.edit, name="community_edit"),
    path("p/<int:post_id>/report", reporting.report, name="community_report"),
    *(
        path(f"p/<int:post_id>/{verb}", thread.act, {"verb": verb}, name=f"community_{verb}")
        for verb in ("vote", "unvote", "accept", "withdraw")
    ),
    path("join", joining.join, name="community_join"),
    path("join/code", joining.code, name="community_code"),
    path("leave", joining.sign_off, name="community_leave"),
    path("me", joining.me, name="community_me"),
    path("me/go", joining.go, name="community_go"),
    path("m/<int:member_id>/", joining.profile, name="community_member"),
    path("rules", reporting.rules, name="community_rules"),
    path("decision/<str:token>", reporting.decision, name="community_decision"),
    path("stop/<str:token>", reporting.stop, name="community_stop"),
]
urlpatterns = [
    path("", door.start, name="community_start"),
    path("sitemap.xml", maps.sitemap, name="community_sitemap"),
    path("<str:language>/", include(_pages)),
]

"""Addresses of the help centre, below `/help/<brand>/`: what ends in a slash is a page that is found."""

from django.urls import path

from . import article, block, feed, home, maps, searching, webinars

_HERE = "<str:place>/"

urlpatterns = [
    path("", home.start, name="help_start"),
    path("sitemap.xml", maps.sitemap, name="help_sitemap"),
    path("sitemap-<int:part>.xml", maps.sitemap, name="help_sitemap_part"),
    path(_HERE, home.home, name="help_home"),
    path(f"{_HERE}search", searching.search, name="help_search"),
    path(f"{_HERE}instant", searching.instant, name="help_instant"),
    path(f"{_HERE}reached", searching.reached, name="help_reached"),
    path(f"{_HERE}feed.json", feed.feed, name="help_feed"),
    path(f"{_HERE}block", block.block, name="help_block"),
    path(f"{_HERE}block.json", block.facts, name="help_block_facts"),
    path(f"{_HERE}embed.js", block.script, name="help_embed"),
    path(f"{_HERE}topics/<str:key>/", home.topic, name="help_topic"),
    path(f"{_HERE}webinars/", webinars.webinars, name="help_webinars"),
    path(f"{_HERE}webinars/<int:webinar_id>.ics", webinars.calendar, name="help_webinar_calendar"),
    path(f"{_HERE}webinars/seats/<str:token>", webinars.seat, name="help_seat"),
    path(f"{_HERE}<str:key>/", article.article, name="help_article"),
    path(f"{_HERE}<str:key>/feedback", article.feedback, name="help_feedback"),
    path(f"{_HERE}<path:rest>", home.nothing),
]

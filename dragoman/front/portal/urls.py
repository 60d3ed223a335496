"""Addresses of what customers see: the widget's script, its endpoints, tracking, returns, help, the demo's shops."""

from django.urls import include, path

from dragoman.front.portal.demo.views import shop
from dragoman.front.portal.help.files import file
from dragoman.front.portal.help.maps import robots
from dragoman.front.portal.help.theme import theme
from dragoman.front.portal.surveys.views import survey
from dragoman.front.portal.tracking.views import track
from dragoman.front.portal.widget.views import widget

urlpatterns = [
    path("widget.js", widget, name="widget"),
    path("chat/<slug:brand>/", include("dragoman.front.portal.chat.urls")),
    path("track/<slug:brand>/", track, name="track"),
    path("returns/<slug:brand>/", include("dragoman.front.portal.returns.urls")),
    path("help/<slug:brand>/", include("dragoman.front.portal.help.urls")),
    path("help-files/<int:workspace_id>/<str:token>", file, name="help_file"),
    path("help-theme/<slug:colour>.css", theme, name="help_theme"),
    path("robots.txt", robots),
    path("s/<str:token>", survey, name="survey"),
    path("community/<slug:brand>/", include("dragoman.front.portal.community.urls")),
    path("demo/shop/<slug:brand>/", shop, name="demo_shop"),
]

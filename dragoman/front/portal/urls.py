"""Addresses of what customers see: the widget's script, its endpoints."""

from django.urls import include, path

from dragoman.front.portal.widget.views import widget

urlpatterns = [
    path("widget.js", widget, name="widget"),
    path("chat/<slug:brand>/", include("dragoman.front.portal.chat.urls")),
]

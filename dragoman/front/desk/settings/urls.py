"""Addresses of the settings."""

from django.urls import URLPattern
from django.urls import path as bare_path

from ..request import View, agents_only
from . import views
from .personal import views as personal


def path(route: str, view: View, name: str) -> URLPattern:
    """Lead to a view for agents."""
    return bare_path(route, agents_only(view), name=f"settings_{name}")


urlpatterns = [
    path("", views.index, "index"),
    path("profile", personal.profile, "profile"),
    path("security", personal.security, "security"),
    path("security/sessions/others", personal.end_others, "end_other_sessions"),
    path("security/sessions/<int:session_id>", personal.end_session, "end_session"),
]

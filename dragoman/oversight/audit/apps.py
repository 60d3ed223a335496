"""Django's name for the room."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """Who did what."""

    name = "dragoman.oversight.audit"

"""Django's name for the room."""

from django.apps import AppConfig


class PortalConfig(AppConfig):
    """See this package's README."""

    name = "dragoman.front.portal"

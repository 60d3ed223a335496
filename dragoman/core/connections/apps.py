"""Django's name for the room."""

from django.apps import AppConfig


class ConnectionsConfig(AppConfig):
    """A workspace's accounts at mail servers and vendors."""

    name = "dragoman.core.connections"

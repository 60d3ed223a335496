"""Django's name for the room."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    """See this package's README."""

    name = "dragoman.front.api"

"""Django's name for the room."""

from django.apps import AppConfig


class CommunityConfig(AppConfig):
    """Where customers help each other, in the open."""

    name = "dragoman.service.community"

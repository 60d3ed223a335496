"""Django's name for the room."""

from django.apps import AppConfig


class AssistConfig(AppConfig):
    """What is laid beside an agent's hand; nothing of it sends itself."""

    name = "dragoman.service.assist"

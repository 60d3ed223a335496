"""Django's name for the room."""

from django.apps import AppConfig


class ConversationsConfig(AppConfig):
    """The heart: envelopes, conversations, messages."""

    name = "dragoman.core.conversations"

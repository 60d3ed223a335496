"""Django's name for the room."""

from django.apps import AppConfig

from dragoman.kit.registry import discover


class ConversationsConfig(AppConfig):
    """The heart: envelopes, conversations, messages."""

    name = "dragoman.core.conversations"

    def ready(self) -> None:
        """Find every channel there is."""
        discover("dragoman.ground.channels")

"""Django's name for the room."""

from django.apps import AppConfig


class CommerceConfig(AppConfig):
    """What shops sold, sent and were paid, as we mirror it."""

    name = "dragoman.core.commerce"

"""Django's name for the room."""

from django.apps import AppConfig


class BotConfig(AppConfig):
    """What answers customers by itself, and hands over to people."""

    name = "dragoman.service.bot"

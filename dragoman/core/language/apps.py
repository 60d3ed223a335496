"""Django's name for the room."""

from django.apps import AppConfig


class LanguageConfig(AppConfig):
    """What the desk knows of languages, and what a workspace decided about them."""

    name = "dragoman.core.language"

"""Django's name for the room."""

from django.apps import AppConfig


class TextsConfig(AppConfig):
    """Texts a team writes once: templates with a text per language and market."""

    name = "dragoman.core.texts"

"""Django's name for the room."""

from django.apps import AppConfig


class InsightsConfig(AppConfig):
    """What the desk measures."""

    name = "dragoman.oversight.insights"

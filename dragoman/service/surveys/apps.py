"""Django's name for the room."""

from django.apps import AppConfig


class SurveysConfig(AppConfig):
    """How customers found it."""

    name = "dragoman.service.surveys"

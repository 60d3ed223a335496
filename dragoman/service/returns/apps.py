"""Django's name for the room."""

from django.apps import AppConfig


class ReturnsConfig(AppConfig):
    """What may go back, by law and by a brand's word, and how it goes."""

    name = "dragoman.service.returns"

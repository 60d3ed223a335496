"""Django's name for the room."""

from django.apps import AppConfig


class SegmentsConfig(AppConfig):
    """Lists somebody saved: views of conversations, own or shared."""

    name = "dragoman.core.segments"

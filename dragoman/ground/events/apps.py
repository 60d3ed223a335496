"""Django's name for the room."""

from django.apps import AppConfig


class EventsConfig(AppConfig):
    """Publish and listen."""

    name = "dragoman.ground.events"

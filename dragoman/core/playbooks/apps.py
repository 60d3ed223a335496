"""Django's name for the room."""

from django.apps import AppConfig


class PlaybooksConfig(AppConfig):
    """What brands made of the countries' playbooks."""

    name = "dragoman.core.playbooks"

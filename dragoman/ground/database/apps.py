"""Django's name for the room."""

from django.apps import AppConfig


class DatabaseConfig(AppConfig):
    """The backend that tells PostgreSQL who acts."""

    name = "dragoman.ground.database"

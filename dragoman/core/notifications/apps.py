"""Django's name for the room."""

from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    """Telling agents what concerns them: in the console, by mail, by push."""

    name = "dragoman.core.notifications"

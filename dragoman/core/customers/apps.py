"""Django's name for the room."""

from django.apps import AppConfig


class CustomersConfig(AppConfig):
    """People who write, and how they are known."""

    name = "dragoman.core.customers"

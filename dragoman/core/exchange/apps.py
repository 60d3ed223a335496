"""Django's name for the room."""

from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    """Public rates of exchange, by day."""

    name = "dragoman.core.exchange"

"""Django's name for the room."""

from django.apps import AppConfig


class GatewayConfig(AppConfig):
    """See this package's README."""

    name = "dragoman.front.gateway"

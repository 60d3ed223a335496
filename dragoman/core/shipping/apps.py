"""Django's name for the room."""

from django.apps import AppConfig


class ShippingConfig(AppConfig):
    """What it costs to send goods, over a border too."""

    name = "dragoman.core.shipping"

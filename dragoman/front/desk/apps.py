"""The agents' screens: they show what the floors below know and call their actions."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "dragoman.front.desk"

"""Django's name for the room."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Workspaces, brands, agents, teams, tokens."""

    name = "dragoman.core.accounts"

"""Django's name for the room."""

from django.apps import AppConfig


class KnowledgeConfig(AppConfig):
    """Articles: one source of truth for customers, agents and the bot."""

    name = "dragoman.core.knowledge"

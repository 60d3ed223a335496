"""The look of every page: tokens, base templates, components and template functions."""

from django.apps import AppConfig


class DesignConfig(AppConfig):
    name = "dragoman.ground.design"

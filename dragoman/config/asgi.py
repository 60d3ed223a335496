"""The ASGI application: live streams by a small dispatcher in front, everything else by Django."""

import importlib
import os

from django.core.wsgi import get_wsgi_application

from dragoman.kit.starting import uncollected

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dragoman.config.settings")

with uncollected():
    django_application = get_wsgi_application()
    # these need Django's apps; the addresses would else be loaded by the first request
    from dragoman.front.api.hot import post_message
    from dragoman.front.gateway.dispatch import Dispatcher

    importlib.import_module("dragoman.config.urls")

application = Dispatcher(django_application, {("POST", "/api/v1/messages"): post_message})

"""The ASGI application: live streams by a small dispatcher in front, everything else by Django."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dragoman.config.settings")
django_application = get_wsgi_application()

from dragoman.front.gateway.dispatch import Dispatcher  # noqa: E402  (needs Django's apps)

application = Dispatcher(django_application)

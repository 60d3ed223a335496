"""The ASGI application: live streams by a small dispatcher in front, everything else by Django."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dragoman.config.settings")
django_application = get_wsgi_application()

# these need Django's apps
from dragoman.front.api.hot import post_message  # noqa: E402
from dragoman.front.gateway.dispatch import Dispatcher  # noqa: E402

application = Dispatcher(django_application, {("POST", "/api/v1/messages"): post_message})

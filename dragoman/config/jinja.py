"""The Jinja2 environment every page is rendered in."""

from typing import Any

from django.conf import settings
from django.templatetags.static import static
from django.urls import reverse
from django.utils import translation
from jinja2 import Environment

from dragoman.config import demo
from dragoman.ground.design import functions


def environment(**options: Any) -> Environment:
    """Make the environment: escaping always on, gettext from Django's active language."""
    env = Environment(**{**options, "autoescape": True})  # noqa: S701 - it is on
    env.globals.update(static=static, url=_url, **functions.GLOBALS)
    env.globals["demo_log_in"] = (demo.EMAIL, demo.PASSWORD) if settings.DEMO else None
    env.filters.update(functions.FILTERS)
    env.policies["ext.i18n.trimmed"] = True
    env.install_gettext_callables(  # type: ignore[attr-defined]
        gettext=translation.gettext,
        ngettext=translation.ngettext,
        pgettext=translation.pgettext,
        npgettext=translation.npgettext,
        newstyle=True,
    )
    return env


def _url(name: str, *args: Any, **kwargs: Any) -> str:
    return reverse(name, args=args, kwargs=kwargs)

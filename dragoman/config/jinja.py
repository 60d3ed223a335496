"""The Jinja2 environment every page is rendered in."""

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from dragoman.config import demo
from dragoman.ground.design import functions, quick


def environment(**options: Any) -> quick.QuickEnvironment:
    """Make the environment: escaping always on, gettext from Django's active language."""
    env = quick.QuickEnvironment(**{**options, "autoescape": True})
    env.globals.update(static=functions.address_of, url=_url, **functions.GLOBALS)
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
    # said straight from a cache; `_` and {% trans %} without a plural go through these
    env.globals.update(_=quick.gettext, gettext=quick.gettext, pgettext=quick.pgettext)
    return env


def _url(name: str, *args: Any, **kwargs: Any) -> str:
    return reverse(name, args=args, kwargs=kwargs)

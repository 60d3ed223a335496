"""The two dialogs that every page carries, drawn once for each language."""

from functools import lru_cache

from django.template.loader import render_to_string
from django.utils import translation
from markupsafe import Markup

from .keys import CHORDS, GROUPS


@lru_cache(maxsize=64)
def _drawn(language: str) -> Markup:
    drawn = render_to_string("desk/_dialogs.html", {"key_groups": GROUPS, "chords": CHORDS})
    return Markup(drawn)  # noqa: S704 (a template escaped it)


def dialogs() -> Markup:
    """Return palette and keyboard map in the reader's language."""
    return _drawn(translation.get_language() or "en")

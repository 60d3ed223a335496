"""The two dialogs that every page carries, drawn once for each language."""

from functools import lru_cache

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.safestring import SafeString

from .keys import CHORDS, GROUPS


@lru_cache(maxsize=64)
def _drawn(language: str) -> SafeString:
    return render_to_string("desk/_dialogs.html", {"key_groups": GROUPS, "chords": CHORDS})


def dialogs() -> SafeString:
    """Return palette and keyboard map in the reader's language."""
    return _drawn(translation.get_language() or "en")

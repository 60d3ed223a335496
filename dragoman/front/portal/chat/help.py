"""The help centre as the chat asks it: paragraphs that answer, as small facts with a path to read on."""

from collections.abc import Sequence
from typing import Any

from dragoman.core.accounts.models import Brand

from .own_texts import Shopper


def has_help(brand: Brand) -> bool:
    """Say whether a brand's customers can read anything."""
    return False


def find_help(brand: Brand, words: str, shopper: Shopper, *, limit: int) -> Sequence[dict[str, Any]]:
    """Return what answers: `{id, title, heading, passage, language, fallback, path}`, the best first."""
    return []

"""Languages to choose from, named in the reader's own."""

from collections.abc import Sequence

from dragoman.ground.design.functions import language_name
from dragoman.kit.tags import LANGUAGES


def language_choices(tags: Sequence[str] = LANGUAGES) -> list[tuple[str, str]]:
    """Return (tag, name) pairs by name, for a select."""
    return sorted(((tag, language_name(tag)) for tag in tags), key=lambda pair: pair[1].casefold())

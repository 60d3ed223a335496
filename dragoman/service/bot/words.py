"""What the bot says where a brand wrote nothing of its own: whole sentences, in every language of our pages."""

from collections.abc import Mapping
from typing import Final

from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from dragoman.kit import tags

WORDS: Final[Mapping[str, str | Promise]] = {
    "disclosure": _("{name} is a bot, not a person. You can ask for a person at any time."),
}


def said(key: str, language: str, **slots: str) -> str:
    """Return a sentence in a language (BCP 47), English where we do not speak it."""
    with translation.override(tags.match(language, tags.LANGUAGES) or "en"):
        return str(WORDS[key]).format(**slots)

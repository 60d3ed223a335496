"""The words that laws put on the two buttons of the withdrawal function, and how we know them, by language."""

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final, Literal

from django.utils import translation
from django.utils.translation import gettext as _
from pydantic import BaseModel, ConfigDict

from dragoman.ground.markets.playbook import Source
from dragoman.kit import tags

_FILE: Final = Path(__file__).with_name("law_words.toml")
Known = Literal["read", "quoted", "translated"]


class _Words(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    withdraw: str
    confirm: str
    source: str
    known: Literal["read", "quoted"]


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid")

    sources: dict[str, Source]
    words: dict[str, _Words]


@dataclass(frozen=True)
class Buttons:
    """What stands on the two buttons; `source` is None for a translation of ours."""

    withdraw: str
    confirm: str
    known: Known
    source: Source | None = None


@lru_cache(maxsize=1)
def _read() -> _File:
    return _File.model_validate(tomllib.loads(_FILE.read_text("utf-8")))


def buttons_in(language: str) -> Buttons:
    """Return the words in a language (BCP 47): the law's where we know them, else our translation of the English."""
    file = _read()
    found = tags.match(language, tuple(file.words))
    if found:
        words = file.words[found]
        return Buttons(words.withdraw, words.confirm, words.known, file.sources[words.source])
    with translation.override(language):
        return Buttons(_("Withdraw from contract here"), _("Confirm withdrawal"), "translated")

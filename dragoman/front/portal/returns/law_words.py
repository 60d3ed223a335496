"""The words that laws put on the buttons of the withdrawal function, by the reader's language."""

import tomllib
from functools import lru_cache
from pathlib import Path
from typing import Final

from django.utils.translation import gettext as _
from pydantic import BaseModel, ConfigDict

from dragoman.ground.design.functions import ui_language
from dragoman.ground.markets.playbook import Source
from dragoman.kit import tags

_FILE: Final = Path(__file__).with_name("law_words.toml")
# EU and EEA: their consumers have the function, wherever the shop is
EUROPE: Final = frozenset(
    ["AT", "BE", "BG", "HR", "CY", "CZ", "DK", "EE", "FI", "FR", "DE", "GR", "HU", "IE", "IT", "LV", "LT", "LU", "MT",
     "NL", "PL", "PT", "RO", "SK", "SI", "ES", "SE", "NO", "IS", "LI"]
)  # fmt: skip
# Argentina's law names its button in Spanish (Disposición 954/2025, which took the place of Resolución 424/2020)
ARREPENTIMIENTO: Final = "Botón de arrepentimiento"
# where the two functions stand: names of laws, the same in every language
EUROPEAN_LAW: Final = "Directive 2011/83/EU Art. 11a; Directive (EU) 2023/2673"
ARGENTINE_LAW: Final = "Ley 24.240 Art. 34; Disposición 954/2025"


class _Words(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    withdraw: str = ""
    confirm: str = ""
    source: str


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid")

    sources: dict[str, Source]
    words: dict[str, _Words]


@lru_cache(maxsize=1)
def _read() -> _File:
    return _File.model_validate(tomllib.loads(_FILE.read_text("utf-8")))


def _of_reader() -> _Words | None:
    words = _read().words
    found = tags.match(ui_language(), tuple(words))
    return words[found] if found else None


def withdraw_words() -> str:
    """Return what stands on the first button: the law's words where they were read, else their translation."""
    found = _of_reader()
    return (found.withdraw if found else "") or _("Withdraw from contract here")


def confirm_words() -> str:
    """Return what stands, alone, on the second button."""
    found = _of_reader()
    return (found.confirm if found else "") or _("Confirm withdrawal")

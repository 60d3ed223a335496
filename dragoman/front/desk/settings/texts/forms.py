"""Texts in several languages: rows of language, perhaps a market, and words."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from django import forms
from django.http import QueryDict
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from dragoman.ground.design.functions import market_name
from dragoman.kit.address import clean
from dragoman.kit.tags import is_known, is_market
from dragoman.kit.variants import key_of, parted

from ..languages import language_choices

LONGEST = 2000
MOST_ROWS = 200
_CODES = (
    "FI SE NO DK EE LV LT PL CZ RO HU NL BE DE AT CH FR IT ES PT GB IE US CA BR MX TH JP SG MY VN"
    " KR CN HK TW IN TR AE SA EG IL GR UA AU NZ"
)
MARKETS = tuple(_CODES.split(" "))
_languages = lazy(language_choices, list)


@dataclass(frozen=True)
class Row:
    """One text as the form shows it."""

    language: str = ""
    market: str = ""
    text: str = ""


def rows_in(posted: QueryDict, *, longest: int = LONGEST) -> list[Row]:
    """Return what a form holds, rows without a language or words left out; a second one for the same replaces it."""
    languages, texts = posted.getlist("language"), posted.getlist("text")
    markets = posted.getlist("market") or [""] * len(languages)
    found: dict[str, Row] = {}
    for language, market, text in zip(languages, markets, texts, strict=False):
        words = clean(text).replace("\r\n", "\n").strip()[:longest]
        if language and words and is_known(language) and (not market or is_market(market)):
            found[key_of(language, market)] = Row(language, market, words)
    return list(found.values())[:MOST_ROWS]


def rows_of(texts: Mapping[str, str]) -> list[Row]:
    """Return stored texts as rows."""
    return [Row(*parted(key), text) for key, text in sorted(texts.items())]


def texts_of(rows: Sequence[Row]) -> dict[str, str]:
    """Return rows as they are stored."""
    return {key_of(row.language, row.market): row.text for row in rows}


def market_choices(also: Collection[str] = ()) -> list[tuple[str, str]]:
    """Return (code, name) of countries by name; `also` are those that must be among them."""
    codes = dict.fromkeys([*MARKETS, *also])
    return sorted(((code, market_name(code)) for code in codes), key=lambda pair: pair[1].casefold())


class TryForm(forms.Form):
    """For whom a text is tried."""

    try_language = forms.ChoiceField(label=_("A customer who writes"), choices=_languages)
    try_market = forms.ChoiceField(
        label=_("from"),
        required=False,
        choices=lazy(lambda: [("", _("Anywhere")), *market_choices()], list),
    )

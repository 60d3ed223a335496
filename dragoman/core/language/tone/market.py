"""What the tone check hears of a market: the facts of its playbook, and what a brand made of them."""

import datetime
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from dragoman.core.playbooks.queries import Told, told
from dragoman.ground.markets.playbook import Fact, countries, playbook
from dragoman.kit.tags import base

# what is not spoken of in a market, as one says it
TOPICS: Final[dict[str, Promise]] = {
    "alcohol": _("alcohol"),
    "body_and_dress": _("body and dress"),
    "borders": _("borders"),
    "colonial_past": _("the colonial past"),
    "dialect_mockery": _("jokes about dialects"),
    "disputed_names": _("disputed names of places"),
    "ethnicity": _("ethnic origin"),
    "family_and_income": _("family and income"),
    "flag_and_nation": _("flag and nation"),
    "gender_relations": _("men and women"),
    "head_of_state": _("the head of state"),
    "left_hand": _("the left hand"),
    "lgbt": _("whom people love"),
    "monarchy": _("the monarchy"),
    "number_four": _("the number four"),
    "personal_failure": _("somebody's failure"),
    "politics": _("politics"),
    "pork": _("pork"),
    "religion": _("religion"),
    "sexuality": _("sexuality"),
    "war_past": _("past wars"),
    "white_flowers": _("white flowers"),
    "clocks_as_gift": _("clocks as a gift"),
    "red_ink": _("names in red"),
    "health": _("health"),
    "age": _("age"),
    "army": _("the army"),
    "neighbour_comparison": _("comparisons with neighbours"),
}


@dataclass(frozen=True)
class MarketFacts:
    """What a market's playbook says of manners; "" and empty where nobody knows.

    `country` is ISO 3166-1, the codes those of `ground/markets/facts.py`. `languages` are the base subtags people are
    served in there. `is_own_level` says that the brand set the register itself.
    """

    country: str = ""
    languages: frozenset[str] = frozenset()
    level: str = ""
    is_own_level: bool = False
    humour: str = ""
    refusal: str = ""
    taboos: frozenset[str] = frozenset()
    title: str = ""
    closing: str = ""
    apology: str = ""


NOWHERE: Final = MarketFacts()


@lru_cache(maxsize=128)
def _written(country: str, on: datetime.date) -> MarketFacts:
    if country not in countries():
        return NOWHERE
    book = playbook(country)
    return _facts(country, lambda kind: book.fact(kind, on=on), is_own_level=False)


def facts_of(market: str) -> MarketFacts:
    """Return what the playbook says, whoever asks; a country without one says nothing."""
    return _written(market.upper(), timezone.now().date()) if market else NOWHERE


def facts_for(workspace_id: int | None, brand_id: int | None, market: str) -> MarketFacts:
    """Return what holds for a brand: its policies and corrections win."""
    country = market.upper()
    if workspace_id is None or brand_id is None or facts_of(country) is NOWHERE:
        return facts_of(country)
    known: Mapping[str, Told] = told(workspace_id, brand_id, country, on=timezone.now().date())
    level = known["register"]
    return _facts(
        country, lambda kind: known[kind].holds, is_own_level=level.policy is not None or level.is_corrected
    )


def _facts(country: str, fact: Callable[[str], Fact | None], *, is_own_level: bool) -> MarketFacts:
    def said(kind: str, part: str) -> str:
        found = fact(kind)
        return str(getattr(found.value, part, None) or "") if found else ""

    return MarketFacts(
        country=country,
        languages=frozenset(base(tag) for tag in _listed(fact("languages"))),
        level=said("register", "level"),
        is_own_level=is_own_level,
        humour=said("humour", "level"),
        refusal=said("directness", "refusal"),
        taboos=frozenset(_listed(fact("taboos"))),
        title=said("names", "honorific"),
        closing=said("greeting", "closing"),
        apology=said("apology", "manner"),
    )


def _listed(fact: Fact | None) -> list[Any]:
    return list(fact.plain) if fact else []

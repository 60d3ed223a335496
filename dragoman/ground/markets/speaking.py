"""Which country a language points at, where nobody told the country."""

import datetime
from collections.abc import Collection
from functools import lru_cache

from dragoman.kit.tags import normalise, same

from .facts import Languages
from .playbook import countries, playbook


@lru_cache(maxsize=256)
def _spoken(country: str) -> tuple[str, ...]:
    fact = playbook(country).fact("languages", on=datetime.date.today())
    return fact.value.root if fact and isinstance(fact.value, Languages) else ()


def presumed_market(language: str, among: Collection[str] = ()) -> str:
    """Return the country a customer's language points at, "" where it could be several.

    The variant's own (`pt-BR`), else the only market of `among` (those a shop sells to) whose first language it is,
    else the only country whose first language it is, where no market of `among` speaks it beside another.
    """
    tag = normalise(language)
    region = tag.rpartition("-")[2]
    if len(region) == 2 and region.isupper() and region in countries():
        return region
    speaking = [one for one in among if one in countries() and _speaks(one, tag)]
    first = [one for one in speaking or countries() if _speaks(one, tag, first=True)]
    return first[0] if len(first) == 1 else ""


def _speaks(country: str, tag: str, *, first: bool = False) -> bool:
    """Say whether a language is spoken in a country, or is the first one there."""
    spoken = _spoken(country)
    return any(same(tag, one) for one in (spoken[:1] if first else spoken))

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

    The variant's own (`pt-BR`), else the only market of `among` (those a shop sells to) that is served in it, else the
    only country whose first language it is.
    """
    tag = normalise(language)
    region = tag.rpartition("-")[2]
    if len(region) == 2 and region.isupper() and region in countries():
        return region
    ours = [
        country
        for country in among
        if country in countries() and any(same(tag, one) for one in _spoken(country))
    ]
    if ours:
        return ours[0] if len(ours) == 1 else ""
    first = [country for country in countries() if any(same(tag, one) for one in _spoken(country)[:1])]
    return first[0] if len(first) == 1 else ""

"""What the playbooks know and what they do not: for the page of coverage and for `make quality`."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from .facts import KINDS
from .official import best_address, is_official
from .playbook import Fact, countries, playbook


@dataclass(frozen=True)
class Covered:
    """How many markets know a kind of fact: from a source that was read (of a state, a court or an official journal:
    `official`), from general knowledge, not at all."""

    kind: str
    verified: int
    unverified: int
    unknown: int
    official: int = 0

    @property
    def share(self) -> float:
        """Return the share of markets with a source read."""
        return self.verified / (self.verified + self.unverified + self.unknown)


def coverage(on: datetime.date) -> list[Covered]:
    """Return the coverage of each kind of fact on a day, in the order of the schema."""
    books = [playbook(code) for code in countries()]
    rows = []
    for kind in KINDS:
        known = [fact for book in books if (fact := book.fact(kind, on=on))]
        verified = sum(fact.verified for fact in known)
        official = sum(fact.verified and is_official(best_address(fact.sources)) for fact in known)
        rows.append(Covered(kind, verified, len(known) - verified, len(books) - len(known), official))
    return rows


def stale(on: datetime.date) -> Iterable[tuple[str, Fact]]:
    """Yield (country, fact) of what should be looked up again: checked more than twelve months ago."""
    for code in countries():
        for kind in KINDS:
            fact = playbook(code).fact(kind, on=on)
            if fact and fact.is_stale(on):
                yield code, fact

"""Who is asked where parcels are: stateless functions behind one protocol, one file for each carrier or aggregator.

All raise kit.errors.Unavailable (not now) or Rejected (it understood and refused: its own words).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from dragoman.ground.providers.shops.ports import Account, Field, Hook
from dragoman.kit.errors import Forged, Rejected
from dragoman.kit.registry import Registry

from .facts import ParcelFacts

__all__ = ["Account", "Asked", "Field", "Hook", "Silent", "Tracker", "trackers"]


@dataclass(frozen=True)
class Asked:
    """A parcel that is asked for: its number as the carrier takes it, our word for the carrier, and where it goes."""

    number: str
    carrier: str = ""
    country: str = ""
    postcode: str = ""


class Tracker(Protocol):
    """Tells of parcels. `carriers` are those it knows, empty for any; `batch` numbers go into one call.

    `hooks`: it calls us when something happens.
    """

    title: str
    fields: Sequence[Field]
    carriers: frozenset[str]
    batch: int
    hooks: bool

    def check(self, account: Account) -> None:
        """Raise Rejected where the account does not open, with the vendor's own words."""

    def track(self, account: Account, parcels: Sequence[Asked]) -> Sequence[ParcelFacts]:
        """Return what is known of at most `batch` parcels; one it does not know is told with `known=False`."""

    def verify(self, account: Account, hook: Hook) -> None:
        """Raise kit.errors.Forged unless the vendor itself sent a webhook; its headers' names are in small letters."""

    def told(self, body: bytes) -> Sequence[ParcelFacts]:
        """Read a webhook that was verified; raises Rejected for what cannot be read."""


class Silent:
    """The part of a tracker whose vendor calls nobody."""

    hooks = False

    def verify(self, account: Account, hook: Hook) -> None:
        """Refuse: nobody calls here."""
        raise Forged("it has no webhooks")

    def told(self, body: bytes) -> Sequence[ParcelFacts]:
        """Refuse: there is nothing to read."""
        raise Rejected("it has no webhooks")


# kind (`aftership`, `dhl`) -> who is asked
trackers: Registry[Tracker] = Registry("tracker")

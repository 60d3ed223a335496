"""Who is asked where parcels are: stateless functions behind one protocol, one file for each carrier or aggregator.

All raise kit.errors.Unavailable (not now) or Rejected (it understood and refused: its own words).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from dragoman.ground.providers.shops.ports import Account, Field, Hook
from dragoman.kit.registry import Registry

from .facts import ParcelFacts

__all__ = ["Account", "Asked", "Field", "Hook", "Tracker", "trackers"]


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

    def told(self, account: Account, hook: Hook) -> Sequence[ParcelFacts]:
        """Verify a webhook and read it; raises kit.errors.Forged, and Rejected for what cannot be read."""


# kind (`aftership`, `dhl`) -> who is asked
trackers: Registry[Tracker] = Registry("tracker")

"""The customer's market as a conversation needs it: the brand's facts, the region that counts, the day it is there."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field

from dragoman.core.conversations.countries import country_of
from dragoman.core.conversations.models import Conversation
from dragoman.core.playbooks.places import place_of
from dragoman.core.playbooks.queries import Told, has_playbook, told_lately
from dragoman.ground.design.functions import ui_language
from dragoman.ground.markets.errors import NoMarket, NoRegion
from dragoman.ground.markets.playbook import Fact
from dragoman.ground.markets.public_holidays import Holiday, holidays_on

from ..conversations.clock import Clock, now_there


@dataclass(frozen=True)
class Market:
    """A country on the day it is there; `known` is empty where there is no playbook.

    `presumed` says that nobody told the country: it is taken from the customer's language.
    """

    country: str
    today: datetime.date
    region: str = ""
    presumed: bool = False
    known: Mapping[str, Told] = field(default_factory=dict)

    def told(self, kind: str) -> Told | None:
        """Return all that is known of a kind of fact."""
        return self.known.get(kind)

    def holds(self, kind: str) -> Fact | None:
        """Return what agents and customers are told: the brand's policy, else the fact; None for unknown."""
        found = self.known.get(kind)
        return found.holds if found else None

    def holidays(self, day: datetime.date) -> tuple[Holiday, ...]:
        """Return a day's holidays there, in the reader's language; none where nobody knows them."""
        for region in dict.fromkeys((self.region, "")):
            try:
                return holidays_on(self.country, day, region=region, language=ui_language())
            except NoRegion:
                continue
            except NoMarket:
                break
        return ()


def market_of(conversation: Conversation, clock: Clock | None) -> Market | None:
    """Return the market of a conversation's customer; None where it is not known, and for people asked beside."""
    if conversation.side_of_id is not None:
        return None
    found = country_of(conversation)
    if found is None:
        return None
    country, where = found.code, (conversation.workspace_id, conversation.brand_id)
    place = place_of(*where, country)
    today = day_in(country, clock, zone=place.zone).today
    if not has_playbook(country):
        return Market(country, today, place.region, found.presumed)
    return Market(country, today, place.region, found.presumed, told_lately(*where, country, on=today))


def day_in(country: str, clock: Clock | None, *, zone: str = "") -> Market:
    """Return a country on the day it is there, without its playbook; `zone` is what counts where no clock is known."""
    return Market(country, now_there(clock.zone if clock else zone).date())

"""The customer's clock: what time it is where they live."""

from dataclasses import dataclass
from datetime import UTC, datetime

from django.utils.translation import gettext as _

from dragoman.core.conversations.countries import whereabouts_of, whereabouts_of_customer
from dragoman.core.conversations.models import Conversation
from dragoman.core.customers.models import Customer
from dragoman.core.customers.zones import Whereabouts
from dragoman.ground.design.functions import format_moment, format_time, zone_city, zone_of


@dataclass(frozen=True)
class Clock:
    """The hour and the city that names its zone, in words; `zone` is its IANA name, `basis` says what tells it.

    `guessed`: it may be another hour there.
    """

    time: str
    city: str
    zone: str
    basis: str = ""
    guessed: bool = False

    def other(self, at: datetime, zone: str) -> str:
        """Return an instant by this clock, with its city, where the reader's own shows another hour; else empty."""
        ours, theirs = at.astimezone(zone_of(zone)), at.astimezone(zone_of(self.zone))
        if ours.utcoffset() == theirs.utcoffset():
            return ""
        said = format_time(at, self.zone) if ours.date() == theirs.date() else format_moment(at, self.zone)
        return f"{said} {self.city}"


def now_there(zone: str) -> datetime:
    """Return this moment by the clock of a zone."""
    return datetime.now(zone_of(zone))


def both(at: datetime, zone: str, clock: Clock | None) -> str:
    """Return an instant by the reader's clock, with the customer's beside it where that shows another hour."""
    ours, theirs = format_moment(at, zone), clock.other(at, zone) if clock else ""
    return _("%(when)s (%(theirs)s)") % {"when": ours, "theirs": theirs} if theirs else ours


def clock_of_zone(zone: str) -> Clock | None:
    """Return the clock of a zone that is known to be the customer's; None for none."""
    return Clock(format_time(datetime.now(UTC), zone), zone_city(zone), zone) if zone else None


def clock_by(found: Whereabouts | None) -> Clock | None:
    """Return the clock of where somebody is; None where it is not known."""
    if found is None:
        return None
    basis = {
        "customer": _("The customer's own time zone"),
        "phone": _("By the customer's phone number"),
        "market": _("Where most customers of the market live"),
        "presumed": _("The country is presumed from the customer's language"),
    }[found.basis]
    city = zone_city(found.zone)
    place = _("probably %(city)s") % {"city": city} if found.guessed else city
    return Clock(format_time(datetime.now(UTC), found.zone), place, found.zone, basis, found.guessed)


def clock_for(conversation: Conversation) -> Clock | None:
    """Return the clock of a conversation's customer: their own zone, their phone number's, that of their market,
    told or presumed; else None."""
    return clock_by(whereabouts_of(conversation))


def clock_of_customer(customer: Customer) -> Clock | None:
    """Return a customer's clock; None where it is not known."""
    return clock_by(whereabouts_of_customer(customer))


def zone_of_customer(conversation: Conversation) -> str:
    """Return the IANA name of the customer's time zone; empty where it is not known."""
    clock = clock_for(conversation)
    return clock.zone if clock else ""

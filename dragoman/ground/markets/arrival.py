"""When a refund is there, and which way it goes: by the market's own word on a method, else by the method's."""

import datetime
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from .facts import Days, PaymentMethod, Payments
from .opening import main_zone
from .playbook import Fact, Source, countries, playbook
from .working_days import working_day
from .zones import zone

ROUTES: Final = Path(__file__).with_name("refund_routes.toml")
# banks speak of their working days up to about four weeks; more is meant by the calendar (a card's statement)
LONGEST_IN_BANK_DAYS: Final = 20
To = Literal["same_way", "bank_account", "store_credit"]


class Route(BaseModel):
    """How a refund travels by a method, wherever the buyer is."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    days: tuple[Days, Days] | None = None
    day_type: Literal["bank", "calendar"] = "bank"
    to: To
    source: str


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid")

    sources: dict[str, Source]
    routes: dict[Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{1,39}$")], Route]


@dataclass(frozen=True)
class Arrival:
    """When the money is there: the first and the last day, both None where nobody read how long it takes.

    `to` is the way it goes, None: not known; `bank_account` needs the buyer's bank details first. `bank_days` says that
    weekends and public holidays of the buyer's country were left out. `market`: the country's own row said it.
    """

    earliest: datetime.date | None
    latest: datetime.date | None
    to: To | None
    sources: tuple[Source, ...] = ()
    bank_days: bool = False
    market: bool = False

    @property
    def is_known(self) -> bool:
        """Say whether there are days to promise."""
        return self.earliest is not None

    @property
    def needs_details(self) -> bool:
        """Say whether the buyer has to say where the money goes."""
        return self.to == "bank_account"


@lru_cache(maxsize=1)
def routes() -> tuple[dict[str, Route], dict[str, Source]]:
    """Return all methods' own routes and their sources; a wrong file stops here."""
    written = tomllib.loads(ROUTES.read_text("utf-8"))
    file = TypeAdapter(_File).validate_python({"sources": written.pop("sources"), "routes": written})
    return file.routes, file.sources


def arrives(method: str, country: str, at: datetime.datetime, *, held: Fact | None = None) -> Arrival:
    """Return when a refund that is sent at an instant (with a zone) reaches a buyer in a country, and which way.

    `held` is the fact `payments` as it holds for a brand (`core/playbooks/queries.fact_for`), else the playbook's.
    """
    known = country in countries()
    day = at.astimezone(zone(main_zone(country))).date() if known else at.date()
    fact = held or (playbook(country).fact("payments", on=day) if known else None)
    row, route = _row(fact, method), routes()[0].get(method)
    days = (row.refund_days if row else None) or (route.days if route else None)
    to = (row.refund_to if row else None) or (route.to if route else None)
    own = bool(row and (row.refund_days or (not days and row.refund_to)))
    sources = fact.sources if own and fact else (routes()[1][route.source],) if route else ()
    if days is None:
        return Arrival(None, None, to, sources, market=own)
    bank = (route.day_type if route else "bank") == "bank" and days[1] <= LONGEST_IN_BANK_DAYS
    if not bank:
        first, last = (day + datetime.timedelta(days=number) for number in days)
        return Arrival(first, last, to, sources, market=own)
    if not known:
        # without the country's holidays nobody can say which days its banks work
        return Arrival(None, None, to, sources)
    first, last = (working_day(country, day, number) for number in days)
    return Arrival(first, last, to, sources, bank_days=True, market=own)


def _row(fact: Fact | None, method: str) -> PaymentMethod | None:
    value = fact.value if fact else None
    return (
        next((one for one in value.root if one.method == method), None)
        if isinstance(value, Payments)
        else None
    )

"""Which list somebody looks at: view, filters and search, read from an address and written back."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode, urlsplit

from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _

from dragoman.core.accounts.models import Agent
from dragoman.core.accounts.queries import brands_of, workspace_facts
from dragoman.core.conversations.queries import SORTS, Sort
from dragoman.core.conversations.shapes import UNKNOWN, Filters
from dragoman.core.segments.segments import segments_for
from dragoman.ground.design.functions import language_name, market_name

from ..words import CHANNELS, EMPTY_VIEWS, INTENTS, MOODS, ORDERS, STATUSES, VIEWS, word

FIELDS: Final = ("channel", "brand", "market", "language", "intent", "mood", "status", "tag", "segment")
MARKETS: Final = "FI SE EE PL NL DE FR ES BR TH JP SG AE SA GB US"
LONGEST = 200
LONGEST_SEARCH = 300
NEWEST: Final[Sort] = "-last_message_at"


@dataclass(frozen=True)
class Query:
    """A list as asked for; every field is plain text, empty where nothing was chosen."""

    view: str = "mine"
    q: str = ""
    channel: str = ""
    brand: str = ""
    market: str = ""
    language: str = ""
    intent: str = ""
    mood: str = ""
    status: str = ""
    tag: str = ""
    segment: str = ""
    sort: str = NEWEST

    @property
    def given(self) -> dict[str, str]:
        """Return the fields that tell this list, for an address or a form."""
        fields = {name: getattr(self, name) for name in ("q", *FIELDS)}
        fields["sort"] = "" if self.is_newest else self.sort
        return {"view": self.view, **{name: value for name, value in fields.items() if value}}

    @property
    def string(self) -> str:
        """Return the query string of this list."""
        return urlencode(self.given)

    @property
    def tail(self) -> str:
        """Return what follows an address so that the same list stands beside it."""
        return "" if self == Query() else f"?{self.string}"

    @property
    def more(self) -> str:
        """Return what follows an address that has a question already."""
        return self.tail.replace("?", "&", 1)

    @property
    def filtered(self) -> bool:
        """Say whether the list was narrowed by hand."""
        return any(getattr(self, name) for name in FIELDS)

    @property
    def order(self) -> Sort:
        """Return the order of the list."""
        return next((known for known in SORTS if known == self.sort), NEWEST)

    @property
    def is_newest(self) -> bool:
        """Say whether the list has the usual order."""
        return self.sort == NEWEST

    @property
    def changed(self) -> bool:
        """Say whether this is another list than a view as it comes, one that is worth a name."""
        return bool(self.q) or self.filtered or not self.is_newest

    @property
    def label(self) -> str:
        """Return the view's name."""
        return word(VIEWS, self.view)

    @property
    def nothing(self) -> str:
        """Say what an empty list of this view means."""
        return word(EMPTY_VIEWS, self.view)

    def filters(self) -> Filters:
        """Return what the heart narrows by."""
        chosen = {name: getattr(self, name) for name in FIELDS if name != "status"}
        return Filters(status=(self.status,) if self.status else (), q=self.q, **chosen)


def query_of(request: HttpRequest) -> Query:
    """Read the list from an address; what is unknown there counts as not chosen.

    A script that asks for a part without naming a list means the list of the page it stands on.
    """
    came_from = request.headers.get("HX-Current-URL", "")
    if came_from and not any(name in request.GET for name in ("view", "q", "sort", *FIELDS)):
        return read_query(QueryDict(urlsplit(came_from).query))
    return read_query(request.GET)


def read_query(data: Mapping[str, str]) -> Query:
    """Read the list from fields of an address or a form; what is unknown there counts as not chosen."""
    given = {name: data.get(name, "").strip()[:LONGEST] for name in FIELDS}
    view, sort = data.get("view", ""), data.get("sort", "")
    return Query(
        view=view if view in VIEWS else "mine",
        q=data.get("q", "").strip()[:LONGEST_SEARCH],
        sort=sort if sort in SORTS else NEWEST,
        **given,
    )


def choices_of(agent: Agent, query: Query) -> list[tuple[str, str, list[tuple[str, str]]]]:
    """Return (field, label, choices) of each filter; what the list is narrowed to is always among them."""
    languages = workspace_facts(agent.workspace_id).languages
    return [
        ("status", _("Status"), [(code, str(label)) for code, label in STATUSES.items()]),
        ("channel", _("Channel"), [(code, str(CHANNELS[code])) for code in ("email", "chat", "api")]),
        ("brand", _("Brand"), [(brand.slug, brand.name) for brand in brands_of(agent.workspace_id)]),
        ("language", _("Language"), _named({*languages, query.language}, language_name)),
        ("market", _("Market"), _named({*MARKETS.split(), query.market.upper()}, market_name)),
        ("intent", _("Purpose"), [(code, str(label)) for code, label in INTENTS.items()]),
        ("mood", _("Mood"), [(code, str(label)) for code, label in MOODS.items()]),
        *_segments(agent),
    ]


def _segments(agent: Agent) -> list[tuple[str, str, list[tuple[str, str]]]]:
    """Return the segments to choose from, nothing where there is none."""
    known = [(str(one.pk), one.name) for one in segments_for(agent)]
    return [("segment", _("Customer segment"), known)] if known else []


def _named(codes: set[str], name_of: Callable[[str], str]) -> list[tuple[str, str]]:
    """Return codes with their names, in the order of the names, and last those that nobody knows."""
    known = ((code, name_of(code)) for code in codes - {"", UNKNOWN})
    return [*sorted(known, key=lambda pair: pair[1]), (UNKNOWN, _("Unknown"))]


def orders() -> list[tuple[str, str]]:
    """Return the orders a list may have, the usual one first."""
    return [(code, str(label)) for code, label in ORDERS.items()]

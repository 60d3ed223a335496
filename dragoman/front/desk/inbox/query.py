"""Which list somebody looks at: view, filters and search, read from an address and written back."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

from django.http import HttpRequest
from django.utils.translation import gettext as _

from dragoman.core.accounts.models import Agent
from dragoman.core.accounts.queries import brands_of, workspace_facts
from dragoman.core.conversations.queries import SORTS, Sort
from dragoman.core.conversations.shapes import Filters
from dragoman.ground.design.functions import language_name, market_name

from ..words import CHANNELS, EMPTY_VIEWS, INTENTS, ORDERS, STATUSES, VIEWS, word

FIELDS: Final = ("channel", "brand", "market", "language", "intent", "status", "tag")
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
    status: str = ""
    tag: str = ""
    sort: str = NEWEST

    def _given(self) -> dict[str, str]:
        fields = {name: getattr(self, name) for name in ("q", *FIELDS)}
        fields["sort"] = "" if self.is_newest else self.sort
        return {"view": self.view, **{name: value for name, value in fields.items() if value}}

    @property
    def string(self) -> str:
        """Return the query string of this list."""
        return urlencode(self._given())

    @property
    def tail(self) -> str:
        """Return what follows an address so that the same list stands beside it."""
        return "" if self == Query() else f"?{self.string}"

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
    """Read the list from an address; what is unknown there counts as not chosen."""
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


def choices_of(agent: Agent) -> list[tuple[str, str, list[tuple[str, str]]]]:
    """Return (field, label, choices) of each filter."""
    languages = workspace_facts(agent.workspace_id).languages
    return [
        ("status", _("Status"), [(code, str(label)) for code, label in STATUSES.items()]),
        ("channel", _("Channel"), [(code, str(CHANNELS[code])) for code in ("email", "chat", "api")]),
        ("brand", _("Brand"), [(brand.slug, brand.name) for brand in brands_of(agent.workspace_id)]),
        (
            "language",
            _("Language"),
            sorted(((tag, language_name(tag)) for tag in languages), key=lambda pair: pair[1]),
        ),
        (
            "market",
            _("Market"),
            sorted(((code, market_name(code)) for code in MARKETS.split()), key=lambda pair: pair[1]),
        ),
        ("intent", _("Purpose"), [(code, str(label)) for code, label in INTENTS.items()]),
    ]


def orders() -> list[tuple[str, str]]:
    """Return the orders a list may have, the usual one first."""
    return [(code, str(label)) for code, label in ORDERS.items()]

"""Which list somebody looks at: view, filters and search, read from an address and written back."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

from django.http import HttpRequest
from django.utils.translation import gettext as _

from dragoman.core.accounts.models import Agent
from dragoman.core.accounts.queries import brands_of, workspace_facts
from dragoman.core.conversations.shapes import Filters
from dragoman.ground.design.functions import language_name, market_name

from ..words import CHANNELS, EMPTY_VIEWS, INTENTS, STATUSES, VIEWS, word

FIELDS: Final = ("channel", "brand", "market", "language", "intent", "status", "tag")
MARKETS: Final = "FI SE EE PL NL DE FR ES BR TH JP SG AE SA GB US"
LONGEST = 200


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

    def _given(self) -> dict[str, str]:
        fields = {name: getattr(self, name) for name in ("q", *FIELDS)}
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
    given: Mapping[str, str] = {name: request.GET.get(name, "").strip()[:LONGEST] for name in ("q", *FIELDS)}
    view = request.GET.get("view", "")
    return Query(view=view if view in VIEWS else "mine", **given)


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

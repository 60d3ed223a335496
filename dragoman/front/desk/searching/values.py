"""What may stand behind an operator, where that is few: languages, countries, channels, states, people, days."""

from collections.abc import Callable
from datetime import timedelta
from typing import Final
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.translation import gettext as _

from dragoman.core.accounts.models import Agent
from dragoman.core.accounts.queries import agents_of, teams_of
from dragoman.core.conversations.queries import tags_in_use
from dragoman.core.conversations.shapes import UNKNOWN
from dragoman.core.segments.segments import segments_for

from ..inbox.query import Query, choices_of

Values = list[tuple[str, str]]

# operators whose values are those of a menu
_MENUS: Final = {
    "status": "status",
    "channel": "channel",
    "brand": "brand",
    "lang": "language",
    "market": "market",
    "intent": "intent",
    "mood": "mood",
}
# those whose values are also offered by name alone: `thai` offers `lang:th`
NAMED: Final = ("lang", "market", "status", "channel", "brand", "intent", "mood")


def _people(agent: Agent) -> Values:
    seats = agents_of(agent.workspace_id).select_related(None).filter(is_active=True)
    others = [(seat.name, "") for seat in seats if seat.pk != agent.pk]
    return [("me", agent.name), ("none", _("Nobody")), *others]


def _teams(agent: Agent) -> Values:
    return [("none", _("No team")), *((team.name, "") for team in teams_of(agent.workspace_id))]


def _tags(agent: Agent) -> Values:
    return [(tag, "") for tag in tags_in_use(agent)]


def _segments(agent: Agent) -> Values:
    return [(one.name, "") for one in segments_for(agent)]


def _back(_agent: Agent) -> Values:
    return [
        ("today", _("Today")),
        ("yesterday", _("Yesterday")),
        ("7d", _("A week back")),
        ("1m", _("A month back")),
        ("1y", _("A year back")),
    ]


def _spans(agent: Agent) -> Values:
    today = timezone.now().astimezone(ZoneInfo(agent.time_zone)).date()
    last = today.replace(day=1) - timedelta(days=1)
    return [
        ("today", _("Today")),
        ("yesterday", _("Yesterday")),
        (f"{today:%Y-%m}", _("This month")),
        (f"{last:%Y-%m}", _("Last month")),
        (f"{today:%Y}", _("This year")),
    ]


def _files(_agent: Agent) -> Values:
    return [("attachment", _("With a file"))]


def _is(_agent: Agent) -> Values:
    return [("unread", _("Nobody has read it")), ("read", _("Read")), ("note", _("A private note"))]


def _promises(_agent: Agent) -> Values:
    return [
        ("late", _("Not answered by when it was promised")),
        ("open", _("Promised, and still in time")),
        ("broken", _("Answered later than promised")),
    ]


_ASKED: Final[dict[str, Callable[[Agent], Values]]] = {
    "assignee": _people,
    "team": _teams,
    "tag": _tags,
    "segment": _segments,
    "before": _back,
    "after": _back,
    "on": _spans,
    "has": _files,
    "is": _is,
    "promise": _promises,
}


def values_of(agent: Agent, name: str) -> Values:
    """Return (value, what it means) of an operator, none where they are many: names, words."""
    if name in _ASKED:
        return _ASKED[name](agent)
    menu = _MENUS.get(name, "")
    values = next((values for field, _label, values in choices_of(agent, Query()) if field == menu), [])
    return [(value, said) for value, said in values if value != UNKNOWN]

"""Narrowing a list of conversations to what was chosen from menus and asked for by operators."""

from django.db.models import Q, QuerySet

from dragoman.core.customers.queries import surviving_customer
from dragoman.kit import workspace

from .asked import Asked, Condition
from .models import Conversation, Draft
from .moods import in_mood
from .ports import groups
from .promises import in_promise
from .shapes import UNKNOWN, Filters

_COLUMNS = {
    "lang": "language",
    "market": "market",
    "brand": "brand__slug",
    "channel": "channel",
    "status": "status",
    "intent": "intent",
    "assignee": "assignee_id",
    "team": "team_id",
}
_NUMBERS = {"assignee", "team"}


def narrows(filters: Filters, asked: Asked) -> bool:
    """Say whether anything but words was asked for."""
    return filters != Filters(q=filters.q, junk=filters.junk) or bool(asked.conditions)


def narrowed(found: QuerySet[Conversation], filters: Filters, asked: Asked) -> QuerySet[Conversation]:
    """Return the conversations that were chosen from menus and asked for by operators."""
    found = _chosen(found, filters)
    for condition in asked.conditions:
        wanted = meant(condition)
        found = found.exclude(wanted) if condition.negated else found.filter(wanted)
    return found


def meant(condition: Condition) -> Q:
    """Return what a condition asks of a conversation; `lang` and `market` ask a customer the same."""
    values = list(condition.values)
    if condition.name == "is":
        return Q(unread=values[0] == "unread") if values[0] in {"unread", "read"} else Q(pk__in=[])
    if condition.name == "tag":
        wanted = Q()
        for value in values:
            wanted |= Q(tags__contains=[value])
        return wanted
    if condition.name == "mood":
        wanted = Q()
        for value in values:
            wanted |= in_mood(value)
        return wanted
    if condition.name == "promise":
        wanted = Q()
        for value in values:
            wanted |= in_promise(value)
        return wanted
    if condition.name in groups:
        wanted = Q()
        for value in values:
            wanted |= groups[condition.name].has(workspace.get_current_id(), value)
        return wanted
    column = _COLUMNS[condition.name]
    if condition.name in _NUMBERS:
        wanted = Q(**{f"{column}__in": [int(value) for value in values if value]})
        return wanted | Q(**{f"{column}__isnull": True}) if "" in values else wanted
    if condition.name == "lang":
        # `pt` finds pt-BR
        wanted = Q()
        for value in values:
            wanted |= Q(language=value) | Q(language__startswith=f"{value}-")
        return wanted
    return Q(**{f"{column}__in": values}) if len(values) > 1 else Q(**{column: values[0]})


def _chosen(found: QuerySet[Conversation], filters: Filters) -> QuerySet[Conversation]:
    if filters.status:
        found = (
            found.filter(status__in=list(filters.status))
            if len(filters.status) > 1
            else found.filter(status=filters.status[0])
        )
    plain = {
        "channel": filters.channel,
        "market": filters.market.upper(),
        "language": filters.language,
        "intent": filters.intent,
        "brand__slug": filters.brand,
    }
    found = found.filter(
        **{name: "" if value == UNKNOWN else value for name, value in plain.items() if value}
    )
    if filters.mood:
        found = found.filter(in_mood(filters.mood))
    if filters.assignee:
        found = (
            found.filter(assignee_id=int(filters.assignee)) if filters.assignee.isdigit() else found.none()
        )
    if filters.unassigned:
        found = found.filter(assignee=None)
    if filters.without_team:
        found = found.filter(team=None)
    if filters.team:
        found = found.filter(team_id=filters.team) if filters.team.isdigit() else found.none()
    if filters.tag:
        found = found.filter(tags__contains=[filters.tag])
    if filters.segment:
        found = found.filter(groups["segment"].has(workspace.get_current_id(), filters.segment))
    if filters.drafted_by is not None:
        drafted = Draft.objects.filter(workspace_id=workspace.get_current_id(), agent_id=filters.drafted_by)
        found = found.filter(pk__in=drafted.values("conversation_id"))
    if not filters.q.strip():
        # side threads are opened from the conversation they belong to; a search finds them all the same
        found = found.filter(side_of=None)
    if filters.customer is not None:
        found = found.filter(customer_id=surviving_customer(workspace.get_current_id(), filters.customer))
    # said plainly: the indexes of the lists leave junk out
    return found if filters.junk is None else found.filter(junk=filters.junk)

"""Asking for segments by number or name, and being asked for their members by searches and views."""

from django.db.models import Q, QuerySet

from dragoman.core.accounts.models import Agent
from dragoman.core.customers.preferences import kinds_of
from dragoman.kit.text import fold

from .criteria import PREFERENCE
from .errors import NoSegment
from .membership import members_of
from .models import Segment


def all_segments(workspace_id: int) -> QuerySet[Segment]:
    """All segments of a workspace by name."""
    return Segment.objects.filter(workspace_id=workspace_id).select_related("author").order_by("name", "pk")


def get_segment(workspace_id: int, segment_id: int) -> Segment:
    """Return a segment; raises NoSegment."""
    found = all_segments(workspace_id).filter(pk=segment_id).first()
    if found is None:
        raise NoSegment
    return found


def segments_for(agent: Agent) -> list[Segment]:
    """Return the segments an agent sees; light agents none that asks for special-category preferences.

    Who belongs to such a segment has the preference: its members say what the preference itself would.
    """
    return _seen(agent.workspace_id, agent)


def segment_for(agent: Agent, segment_id: int) -> Segment:
    """Return one of the segments an agent sees; raises NoSegment."""
    found = next((one for one in segments_for(agent) if one.pk == segment_id), None)
    if found is None:
        raise NoSegment
    return found


def _seen(workspace_id: int, agent: Agent | None) -> list[Segment]:
    """Return the segments an agent sees; None is a program, which sees all."""
    known = list(all_segments(workspace_id))
    if agent is None or agent.can_reply:
        return known
    special = {f"{PREFERENCE}{kind.key}" for kind in kinds_of(workspace_id) if kind.special}
    return [
        one
        for one in known
        if not any(asked["fact"] in special for clause in one.clauses for asked in clause)
    ]


def find_by_name(workspace_id: int, name: str, *, agent: Agent | None = None) -> Segment | None:
    """Find a segment by its name; case and accents do not count where nothing is called exactly so."""
    known = _seen(workspace_id, agent)
    exact = next((one for one in known if one.name == name), None)
    return exact or next((one for one in known if fold(one.name) == fold(name)), None)


def has_segment(workspace_id: int, opaque: str) -> bool:
    """Say whether there is a segment of this number."""
    number = int(opaque) if opaque.isascii() and opaque.isdigit() and len(opaque) < 19 else 0
    return all_segments(workspace_id).filter(pk=number).exists()


class SegmentGroup:
    """Segments as searches and lists of conversations ask for them."""

    def find(self, workspace_id: int, text: str, agent: Agent | None = None) -> str:
        """Return the number of the segment that has this name or number, "" where there is none for this agent."""
        found = find_by_name(workspace_id, text, agent=agent)
        if found is None and text.isascii() and text.isdigit() and len(text) < 19:
            found = next((one for one in _seen(workspace_id, agent) if one.pk == int(text)), None)
        return str(found.pk) if found else ""

    def sees(self, agent: Agent, value: str) -> bool:
        """Say whether an agent may ask for the segment of this number."""
        return agent.can_reply or value in {str(one.pk) for one in segments_for(agent)}

    def has(self, workspace_id: int, value: str) -> Q:
        """Return the condition that a conversation's customer belongs to it; nobody does where it is gone."""
        found = None
        if value.isascii() and value.isdigit() and len(value) < 19:
            found = all_segments(workspace_id).filter(pk=int(value)).first()
        if found is None:
            return Q(pk__in=[])
        return Q(customer_id__in=members_of(found).order_by().values("pk"))

"""Saving, changing and removing segments: for leads, since views, reports and rules of everybody ask them."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dragoman.core.accounts.models import Agent
from dragoman.ground.events.actions import publish
from dragoman.kit.address import clean

from ..criteria import read_clauses
from ..errors import BadSegment, MayNotSegment
from ..events import SegmentChanged
from ..models import Segment
from ..segments import find_by_name

MOST = 200  # segments of a workspace
Given = Sequence[Sequence[Mapping[str, Any]]]


def check_may_segment(agent: Agent | None) -> None:
    """Refuse who does not lead; None is the API, checked at its door."""
    if agent is not None and not agent.can_lead:
        raise MayNotSegment


@transaction.atomic
def save_segment(workspace_id: int, *, agent: Agent | None, name: str, clauses: Given) -> Segment:
    """Save customers under a name; raises BadSegment, MayNotSegment."""
    check_may_segment(agent)
    read = read_clauses(workspace_id, clauses)
    if Segment.objects.filter(workspace_id=workspace_id).count() >= MOST:
        raise BadSegment(_("200 segments are the most: remove one first."))
    made = Segment(workspace_id=workspace_id, name=_named(workspace_id, name), author=agent)
    made.clauses = [[one.stored() for one in clause] for clause in read]
    return _saved(made)


@transaction.atomic
def change_segment(
    segment: Segment, *, agent: Agent | None, name: str | None = None, clauses: Given | None = None
) -> Segment:
    """Give a segment another name or let it ask other things; raises BadSegment, MayNotSegment."""
    check_may_segment(agent)
    if name is not None:
        segment.name = _named(segment.workspace_id, name, but=segment.pk)
    if clauses is not None:
        read = read_clauses(segment.workspace_id, clauses)
        segment.clauses = [[one.stored() for one in clause] for clause in read]
    segment.changed_at = timezone.now()
    return _saved(segment)


@transaction.atomic
def remove_segment(segment: Segment, *, agent: Agent | None) -> None:
    """Remove a segment; its customers stay, and views that name it show nobody."""
    check_may_segment(agent)
    publish(SegmentChanged(segment_id=segment.pk))
    segment.delete()


def _saved(segment: Segment) -> Segment:
    try:
        with transaction.atomic():
            segment.save()
    except IntegrityError:
        raise _taken(segment.name) from None
    publish(SegmentChanged(segment_id=segment.pk))
    return segment


def _named(workspace_id: int, name: str, *, but: int = 0) -> str:
    said = " ".join(clean(name).split())
    if not said or len(said) > 80:
        raise BadSegment(_("Give the segment a name of at most 80 characters."), details={"field": "name"})
    known = find_by_name(workspace_id, said)
    if known is not None and known.pk != but:
        raise _taken(said)
    return said


def _taken(name: str) -> BadSegment:
    return BadSegment(
        _("There is a segment “%(name)s” already.") % {"name": name},
        code="name_taken",
        status=409,
        details={"field": "name"},
    )

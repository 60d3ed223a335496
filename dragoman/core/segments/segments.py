"""Asking for segments by number or name, and being asked for their members by searches and views."""

from django.db.models import Q, QuerySet

from dragoman.kit.text import fold

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


def find_by_name(workspace_id: int, name: str) -> Segment | None:
    """Find a segment by its name; case and accents do not count where nothing is called exactly so."""
    known = list(all_segments(workspace_id))
    exact = next((one for one in known if one.name == name), None)
    return exact or next((one for one in known if fold(one.name) == fold(name)), None)


def has_segment(workspace_id: int, opaque: str) -> bool:
    """Say whether there is a segment of this number."""
    number = int(opaque) if opaque.isascii() and opaque.isdigit() and len(opaque) < 19 else 0
    return all_segments(workspace_id).filter(pk=number).exists()


class SegmentGroup:
    """Segments as searches and lists of conversations ask for them."""

    def find(self, workspace_id: int, text: str) -> str:
        """Return the number of the segment that has this name or number, "" where there is none."""
        found = find_by_name(workspace_id, text)
        if found is None and text.isascii() and text.isdigit() and len(text) < 19:
            found = all_segments(workspace_id).filter(pk=int(text)).first()
        return str(found.pk) if found else ""

    def has(self, workspace_id: int, value: str) -> Q:
        """Return the condition that a conversation's customer belongs to it; nobody does where it is gone."""
        found = None
        if value.isascii() and value.isdigit() and len(value) < 19:
            found = all_segments(workspace_id).filter(pk=int(value)).first()
        if found is None:
            return Q(pk__in=[])
        return Q(customer_id__in=members_of(found).order_by().values("pk"))

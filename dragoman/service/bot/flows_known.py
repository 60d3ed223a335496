"""The flows that run for a brand now: what was published, and ours where nobody wrote another."""

from django.db.models import Q

from dragoman.kit.memo import Memo

from .defaults import default_bodies
from .engine import Known
from .flow_shapes import body_of
from .models import Flow, FlowVersion

_known: Memo[tuple[int, int], list[Known]] = Memo(seconds=5)


def flows_for(workspace_id: int, brand_id: int) -> list[Known]:
    """Return them in the order in which they are asked, a workspace's own first; at most 5 s old."""
    return _known.get((workspace_id, brand_id), lambda: _load(workspace_id, brand_id)) or []


def forget_flows() -> None:
    """Let the next question be answered anew."""
    _known.forget()


def _load(workspace_id: int, brand_id: int) -> list[Known]:
    rows = list(Flow.objects.filter(Q(brand_id=brand_id) | Q(brand=None), workspace_id=workspace_id))
    versions = {
        (one.flow_id, one.number): one
        for one in FlowVersion.objects.filter(
            workspace_id=workspace_id, flow__in=rows, number__in={one.live for one in rows if one.live}
        )
    }
    own = {
        row.key: Known(row.key, row.live, body_of(versions[row.pk, row.live].body))
        for row in rows
        if row.is_on and (row.pk, row.live) in versions
    }
    ours = default_bodies()
    # one that was switched off, or only drafted, has a row: off it is off, a draft leaves ours in its place
    off = {row.key for row in rows if not row.is_on}
    added = [one for key, one in own.items() if key not in ours]
    return [*added, *(own.get(key, Known(key, 0, body)) for key, body in ours.items() if key not in off)]

"""Asking about flows and how the bot did: what there is, its versions, the languages its texts have to stand in."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count

from dragoman.core.accounts.queries import brands_of, workspace_facts

from .defaults import NAMES, default_bodies
from .flow_shapes import Body, body_of
from .models import Bot, Flow, FlowVersion, Turn


@dataclass(frozen=True)
class FlowRow:
    """A flow in the list: `ours` where we wrote one under its key, `live` and `head` 0 where it is as we wrote it."""

    key: str
    name: str
    is_on: bool
    ours: bool
    live: int
    head: int
    brand_id: int | None
    body: Body

    @property
    def status(self) -> str:
        """Return where it stands: off, ours, draft, changed (a newer draft), live."""
        if not self.is_on:
            return "off"
        if not self.live:
            return "draft" if self.head and not self.ours else "changed" if self.head else "ours"
        return "changed" if self.head > self.live else "live"


def flow_rows(workspace_id: int) -> list[FlowRow]:
    """Return all flows, a workspace's own first, each with its newest version."""
    rows = {one.key: one for one in Flow.objects.filter(workspace_id=workspace_id).order_by("pk")}
    heads = {
        (one.flow_id, one.number): one.body
        for one in FlowVersion.objects.filter(workspace_id=workspace_id, flow__in=rows.values())
        if one.number == next(row.head for row in rows.values() if row.pk == one.flow_id)
    }
    ours = default_bodies()
    keys = [*(key for key in rows if key not in ours), *ours]
    found = []
    for key in keys:
        row = rows.get(key)
        kept = heads.get((row.pk, row.head)) if row else None
        body = body_of(kept) if kept else ours.get(key, Body())
        name = row.name if row and row.head else str(NAMES.get(key, row.name if row else key))
        found.append(
            FlowRow(
                key=key,
                name=name,
                is_on=row.is_on if row else True,
                ours=key in ours,
                live=row.live if row else 0,
                head=row.head if row else 0,
                brand_id=row.brand_id if row else None,
                body=body,
            )
        )
    return found


def find_flow(workspace_id: int, key: str) -> FlowRow | None:
    """Return a flow by its key."""
    return next((one for one in flow_rows(workspace_id) if one.key == key), None)


def versions_of(workspace_id: int, key: str) -> Sequence[FlowVersion]:
    """Return the versions of a flow, the newest first, at most 100."""
    found = FlowVersion.objects.filter(workspace_id=workspace_id, flow__key=key)
    return list(found.select_related("agent", "flow").order_by("-number")[:100])


def languages_for(workspace_id: int, brand_id: int | None) -> list[str]:
    """Return in which languages a flow has to be written: those of the bot, else the brand's, or the workspace's."""
    brands = brands_of(workspace_id)
    mine = list(brands.filter(pk=brand_id) if brand_id else brands)
    chosen = Bot.objects.filter(workspace_id=workspace_id, brand__in=mine).values_list("languages", flat=True)
    told = [one for languages in chosen for one in languages]
    return list(
        dict.fromkeys(told or [one.language for one in mine] or [workspace_facts(workspace_id).language])
    )


@dataclass(frozen=True)
class Results:
    """How a bot did: messages by what became of them, conversations it was in, and those a person was called to."""

    outcomes: dict[str, int]
    talks: int
    handed_over: int

    @property
    def alone(self) -> int:
        """Return how many conversations no person was called to."""
        return self.talks - self.handed_over


def results(workspace_id: int, *, since: datetime, until: datetime, brand_id: int | None = None) -> Results:
    """Count what the bot did between two moments."""
    here = Turn.objects.filter(workspace_id=workspace_id, created_at__gte=since, created_at__lt=until)
    if brand_id is not None:
        here = here.filter(conversation__brand_id=brand_id)
    counted = here.order_by().values_list("outcome").annotate(number=Count("pk"))
    outcomes = dict.fromkeys(Turn.Outcome.values, 0) | dict(counted)
    dealt = here.exclude(outcome__in=[Turn.Outcome.WAITING, Turn.Outcome.LEFT])
    called = here.filter(outcome=Turn.Outcome.HANDED_OVER).values("conversation_id").distinct().count()
    return Results(outcomes, dealt.values("conversation_id").distinct().count(), called)

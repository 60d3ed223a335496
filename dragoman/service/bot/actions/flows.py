"""Writing flows: drafts are kept as they are, what customers get has to be sound and pass its own tests."""

from dataclasses import dataclass
from typing import Final

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from dragoman.core.accounts.models import Agent
from dragoman.ground.events.actions import publish
from dragoman.kit.address import clean

from ..checking import faults_of
from ..defaults import NAMES, default_bodies
from ..errors import BadFlow, FlowFails, NoFlow, NotALead, NoVersion
from ..events import FlowChanged
from ..flow_queries import languages_for
from ..flow_shapes import Body, body_of, kept_of
from ..flows_known import flows_for, forget_flows
from ..help import Asking
from ..models import Flow, FlowVersion
from ..rehearsal import failures

_MOST_FLOWS: Final = 100


@dataclass(frozen=True, kw_only=True)
class FlowWish:
    """A version that somebody wrote: of which flow, for which brand (None: all), and why."""

    key: str
    body: Body
    name: str = ""
    brand_id: int | None = None
    note: str = ""


@transaction.atomic
def save_draft(workspace_id: int, wish: FlowWish, *, agent: Agent | None) -> FlowVersion:
    """Keep a new version as a draft, whatever is wrong with it; customers get what they got."""
    _check(agent)
    flow = _flow(workspace_id, wish.key)
    if flow is None:
        if Flow.objects.filter(workspace_id=workspace_id).count() >= _MOST_FLOWS:
            raise NoFlow(
                _("A workspace has at most 100 flows: remove one first."), code="too_many_flows", status=422
            )
        flow = Flow(workspace_id=workspace_id, key=wish.key, name=str(NAMES.get(wish.key, wish.key)))
    name = " ".join(clean(wish.name).split())[:120]
    flow.name, flow.brand_id = name or flow.name, wish.brand_id
    flow.head, flow.changed_at = flow.head + 1, timezone.now()
    flow.save()
    made = FlowVersion.objects.create(
        workspace_id=workspace_id,
        flow=flow,
        number=flow.head,
        body=kept_of(wish.body),
        note=" ".join(clean(wish.note).split())[:200],
        agent=agent,
    )
    _tell(flow, agent)
    return made


@transaction.atomic
def publish_flow(workspace_id: int, key: str, *, agent: Agent | None, number: int = 0) -> Flow:
    """Let customers get a version, the newest where none is named; raises BadFlow, FlowFails."""
    _check(agent)
    flow = _flow(workspace_id, key)
    if flow is None:
        raise NoFlow
    version = get_version(flow, number or flow.head)
    body = body_of(version.body)
    languages = languages_for(workspace_id, flow.brand_id)
    if faults := faults_of(body, languages):
        raise BadFlow(faults)
    others = flows_for(workspace_id, flow.brand_id or 0)
    if failed := failures(Asking(workspace_id, flow.brand_id), key, body, others):
        raise FlowFails(failed)
    flow.live, flow.is_on, flow.changed_at = version.number, True, timezone.now()
    flow.save()
    _tell(flow, agent)
    return flow


@transaction.atomic
def restore_version(workspace_id: int, key: str, number: int, *, agent: Agent | None) -> FlowVersion:
    """Make an older version the newest draft; 0 is ours, for a flow that we wrote."""
    flow = _flow(workspace_id, key)
    if flow is None:
        raise NoFlow
    if number == 0:
        body = default_bodies().get(key)
        if body is None:
            raise NoVersion
    else:
        body = body_of(get_version(flow, number).body)
    wish = FlowWish(key=key, body=body, name=flow.name, brand_id=flow.brand_id, note=f"{number}")
    return save_draft(workspace_id, wish, agent=agent)


@transaction.atomic
def switch_flow(workspace_id: int, key: str, *, is_on: bool, agent: Agent | None) -> Flow:
    """Switch a flow on or off, also one of ours."""
    _check(agent)
    flow = _flow(workspace_id, key)
    if flow is None:
        if key not in NAMES:
            raise NoFlow
        flow = Flow(workspace_id=workspace_id, key=key, name=str(NAMES[key]))
    flow.is_on, flow.changed_at = is_on, timezone.now()
    flow.save()
    _tell(flow, agent)
    return flow


@transaction.atomic
def remove_flow(workspace_id: int, key: str, *, agent: Agent | None) -> None:
    """Take a workspace's own flow away with its versions; one of ours is as we wrote it again."""
    _check(agent)
    flow = _flow(workspace_id, key)
    if flow is None:
        raise NoFlow
    flow_id = flow.pk
    flow.delete()
    publish(FlowChanged(flow_id=flow_id, key=key, number=0, agent_id=agent.pk if agent else None))
    forget_flows()
    transaction.on_commit(forget_flows)


def get_version(flow: Flow, number: int) -> FlowVersion:
    """Return a version of a flow; raises NoVersion."""
    here = FlowVersion.objects.filter(workspace_id=flow.workspace_id, flow=flow)
    found = here.filter(number=number).first() if 0 < number < 2**31 else None
    if found is None:
        raise NoVersion
    return found


def _check(agent: Agent | None) -> None:
    if agent is not None and not agent.can_lead:
        raise NotALead


def _flow(workspace_id: int, key: str) -> Flow | None:
    return Flow.objects.select_for_update(of=("self",)).filter(workspace_id=workspace_id, key=key).first()


def _tell(flow: Flow, agent: Agent | None) -> None:
    publish(
        FlowChanged(flow_id=flow.pk, key=flow.key, number=flow.live, agent_id=agent.pk if agent else None)
    )
    forget_flows()
    transaction.on_commit(forget_flows)

"""Saving, renaming, ordering, sharing and removing views, and remembering searches."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from django.db import connection, transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dragoman.core.accounts.models import Agent, Team
from dragoman.core.conversations.queries import SORTS, VIEWS
from dragoman.ground.events.actions import publish
from dragoman.kit.address import clean

from ..errors import BadView, NotYours, NoView
from ..events import ViewChanged
from ..models import RecentSearch, SavedView, ViewOrder
from ..queries import CHOICES, RECENT, may_change, views_of
from ..segments import has_segment

MOST = 100  # views of one workspace that everybody shares, and of one agent
KEPT = timedelta(days=1)


@dataclass(frozen=True)
class Wish:
    """A view as somebody wants it."""

    name: str
    shared: str = SavedView.Shared.OWN
    team: Team | None = None
    view: str = "all"
    chosen: Mapping[str, str] = field(default_factory=dict)
    q: str = ""
    sort: str = "-last_message_at"


def _named(name: str) -> str:
    said = " ".join(clean(name).split())
    if not said or len(said) > 80:
        raise BadView
    return said


def _check(workspace_id: int, wish: Wish) -> None:
    if wish.view not in VIEWS or wish.sort not in SORTS or set(wish.chosen) - set(CHOICES):
        raise BadView(_("This list cannot be saved: open it anew and try again."))
    segment = wish.chosen.get("segment", "")
    if segment and not has_segment(workspace_id, segment):
        raise BadView(_("This list names a segment that is gone: take it away first."))


def check_may_share(agent: Agent | None, shared: str, team: Team | None) -> None:
    """Refuse who may not share so far: with everybody only leads, with a team its members and leads."""
    if shared not in SavedView.Shared.values:
        raise BadView(_("A view is your own, a team’s or everybody’s."))
    if shared == SavedView.Shared.TEAM and team is None:
        raise BadView(_("Say which team shares this view."))
    if agent is None or agent.can_lead or shared == SavedView.Shared.OWN:
        return
    if shared == SavedView.Shared.EVERYBODY or not agent.teams.filter(pk=team.pk if team else 0).exists():
        raise NotYours


def check_may_change(agent: Agent | None, view: SavedView) -> None:
    """Refuse who may not change a view: it is theirs, or they lead (None is the API)."""
    if agent is not None and not may_change(agent, view):
        raise NotYours


@transaction.atomic
def save_view(workspace_id: int, *, agent: Agent | None, wish: Wish) -> SavedView:
    """Save a list under a name, last in the order."""
    check_may_share(agent, wish.shared, wish.team)
    _check(workspace_id, wish)
    mine = SavedView.objects.filter(workspace_id=workspace_id)
    mine.filter(removed_at__lt=timezone.now() - KEPT).delete()
    if mine.filter(owner=agent, removed_at=None).count() >= MOST:
        raise BadView(_("100 views are the most: remove one first."))
    last = mine.aggregate(last=Max("position"))["last"] or 0
    made = SavedView.objects.create(
        workspace_id=workspace_id,
        name=_named(wish.name),
        owner=agent,
        shared=wish.shared,
        team=wish.team if wish.shared == SavedView.Shared.TEAM else None,
        position=last + 1,
        view=wish.view,
        chosen={name: clean(value)[:200] for name, value in wish.chosen.items() if value},
        q=clean(wish.q).strip()[:300],
        sort=wish.sort,
    )
    publish(ViewChanged(view_id=made.pk))
    return made


@transaction.atomic
def rename_view(view: SavedView, *, agent: Agent | None, name: str) -> SavedView:
    """Give a view another name."""
    check_may_change(agent, view)
    view.name = _named(name)
    return _saved(view, "name")


@transaction.atomic
def share_view(view: SavedView, *, agent: Agent | None, shared: str, team: Team | None = None) -> SavedView:
    """Say who sees a view; taken back from others it is its owner's, or the one's who took it back."""
    check_may_change(agent, view)
    check_may_share(agent, shared, team)
    if shared == SavedView.Shared.OWN and view.owner_id is None:
        view.owner = agent
    view.shared, view.team = shared, team if shared == SavedView.Shared.TEAM else None
    return _saved(view, "shared", "team", "owner")


@transaction.atomic
def settle_view(
    view: SavedView, *, agent: Agent | None, name: str, shared: str, team: Team | None = None
) -> SavedView:
    """Give a view its name and say who sees it: both or, where one is refused, neither."""
    share_view(view, agent=agent, shared=shared, team=team)
    return rename_view(view, agent=agent, name=name)


@transaction.atomic
def change_view(view: SavedView, *, agent: Agent | None, wish: Wish) -> SavedView:
    """Let a view show another list."""
    check_may_change(agent, view)
    _check(view.workspace_id, wish)
    view.view, view.sort, view.q = wish.view, wish.sort, clean(wish.q).strip()[:300]
    view.chosen = {name: clean(value)[:200] for name, value in wish.chosen.items() if value}
    return _saved(view, "view", "sort", "q", "chosen")


def _saved(view: SavedView, *fields: str) -> SavedView:
    view.save(update_fields=list(fields))
    publish(ViewChanged(view_id=view.pk))
    return view


@transaction.atomic
def remove_view(view: SavedView, *, agent: Agent | None) -> None:
    """Remove a view; for a day it can be brought back."""
    check_may_change(agent, view)
    view.removed_at = timezone.now()
    _saved(view, "removed_at")


@transaction.atomic
def restore_view(workspace_id: int, view_id: int, *, agent: Agent | None) -> SavedView:
    """Bring a removed view back; raises NoView where it is gone for good."""
    view = SavedView.objects.filter(workspace_id=workspace_id, pk=view_id).exclude(removed_at=None).first()
    if view is None:
        raise NoView
    check_may_change(agent, view)
    view.removed_at = None
    return _saved(view, "removed_at")


@transaction.atomic
def move_view(agent: Agent, view: SavedView, *, up: bool) -> None:
    """Let a view change places with its neighbour in what this agent sees; nobody else's order changes."""
    order = list(views_of(agent).values_list("pk", flat=True))
    at = order.index(view.pk) if view.pk in order else -1
    other = at - 1 if up else at + 1
    if at < 0 or not 0 <= other < len(order):
        return
    order[at], order[other] = order[other], order[at]
    ViewOrder.objects.update_or_create(workspace_id=agent.workspace_id, agent=agent, defaults={"ids": order})


def remember_search(agent: Agent, q: str) -> None:
    """Keep what an agent searched for, the newest RECENT."""
    said = " ".join(clean(q).split())[:300]
    if not said:
        return
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            """INSERT INTO segments_recentsearch (workspace_id, agent_id, q, searched_at) VALUES (%s, %s, %s, now())
               ON CONFLICT (workspace_id, agent_id, q) DO UPDATE SET searched_at = now()""",
            [agent.workspace_id, agent.pk, said],
        )
        cursor.execute(
            """DELETE FROM segments_recentsearch WHERE workspace_id = %s AND agent_id = %s AND id NOT IN
               (SELECT id FROM segments_recentsearch WHERE workspace_id = %s AND agent_id = %s
                ORDER BY searched_at DESC, id DESC LIMIT %s)""",
            [agent.workspace_id, agent.pk, agent.workspace_id, agent.pk, RECENT],
        )


def forget_search(agent: Agent, q: str) -> None:
    """Forget one of the searches of this agent."""
    RecentSearch.objects.filter(workspace_id=agent.workspace_id, agent=agent, q=q).delete()


def forget_searches(agent: Agent) -> None:
    """Forget what this agent searched for."""
    RecentSearch.objects.filter(workspace_id=agent.workspace_id, agent=agent).delete()

"""What happens in reviews, told to the agents it concerns."""

from collections.abc import Sequence

from django.db.models import QuerySet

from dragoman.core.accounts.models import Role
from dragoman.core.accounts.queries import agents_of
from dragoman.core.language.review import reviewers_for
from dragoman.core.notifications.actions import Notice, notify

from ..models import ReviewItem
from .notices import topic_of


def tell_reviewers(workspace_id: int, item_ids: Sequence[int]) -> None:
    """Tell who reviews these languages that an answer is held; what went out already waits quietly."""
    for item in _items(workspace_id, item_ids).filter(mode=ReviewItem.Mode.HOLD, state="waiting"):
        agents = reviewers_for(workspace_id, item.source, item.target, author_id=item.author_id)
        actor = item.author.name if item.author else ""
        notify(workspace_id, [_notice(item, agent.pk, "review_asked", actor=actor) for agent in agents])


def tell_of_decision(workspace_id: int, item_id: int) -> None:
    """Tell the author what was changed or sent back; what was accepted as it was needs no word."""
    item = _items(workspace_id, [item_id]).first()
    if item is None or item.author_id is None or item.state not in ("edited", "rejected"):
        return
    actor = item.reviewer.name if item.reviewer else ""
    notify(workspace_id, [_notice(item, item.author_id, "reviewed", actor=actor, by=item.reviewer_id)])


def tell_leads(workspace_id: int, item_id: int) -> None:
    """Tell the leads that nobody reviewed in time."""
    item = _items(workspace_id, [item_id]).first()
    if item is None:
        return
    leads = agents_of(workspace_id).filter(is_active=True, role__in=[Role.OWNER, Role.LEAD])
    notify(workspace_id, [_notice(item, agent.pk, "review_overdue") for agent in leads])


def _items(workspace_id: int, item_ids: Sequence[int]) -> QuerySet[ReviewItem]:
    found = ReviewItem.objects.filter(workspace_id=workspace_id, pk__in=list(item_ids))
    return found.select_related("author", "reviewer")


def _notice(item: ReviewItem, agent_id: int, kind: str, *, actor: str = "", by: int | None = None) -> Notice:
    anchor = f"m{item.message_id}" if item.message_id else ""
    return Notice(agent_id, kind, f"review{item.pk}", topic_of(item.conversation_id), anchor, actor, by)

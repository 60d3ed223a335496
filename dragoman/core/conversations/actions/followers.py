"""Following a conversation: by hand, or by itself on what an agent's settings name."""

from collections.abc import Iterable, Sequence

from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _

from dragoman.core.accounts.models import Agent
from dragoman.core.notifications.queries import preferences_of
from dragoman.ground.events.actions import publish
from dragoman.kit.errors import Refusal

from ..access import check_may_reply, locked_conversation
from ..events import ConversationChanged
from ..following import followers_of
from ..models import Conversation, Follower

# what somebody left on purpose is not begun again by itself
_FOLLOW = """
INSERT INTO conversations_follower (workspace_id, conversation_id, agent_id, active, created_at)
SELECT %s, conversation, agent, true, now() FROM unnest(%s::bigint[], %s::bigint[]) AS f(conversation, agent)
ON CONFLICT (workspace_id, conversation_id, agent_id) DO NOTHING
"""


def follow(conversation: Conversation, *, agent: Agent, whom: Sequence[Agent] = ()) -> None:
    """Let this agent, or the agents they name, follow a conversation; light agents may follow, not add others."""
    others = [one for one in whom if one.pk != agent.pk]
    if others:
        check_may_reply(agent)
    if any(one.workspace_id != agent.workspace_id or not one.is_active for one in whom):
        raise Refusal(_("This seat is closed: choose somebody else."), code="bad_follower", status=422)
    _set(conversation, [one.pk for one in whom] or [agent.pk], active=True)


def unfollow(conversation: Conversation, *, agent: Agent, whom: Sequence[Agent] = ()) -> None:
    """Let this agent, or the agents they name, follow a conversation no longer."""
    if any(one.pk != agent.pk for one in whom):
        check_may_reply(agent)
    _set(conversation, [one.pk for one in whom] or [agent.pk], active=False)


def _set(conversation: Conversation, agent_ids: Iterable[int], *, active: bool) -> None:
    with transaction.atomic():
        locked_conversation(conversation.workspace_id, conversation.pk)
        changed = False
        for agent_id in agent_ids:
            row, made = Follower.objects.get_or_create(
                workspace_id=conversation.workspace_id,
                conversation_id=conversation.pk,
                agent_id=agent_id,
                defaults={"active": active},
            )
            if not made and row.active != active:
                Follower.objects.filter(pk=row.pk).update(active=active)
            changed = changed or made or row.active != active
        if changed:
            publish(ConversationChanged(conversation_id=conversation.pk, field="followers"))


def set_followers(conversation: Conversation, *, agent: Agent | None, whom: Sequence[Agent]) -> None:
    """Let exactly these agents follow; for the API (`agent` None) and for whoever may reply."""
    check_may_reply(agent)
    if any(one.workspace_id != conversation.workspace_id or not one.is_active for one in whom):
        raise Refusal(_("This seat is closed: choose somebody else."), code="bad_follower", status=422)
    wanted = {one.pk for one in whom}
    with transaction.atomic():
        present = set(followers_of(conversation).values_list("agent_id", flat=True))
        _set(conversation, sorted(present - wanted), active=False)
        _set(conversation, sorted(wanted), active=True)


def follow_by_itself(workspace_id: int, pairs: Sequence[tuple[int, int]], *, reason: str) -> None:
    """Let agents follow conversations (pairs of conversation, agent) if their settings name this reason."""
    if not pairs:
        return
    seats = Agent.objects.filter(
        workspace_id=workspace_id, pk__in={agent for _conversation, agent in pairs}, is_active=True
    )
    wishes = preferences_of(workspace_id, list(seats))
    wanted = [pair for pair in dict.fromkeys(pairs) if pair[1] in wishes and reason in wishes[pair[1]].follow]
    if wanted:
        conversations, agents = zip(*wanted, strict=True)
        with connection.cursor() as cursor:
            cursor.execute(_FOLLOW, [workspace_id, list(conversations), list(agents)])

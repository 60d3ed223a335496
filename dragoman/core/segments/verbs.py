"""What can be done to many conversations at once; other rooms add verbs of their own."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dragoman.core.accounts.models import Agent, Team
from dragoman.core.accounts.queries import agents_of, teams_of
from dragoman.core.conversations.actions import status as actions
from dragoman.core.conversations.actions.junk import mark_junk, mark_not_junk
from dragoman.core.conversations.models import Conversation, Priority, Status

from .errors import BadChange

Value = Any


@dataclass(frozen=True)
class Verb:
    """One kind of change.

    `read` turns the value as given into what is used (Refusal where it cannot be), `judge` says why a conversation is
    left as it is ("" where it would change: `same`, `closed` ...), `do` changes it as a single action would, `before`
    returns what `undo` needs.
    """

    name: str
    read: Callable[[int, str], Value]
    judge: Callable[[Conversation, Value], str]
    do: Callable[[Conversation, Agent | None, Value], object]
    before: Callable[[Conversation], dict[str, Any]]
    undo: Callable[[Conversation, Agent | None, dict[str, Any]], object] | None = None


verbs: dict[str, Verb] = {}


def register(verb: Verb) -> None:
    """Add a verb; its name is used once."""
    if verb.name in verbs:
        raise ValueError(f"two verbs are called {verb.name}")
    verbs[verb.name] = verb


def get_verb(name: str) -> Verb:
    """Return a verb; raises BadChange."""
    if name not in verbs:
        raise BadChange
    return verbs[name]


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else 0


def _agent(workspace_id: int, text: str) -> Agent | None:
    if not text:
        return None
    agent = agents_of(workspace_id).filter(pk=_number(text), is_active=True).first()
    if agent is None or not agent.can_reply:
        raise BadChange(_("This agent cannot take conversations."))
    return agent


def _team(workspace_id: int, text: str) -> Team | None:
    if not text:
        return None
    team = teams_of(workspace_id).filter(pk=_number(text)).first()
    if team is None:
        raise BadChange
    return team


def _one_of(choices: list[str]) -> Callable[[int, str], str]:
    def read(workspace_id: int, text: str) -> str:
        if text not in choices:
            raise BadChange
        return text

    return read


def _moment(workspace_id: int, text: str) -> datetime:
    try:
        until = datetime.fromisoformat(text)
    except ValueError:
        raise BadChange from None
    if until.tzinfo is None or until <= timezone.now():
        raise BadChange
    return until


def _tags(workspace_id: int, text: str) -> list[str]:
    tags = [" ".join(tag.split())[:50] for tag in text.split(",") if tag.strip()]
    if not tags:
        raise BadChange
    return tags


def _with_tags(conversation: Conversation, tags: list[str]) -> list[str]:
    return list(dict.fromkeys([*conversation.tags, *tags]))


def _without_tags(conversation: Conversation, tags: list[str]) -> list[str]:
    return [tag for tag in conversation.tags if tag not in tags]


def _judge_status(conversation: Conversation, status: str) -> str:
    if conversation.status == status:
        return "same"
    return "closed" if conversation.status == Status.CLOSED else ""


def _judge_snooze(conversation: Conversation, until: datetime) -> str:
    if conversation.status == Status.CLOSED:
        return "closed"
    return "same" if conversation.snoozed_until == until else ""


def _status_before(conversation: Conversation) -> dict[str, Any]:
    until = conversation.snoozed_until
    return {"status": conversation.status, "until": until.isoformat() if until else ""}


def _undo_status(conversation: Conversation, agent: Agent | None, before: dict[str, Any]) -> None:
    until = datetime.fromisoformat(before["until"]) if before["until"] else None
    if before["status"] == Status.SNOOZED and until and until > timezone.now():
        actions.snooze(conversation, agent=agent, until=until)
    else:
        status = Status.OPEN if before["status"] == Status.SNOOZED else before["status"]
        actions.set_status(conversation, agent=agent, status=status)


def _undo_assign(conversation: Conversation, agent: Agent | None, before: dict[str, Any]) -> None:
    held = agents_of(conversation.workspace_id).filter(pk=before["id"] or 0).first()
    actions.assign(conversation, agent=agent, assignee=held if held and held.can_reply else None)


def _undo_team(conversation: Conversation, agent: Agent | None, before: dict[str, Any]) -> None:
    team = teams_of(conversation.workspace_id).filter(pk=before["id"] or 0).first()
    actions.set_team(conversation, agent=agent, team=team)


register(
    Verb(
        "assign",
        _agent,
        lambda c, to: "same" if c.assignee_id == (to.pk if to else None) else "",
        lambda c, agent, to: actions.assign(c, agent=agent, assignee=to),
        lambda c: {"id": c.assignee_id},
        _undo_assign,
    )
)
register(
    Verb(
        "team",
        _team,
        lambda c, to: "same" if c.team_id == (to.pk if to else None) else "",
        lambda c, agent, to: actions.set_team(c, agent=agent, team=to),
        lambda c: {"id": c.team_id},
        _undo_team,
    )
)
register(
    Verb(
        "status",
        _one_of(["open", "pending", "resolved", "closed"]),
        _judge_status,
        lambda c, agent, to: actions.set_status(c, agent=agent, status=to),
        _status_before,
        _undo_status,
    )
)
register(
    Verb(
        "snooze",
        _moment,
        _judge_snooze,
        lambda c, agent, until: actions.snooze(c, agent=agent, until=until),
        _status_before,
        _undo_status,
    )
)
register(
    Verb(
        "priority",
        _one_of(list(Priority.values)),
        lambda c, to: "same" if c.priority == to else "",
        lambda c, agent, to: actions.set_priority(c, agent=agent, priority=to),
        lambda c: {"priority": c.priority},
        lambda c, agent, before: actions.set_priority(c, agent=agent, priority=before["priority"]),
    )
)
register(
    Verb(
        "add_tags",
        _tags,
        lambda c, tags: "same" if _with_tags(c, tags) == c.tags else "",
        lambda c, agent, tags: actions.set_tags(c, agent=agent, tags=_with_tags(c, tags)),
        lambda c: {"tags": c.tags},
        lambda c, agent, before: actions.set_tags(c, agent=agent, tags=before["tags"]),
    )
)
register(
    Verb(
        "remove_tags",
        _tags,
        lambda c, tags: "same" if _without_tags(c, tags) == c.tags else "",
        lambda c, agent, tags: actions.set_tags(c, agent=agent, tags=_without_tags(c, tags)),
        lambda c: {"tags": c.tags},
        lambda c, agent, before: actions.set_tags(c, agent=agent, tags=before["tags"]),
    )
)


def _nothing(workspace_id: int, text: str) -> str:
    return ""


def _register_mark(name: str, *, unread: bool) -> None:
    def judge(conversation: Conversation, _value: Value) -> str:
        return "same" if conversation.unread == unread else ""

    def do(conversation: Conversation, _agent: Agent | None, _value: Value) -> None:
        actions.set_unread(conversation, unread=unread)

    def undo(conversation: Conversation, _agent: Agent | None, before: dict[str, Any]) -> None:
        actions.set_unread(conversation, unread=before["unread"])

    register(Verb(name, _nothing, judge, do, lambda c: {"unread": c.unread}, undo))


_register_mark("read", unread=False)
_register_mark("unread", unread=True)


def _register_junk(name: str, *, junk: bool) -> None:
    put, back = (mark_junk, mark_not_junk) if junk else (mark_not_junk, mark_junk)
    register(
        Verb(
            name,
            _nothing,
            lambda c, _value: "same" if c.junk == junk else "",
            lambda c, agent, _value: put(c, agent=agent),
            lambda c: {"junk": c.junk},
            lambda c, agent, _before: back(c, agent=agent),
        )
    )


_register_junk("junk", junk=True)
_register_junk("not_junk", junk=False)

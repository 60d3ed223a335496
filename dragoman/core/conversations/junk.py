"""Whether a mail is junk: a blocked sender, what the mail server said, or what the filter has learned.

Never a mail that belongs to a conversation already, and of whom we have answered before the filter says nothing.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from dragoman.ground.channels.ports import Inbound
from dragoman.ground.database.compiled import compiled

from .junk_filter import THRESHOLD, Text, likeness_of
from .models import Conversation, Direction, JunkFilter, JunkVerdict, Message, SenderRule

Why = Mapping[str, Any]
DOUBTFUL = 0.8  # what the filter must say of a chat that is doubtful already
# the shield's words: no person writes so, and no customer writes that
NO_PERSON, IN_WORDS = frozenset({"fast", "copies"}), frozenset({"links", "only_link"})


@dataclass(frozen=True)
class Shown:
    """A verdict as a screen shows it: `why` as stored, who gave it and when."""

    why: Why
    by: str
    at: datetime


def ruled_by(sender: str) -> list[str]:
    """Return what a rule about a sender may name: the address, its domain and the parents of that."""
    parts = sender.rpartition("@")[2].split(".")
    return [sender, *(".".join(parts[start:]) for start in range(len(parts)))][:8]


def rule_for(workspace_id: int, sender: str) -> SenderRule | None:
    """Return the rule that speaks of a sender; the address goes before its domain, and that before its parents."""
    values = ruled_by(sender)
    found = {rule.value: rule for rule in _rules(workspace_id, values)}
    return next((found[value] for value in values if value in found), None)


@compiled
def _rules(workspace_id: Any, values: Any) -> QuerySet[SenderRule]:
    return SenderRule.objects.filter(workspace_id=workspace_id, value__among=values).select_related("agent")


def is_blocked(workspace_id: int, sender: str) -> bool:
    """Say whether somebody blocked this sender."""
    rule = rule_for(workspace_id, sender)
    return rule is not None and not rule.passes


def why_junk(
    workspace_id: int, fact: Inbound, sender: str, *, ruled: bool = True, learned: bool = True
) -> Why:
    """Return why a mail that opens a conversation is junk, or an empty mapping where it is none.

    `ruled` and `learned` are False where it is known that no rule names the sender, or the filter says nothing yet.
    """
    rule = rule_for(workspace_id, sender) if ruled else None
    if rule is not None and not rule.passes:
        by = rule.agent.name if rule.agent else ""
        return {"kind": "blocked", "value": rule.value, "by": by, "at": rule.created_at.isoformat()}
    if rule is not None and fact.verdicts.dmarc != "fail":
        return {}
    if fact.spam.is_spam:
        return {"kind": "server", "by": fact.spam.by, "score": fact.spam.score}
    if fact.automatic:
        # what a machine wrote is told apart already, and looks like nothing a filter could learn from people
        return {}
    found = likeness_of(workspace_id, Text(sender, fact.subject, fact.text)) if learned else None
    if found is None or found.score < THRESHOLD or _was_answered(workspace_id, sender):
        return {}
    return {"kind": "filter", "score": round(found.score, 3), "like": found.like}


def why_doubtful(workspace_id: int, doubts: Sequence[str], text: str) -> Why:
    """Return why a chat's first message is junk: how it was written and what is in it both speak against it.

    One kind of doubt alone is for the filter to judge, with less certainty of its own; no doubt, no judgement.
    """
    if not doubts:
        return {}
    if NO_PERSON & set(doubts) and IN_WORDS & set(doubts):
        return {"kind": "widget", "doubts": list(doubts)}
    found = likeness_of(workspace_id, Text("", "", text, tuple(doubts)))
    if found is None or found.score < DOUBTFUL:
        return {}
    return {"kind": "filter", "score": round(found.score, 3), "like": found.like}


def _was_answered(workspace_id: int, sender: str) -> bool:
    """Say whether we have ever answered this person: then they are a customer."""
    answers = Message.objects.filter(
        workspace_id=workspace_id, conversation_id=OuterRef("pk"), direction=Direction.OUT
    )
    theirs = Conversation.objects.filter(
        workspace_id=workspace_id,
        junk=False,
        customer__workspace_id=workspace_id,
        customer__identities__workspace_id=workspace_id,
        customer__identities__kind="email",
        customer__identities__value=sender,
    )
    return theirs.filter(Exists(answers)).exists()


def verdict_of(conversation: Conversation) -> Shown | None:
    """Return why a junk conversation is junk."""
    if not conversation.junk:
        return None
    found = JunkVerdict.objects.filter(
        workspace_id=conversation.workspace_id, conversation_id=conversation.pk
    ).select_related("agent")
    verdict = found.first()
    if verdict is None:
        return None
    by = verdict.agent.name if verdict.agent else str(verdict.why.get("by") or "")
    return Shown(verdict.why, by, verdict.at)


def filter_of(workspace_id: int) -> JunkFilter:
    """Return a workspace's filter; one that was never changed nor taught is not stored yet."""
    found = JunkFilter.objects.filter(workspace_id=workspace_id).first()
    return found or JunkFilter(workspace_id=workspace_id)


def rules_of(workspace_id: int, *, passes: bool) -> list[SenderRule]:
    """List blocked senders, or those whose mail passes, newest first."""
    rules = SenderRule.objects.filter(workspace_id=workspace_id, passes=passes)
    return list(rules.select_related("agent").order_by("-created_at", "-pk")[:1000])

"""Event lines in words: what happened to the conversation, in the reader's language."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from django.utils.translation import gettext as _

from dragoman.ground.design.functions import format_money, language_name, market_name

from ..words import Say
from .clock import Clock, both

ICONS: Final = {
    "status": "check",
    "reopened": "inbox",
    "snoozed": "snooze",
    "snoozed_for_answer": "snooze",
    "side_started": "send",
    "side_answered": "mail",
    "assigned": "users",
    "team": "users",
    "priority": "flag",
    "marked": "flag",
    "looks_urgent": "flag",
    "intent": "edit",
    "mood": "edit",
    "junk": "shield",
    "not_junk": "undo",
    "merged": "link",
    "unmerged": "undo",
    "split": "link",
    "split_from": "link",
    "unsplit": "undo",
    "review_rejected": "x",
    "refunded": "refund",
    "rated": "smile",
    "language": "globe",
    "market": "globe",
    "language_lock": "lock",
    "language_unlock": "lock",
}


def icon_of(event: Mapping[str, Any]) -> str:
    """Return the icon of an event line."""
    return ICONS.get(str(event.get("kind", "")), "info")


def sentence(event: Mapping[str, Any], *, by: str, zone: str, clock: Clock | None = None) -> str:
    """Say an event of a conversation as one sentence; `by` is empty where nobody but the house did it."""
    kind = str(event.get("kind", ""))
    if kind == "snoozed_for_answer" and by:
        return _("%(by)s put this aside until the customer answers") % {"by": by}
    if kind in ("side_started", "side_answered"):
        return _side(kind, str(event.get("with", "")), by)
    if kind == "review_rejected":
        return _rejected(event, by)
    if kind == "rated":
        return _rated(event)
    if kind == "assigned":
        return _assigned(str(event.get("to", "")), by)
    words = {"by": by, **_words(kind, event, zone, clock)}
    told = (_BY_SOMEBODY if by else _BY_ITSELF).get(kind)
    return told() % words if told else _("Changed: %(what)s") % {"what": kind.replace("_", " ")}


def _assigned(to: str, by: str) -> str:
    if by and to == by:
        return _("%(by)s took this") % {"by": by}
    if by and to:
        return _("%(by)s gave this to %(to)s") % {"by": by, "to": to}
    if by:
        return _("%(by)s gave this back to everybody") % {"by": by}
    return _("Given to %(to)s") % {"to": to} if to else _("Given back to everybody")


def _rated(event: Mapping[str, Any]) -> str:
    """Say how the customer found it; their comment in the team's words where it was translated."""
    said = str(event.get("translated") or event.get("comment") or "")
    words = {"score": event.get("score", ""), "said": said}
    if said:
        return _("The customer rated this %(score)s of 5: “%(said)s”") % words
    return _("The customer rated this %(score)s of 5") % words


def _rejected(event: Mapping[str, Any], by: str) -> str:
    words = {"by": by, "reason": str(event.get("reason", ""))}
    if event.get("mode") == "after":
        return (
            _("%(by)s found fault with an answer: %(reason)s")
            if by
            else _("An answer was found at fault: %(reason)s")
        ) % words
    return (
        _("%(by)s sent an answer back: %(reason)s") if by else _("An answer was sent back: %(reason)s")
    ) % words


def _side(kind: str, outsider: str, by: str) -> str:
    if kind == "side_answered":
        return _("%(who)s answered in a side thread") % {"who": outsider}
    if by:
        return _("%(by)s asked %(who)s in a side thread") % {"by": by, "who": outsider}
    return _("%(who)s was asked in a side thread") % {"who": outsider}


def _words(kind: str, event: Mapping[str, Any], zone: str, clock: Clock | None) -> dict[str, str]:
    if kind == "snoozed":
        return {"until": both(datetime.fromisoformat(str(event["until"])), zone, clock)}
    if kind == "refunded":
        amount = format_money(int(event["amount"]), str(event["currency"]))
        return {"amount": amount, "order": str(event.get("order", ""))}
    return {
        "status": Say.status(str(event.get("status", ""))),
        "priority": Say.priority(str(event.get("priority", ""))),
        "why": Say.urgent_reason(str(event.get("why", ""))),
        "purpose": Say.intent(str(event.get("intent", ""))),
        "mood": Say.mood(str(event.get("mood", ""))),
        "to": str(event.get("to", "")) or _("nobody"),
        "number": f"#{event.get('number', '')}",
        "language": language_name(str(event.get("language", ""))),
        "country": market_name(str(event.get("market", ""))) or _("not known"),
    }


_BY_SOMEBODY: Final = {
    "merged": lambda: _("%(by)s merged %(number)s into this"),
    "unmerged": lambda: _("%(by)s took %(number)s out again"),
    "split": lambda: _("%(by)s split messages off as %(number)s"),
    "split_from": lambda: _("%(by)s split this off %(number)s"),
    "unsplit": lambda: _("%(by)s brought %(number)s back"),
    "status": lambda: _("%(by)s set this to: %(status)s"),
    "snoozed": lambda: _("%(by)s put this aside until %(until)s"),
    "team": lambda: _("%(by)s gave this to the team %(to)s"),
    "priority": lambda: _("%(by)s set the priority: %(priority)s"),
    "intent": lambda: _("%(by)s set the purpose: %(purpose)s"),
    "mood": lambda: _("%(by)s set the mood: %(mood)s"),
    "junk": lambda: _("%(by)s said that this is junk"),
    "not_junk": lambda: _("%(by)s said that this is no junk"),
    "language": lambda: _("%(by)s set the customer's language: %(language)s"),
    "market": lambda: _("%(by)s set the customer's country: %(country)s"),
    "language_lock": lambda: _("%(by)s locked the language: %(language)s"),
    "language_unlock": lambda: _("%(by)s unlocked the language"),
}
_BY_ITSELF: Final = {
    "merged": lambda: _("%(number)s was merged into this"),
    "refunded": lambda: _("Refunded for order %(order)s: %(amount)s"),
    "unmerged": lambda: _("%(number)s was taken out again"),
    "split": lambda: _("Messages were split off as %(number)s"),
    "split_from": lambda: _("Split off %(number)s"),
    "unsplit": lambda: _("%(number)s was brought back"),
    "status": lambda: _("Now: %(status)s"),
    "reopened": lambda: _("Open again: the customer wrote"),
    "snoozed": lambda: _("Put aside until %(until)s"),
    "snoozed_for_answer": lambda: _("Put aside until the customer answers"),
    "team": lambda: _("Given to the team %(to)s"),
    "priority": lambda: _("Priority: %(priority)s"),
    "marked": lambda: _("Marked as %(priority)s: %(why)s"),
    "looks_urgent": lambda: _("Looks like priority %(priority)s: %(why)s"),
    "intent": lambda: _("Purpose: %(purpose)s"),
    "mood": lambda: _("Mood: %(mood)s"),
    "language": lambda: _("Language of the customer: %(language)s"),
    "market": lambda: _("Country of the customer: %(country)s"),
    "language_lock": lambda: _("Language locked: %(language)s"),
    "language_unlock": lambda: _("Language unlocked"),
}

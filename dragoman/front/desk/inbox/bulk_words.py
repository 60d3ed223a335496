"""What a bulk change is called, and why it leaves some conversations as they are."""

from collections.abc import Mapping
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dragoman.core.accounts.models import Agent
from dragoman.core.segments.actions.bulk import Change
from dragoman.core.segments.verbs import get_verb
from dragoman.ground.design.functions import format_moment, format_number

from ..words import Say


def said_of(agent: Agent, change: Change) -> str:
    """Say what a change does; raises BadChange."""
    value = get_verb(change.verb).read(agent.workspace_id, change.value)
    name = getattr(value, "name", "")
    match change.verb:
        case "assign":
            return _("Assign to %(name)s") % {"name": name} if value else _("Assign to nobody")
        case "team":
            return _("Give to the team %(name)s") % {"name": name} if value else _("Take from the team")
        case "status":
            return _("Status: %(status)s") % {"status": Say.status(value)}
        case "priority":
            return _("Priority: %(priority)s") % {"priority": Say.priority(value)}
        case "snooze":
            until = format_moment(datetime.fromisoformat(change.value), agent.time_zone)
            return _("Put aside until %(until)s") % {"until": until}
        case "add_tags":
            return _("Add tags: %(tags)s") % {"tags": ", ".join(value)}
        case "remove_tags":
            return _("Take tags away: %(tags)s") % {"tags": ", ".join(value)}
    plain = {
        "read": _("Mark as read"),
        "unread": _("Mark as unread"),
        "junk": _("Junk"),
        "not_junk": _("Not junk"),
    }
    return plain.get(change.verb, change.verb)


def reasons(skipped: Mapping[str, int], *, would: bool) -> list[str]:
    """Say of how many conversations why they stay as they are, one sentence each."""
    return [_reason(code, n, would=would) % {"n": format_number(n)} for code, n in skipped.items() if n]


def _reason(code: str, n: int, *, would: bool) -> str:
    if code == "same" and would:
        return ngettext("%(n)s is like that already.", "%(n)s are like that already.", n)
    if code == "same":
        return ngettext("%(n)s was like that already.", "%(n)s were like that already.", n)
    if code == "closed":
        return ngettext("%(n)s is closed.", "%(n)s are closed.", n)
    if code == "gone":
        return ngettext("%(n)s is not there any more.", "%(n)s are not there any more.", n)
    return ngettext("%(n)s was refused.", "%(n)s were refused.", n)

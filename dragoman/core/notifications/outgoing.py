"""What leaves the house for one agent: which notifications are due, and what a mail or a push says of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dragoman.core.accounts.models import Agent
from dragoman.ground.design.functions import format_number

from . import ports
from .kinds import sentence
from .models import Notification, Preference
from .queries import Told, grouped, preference_of, wishes_of
from .timing import postponed

# a mail that was being sent when its worker died goes out again after this
LEASE = timedelta(minutes=10)
MOST = 100
SETTINGS_PATH = "/settings/notifications"


@dataclass(frozen=True)
class Letter:
    """A mail to an agent, in the active language."""

    subject: str
    text: str
    ids: Sequence[int]


@transaction.atomic
def due_mails(agent: Agent, now: datetime) -> list[Notification]:
    """Take what is due by mail, leased so that no other worker sends it; none while the agent is at the console."""
    mine = Notification.objects.filter(workspace_id=agent.workspace_id, agent_id=agent.pk)
    due = mine.filter(mail_at__lte=now, read_at=None).select_for_update(skip_locked=True).order_by("pk")
    rows = list(due[:MOST])
    later = postponed(now, wishes_of(agent, preference_of(agent)))
    mine.filter(pk__in=[row.pk for row in rows]).update(mail_at=later or now + LEASE)
    return [] if later else rows


def note_mailed(agent: Agent, ids: Sequence[int]) -> None:
    """Note that these have gone out by mail."""
    mine = Notification.objects.filter(workspace_id=agent.workspace_id, agent_id=agent.pk)
    mine.filter(pk__in=ids).update(mail_at=None)


@transaction.atomic
def due_pushes(agent: Agent, now: datetime) -> list[Notification]:
    """Take what is due by push; what is taken is not pushed a second time, even if the worker dies."""
    mine = Notification.objects.filter(workspace_id=agent.workspace_id, agent_id=agent.pk)
    due = mine.filter(push_at__lte=now, read_at=None).select_for_update(skip_locked=True).order_by("pk")
    rows = list(due[:MOST])
    mine.filter(pk__in=[row.pk for row in rows]).update(push_at=None)
    return rows


def _said(row: Notification) -> str:
    return sentence(row.kind, row.actor, row.facts)


def _texts(agent: Agent, rows: Sequence[Notification], preference: Preference) -> dict[str, str]:
    if not preference.show_text:
        return {}
    found: dict[str, str] = {}
    for noun in {row.topic.partition(":")[0] for row in rows}:
        anchors = [row.anchor for row in rows if row.topic.startswith(f"{noun}:") and row.anchor]
        found.update(ports.words(agent.workspace_id, noun, anchors))
    return found


def _link(path: str) -> str:
    return f"{settings.BASE_URL}{path}" if settings.BASE_URL else path


def letters_of(agent: Agent, rows: Sequence[Notification]) -> list[Letter]:
    """Return the mails for what is due: one a conversation, or one of all for a digest; in the active language."""
    preference = preference_of(agent)
    texts = _texts(agent, rows, preference)
    groups = grouped(rows)
    known = ports.about(agent.workspace_id, [told.topic for told in groups])
    groups = [told for told in groups if told.topic in known]
    if not groups:
        return []
    if preference.mail_when == Preference.MailWhen.AWAY:
        return [_letter(known[told.topic].title, [told], known, texts) for told in groups]
    count = len(groups)
    subject = ngettext("%(count)s conversation with news", "%(count)s conversations with news", count) % {
        "count": format_number(count)
    }
    return [_letter(subject, groups, known, texts)]


def _letter(
    subject: str, groups: Sequence[Told], known: dict[str, ports.Matter], texts: dict[str, str]
) -> Letter:
    blocks = []
    for told in groups:
        matter, newest = known[told.topic], told.items[-1]
        lines = [f"{matter.title} (#{matter.number})" if matter.number else matter.title]
        for row in told.items:
            lines.append(f"- {_said(row)}")
            if row.anchor in texts:
                lines.append(f"  {texts[row.anchor]}")
        anchor = f"#{newest.anchor}" if newest.anchor else ""
        blocks.append("\n".join([*lines, _link(f"{matter.path}{anchor}")]))
    foot = _("You get this mail because your settings say so. Change them, or switch these mails off:")
    blocks.append(f"-- \n{foot}\n{_link(SETTINGS_PATH)}")
    return Letter(subject, "\n\n".join(blocks), [row.pk for told in groups for row in told.items])


def payloads_of(agent: Agent, rows: Sequence[Notification]) -> list[tuple[str, dict[str, Any]]]:
    """Return (topic, payload) of each push: who and what kind; a customer's words only where the agent wishes it."""
    preference = preference_of(agent)
    texts = _texts(agent, rows, preference)
    known = ports.about(agent.workspace_id, [row.topic for row in rows])
    made = []
    for told in grouped(sorted(rows, key=lambda row: -row.pk)):
        matter, newest = known.get(told.topic), told.newest
        if matter is None:
            continue
        body = texts.get(newest.anchor, "")
        title = _said(newest) if preference.show_text else _anonymous(newest)
        body = (
            f"{matter.title}\n{body}".strip()
            if preference.show_text
            else (f"#{matter.number}" if matter.number else "")
        )
        more = len(told.items) - 1
        if more:
            words = ngettext("and %(count)s more", "and %(count)s more", more) % {
                "count": format_number(more)
            }
            body = f"{body}\n{words}"
        anchor = f"#{newest.anchor}" if newest.anchor else ""
        payload = {
            "title": title[:200],
            "body": body[:600],
            "url": f"{matter.path}{anchor}",
            "tag": told.topic,
            "language": agent.ui_language,
        }
        made.append((told.topic, payload))
    return made


def _anonymous(row: Notification) -> str:
    """Say what happened; a customer is not named on a locked screen, a colleague is."""
    return sentence(row.kind, "" if row.kind == "answered" else row.actor, row.facts)


def trial_letter() -> Letter:
    """Return what the try-it button mails."""
    lines = [
        _("Mails of Dragoman reach you."),
        _("Sent at %(time)s") % {"time": timezone.localtime().strftime("%H:%M")},
        _link(SETTINGS_PATH),
    ]
    return Letter(_("Notifications reach this address"), "\n\n".join(lines), ())


def trial_payload(agent: Agent) -> dict[str, Any]:
    """Return what the try-it button sends."""
    return {
        "title": _("Notifications reach this device"),
        "body": _("Sent at %(time)s") % {"time": timezone.localtime().strftime("%H:%M")},
        "url": SETTINGS_PATH,
        "tag": "trial",
        "language": agent.ui_language,
    }

"""What leaves the house: mails and pushes, each agent's in a job of its own."""

import logging
from datetime import timedelta

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.utils import timezone, translation
from procrastinate.exceptions import AlreadyEnqueued

from dragoman.core.accounts.models import Agent, Workspace
from dragoman.ground.design.functions import zone_of
from dragoman.ground.events.registry import every, task
from dragoman.kit import workspace
from dragoman.kit.errors import OutsideError

from . import approvals  # noqa: F401  # found with its tasks
from .actions import forget_old
from .models import Notification
from .outgoing import due_mails, due_pushes, letters_of, note_mailed, payloads_of
from .push import Gone, send_push
from .queries import subscriptions_of

log = logging.getLogger(__name__)
MOST = 500


@every(seconds=5)
def send_due() -> None:
    """Give every agent to whom something is due a job; one that waits already is not doubled."""
    now = timezone.now()
    with workspace.everywhere(reason="find what is due to agents"):
        due = Notification.objects.order_by().values_list("workspace_id", "agent_id").distinct()
        pushes = list(due.filter(push_at__lte=now)[:MOST])
        mails = list(due.filter(mail_at__lte=now)[:MOST])
    for job, name, whom in ((push_to, "push", pushes), (mail_to, "mail", mails)):
        for workspace_id, agent_id in whom:
            with workspace.acting_in(workspace_id):
                _defer(job, f"{name}:{agent_id}", workspace_id, agent_id)


def _defer(job: object, lock: str, workspace_id: int, agent_id: int) -> None:
    try:
        with transaction.atomic():
            job.configure(queueing_lock=lock).defer(  # type: ignore[attr-defined]
                workspace_id=workspace_id, agent_id=agent_id
            )
    except AlreadyEnqueued:
        pass


def _agent(workspace_id: int, agent_id: int) -> Agent | None:
    found = Agent.objects.select_related("user").filter(workspace_id=workspace_id, pk=agent_id)
    return found.filter(is_active=True).first()


@task
def mail_to(workspace_id: int, agent_id: int) -> None:
    """Send an agent's due mails through MAIL_URL, in the language of their screens."""
    agent = _agent(workspace_id, agent_id)
    if agent is None or not settings.MAIL_URL:
        mine = Notification.objects.filter(workspace_id=workspace_id, agent_id=agent_id)
        mine.filter(mail_at__lte=timezone.now()).update(mail_at=None)
        return
    rows = due_mails(agent, timezone.now())
    with translation.override(agent.ui_language), timezone.override(zone_of(agent.time_zone)):
        letters = letters_of(agent, rows)
        for letter in letters:
            send_mail(letter.subject, letter.text, None, [agent.user.email])
            note_mailed(agent, letter.ids)
    told = {pk for letter in letters for pk in letter.ids}
    note_mailed(agent, [row.pk for row in rows if row.pk not in told])


@task
def push_to(workspace_id: int, agent_id: int) -> None:
    """Send an agent's due pushes to each of their browsers; a browser that is gone is forgotten."""
    agent = _agent(workspace_id, agent_id)
    if agent is None:
        mine = Notification.objects.filter(workspace_id=workspace_id, agent_id=agent_id)
        mine.filter(push_at__lte=timezone.now()).update(push_at=None)
        return
    rows = due_pushes(agent, timezone.now())
    browsers = list(subscriptions_of(agent))
    if not browsers:
        return
    with translation.override(agent.ui_language), timezone.override(zone_of(agent.time_zone)):
        payloads = payloads_of(agent, rows)
    failed: set[str] = set()
    for browser in browsers:
        for topic, payload in payloads:
            try:
                send_push(browser, payload, topic=topic)
            except Gone:
                browser.delete()
                break
            except OutsideError as error:
                log.warning("a push did not go out: %s", error)
                if not error.permanent:
                    failed.add(topic)
    _try_again(agent, rows, failed if len(browsers) == 1 else set())


def _try_again(agent: Agent, rows: list[Notification], topics: set[str]) -> None:
    """Put back what the only browser's service did not take now, for an hour after it happened."""
    now = timezone.now()
    again = [row.pk for row in rows if row.topic in topics and (now - row.created_at).total_seconds() < 3600]
    mine = Notification.objects.filter(workspace_id=agent.workspace_id, agent_id=agent.pk, pk__in=again)
    mine.update(push_at=now + timedelta(minutes=1))


@every(seconds=86400)
def forget_old_notifications() -> None:
    """Forget what was told more than 90 days ago."""
    with workspace.everywhere(reason="sweep every workspace"):
        ids = list(Workspace.objects.order_by("pk").values_list("pk", flat=True))
    for workspace_id in ids:
        with workspace.acting_in(workspace_id):
            forget_old(workspace_id)

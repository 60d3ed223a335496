"""What the queue itself does later: tell again, rescue jobs of dead workers, forget old events."""

from typing import Any

from asgiref.sync import async_to_sync
from django.conf import settings
from django.db import connection
from procrastinate.contrib.django import app

from dragoman.kit import workspace

from .actions import retell_one
from .registry import event_from, every, task


@task
def retell(workspace_id: int, listener: str, name: str, facts: dict[str, Any]) -> None:
    """Tell an event again to the one listener that failed on it."""
    retell_one(listener, event_from(name, facts))


async def _rescue() -> None:
    for job in await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=30):
        await app.job_manager.retry_job(job)


@every(seconds=10)
def rescue_stalled_jobs() -> None:
    """Give jobs whose worker died to another one; the queue itself never does."""
    async_to_sync(_rescue)()


@every(seconds=3600)
def forget_old_events() -> None:
    """Delete told events older than settings.EVENTS_KEEP_DAYS, and the faults of jobs that are done."""
    with workspace.everywhere(reason="forget old events"), connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM events_event WHERE told_at IS NOT NULL AND at < now() - %s::interval",
            [f"{settings.EVENTS_KEEP_DAYS} days"],
        )

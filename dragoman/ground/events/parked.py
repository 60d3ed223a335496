"""Parked work: jobs that failed for good and wait for a person.

The queue's tables know no row security: every query here names the workspace.
"""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import Error, transaction
from django.db.models import Max, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.jobs import Job

from dragoman.kit.errors import NotFound

from .models import Fault

log = logging.getLogger(__name__)

MOST = 200
WORDS = 2000


@dataclass(frozen=True)
class ParkedJob:
    """A job that is not tried again by itself; `words` is the last error, empty where none was noted."""

    id: int
    task: str
    arguments: dict[str, Any]
    attempts: int
    at: datetime | None
    words: str


def _failed(workspace_id: int) -> QuerySet[ProcrastinateJob]:
    return ProcrastinateJob.objects.filter(status="failed", args__workspace_id=workspace_id)


def parked_jobs(workspace_id: int, *, most: int = MOST) -> list[ParkedJob]:
    """Return the parked jobs of a workspace, newest first."""
    failing = Q(procrastinateevent__type="failed")
    found = list(
        _failed(workspace_id)
        .annotate(at=Max("procrastinateevent__at", filter=failing))
        .order_by("-id")[:most]
    )
    faults = dict(
        Fault.objects.filter(workspace_id=workspace_id, job_id__in=[job.pk for job in found]).values_list(
            "job_id", "words"
        )
    )
    return [
        ParkedJob(job.pk, job.task_name, job.args, job.attempts, job.at, faults.get(job.pk, ""))
        for job in found
    ]


def parked_count(workspace_id: int) -> int:
    """Return how many jobs of a workspace are parked."""
    return _failed(workspace_id).count()


@transaction.atomic
def replay_job(workspace_id: int, job_id: int) -> None:
    """Put one parked job back into the queue; raises NotFound where this workspace has none of that id."""
    if not _failed(workspace_id).filter(pk=job_id).exists():
        raise NotFound(_("This work is parked no longer."))
    app.job_manager.retry_job_by_id(job_id, retry_at=timezone.now())


@transaction.atomic
def replay_jobs(workspace_id: int) -> int:
    """Put all parked jobs of a workspace back into the queue; returns how many."""
    ids = list(_failed(workspace_id).values_list("pk", flat=True))
    for job_id in ids:
        app.job_manager.retry_job_by_id(job_id, retry_at=timezone.now())
    return len(ids)


def note_fault(job: Job, error: BaseException) -> None:
    """Keep why a job of a workspace failed; losing the reason must never lose the job."""
    workspace_id = job.task_kwargs.get("workspace_id")
    if job.id is None or not isinstance(workspace_id, int):
        return
    words = f"{type(error).__name__}: {error}".replace("\x00", "")[:WORDS]
    try:
        Fault.objects.update_or_create(
            job_id=job.id, defaults={"workspace_id": workspace_id, "words": words, "at": timezone.now()}
        )
    except Error as trouble:
        log.warning("the fault of job %s was not noted: %s", job.id, trouble)


def forget_faults(workspace_id: int, words: Sequence[str]) -> None:
    """Forget reasons of failed jobs that name one of these words; the jobs stay."""
    named = Q()
    for word in words:
        named |= Q(words__icontains=word)
    if words:
        Fault.objects.filter(named, workspace_id=workspace_id).update(words="")

"""The reason of a failure is kept beside the job, and parked work is one workspace's own."""

import itertools
from types import SimpleNamespace

import pytest
from django.db import connection
from procrastinate.contrib.django.models import ProcrastinateJob

from dragoman.ground.events.models import Fault
from dragoman.ground.events.parked import parked_count, parked_jobs, replay_job, replay_jobs
from dragoman.ground.events.tasks import retell
from dragoman.ground.events.worker import in_workspace
from dragoman.kit import workspace
from dragoman.kit.errors import NotFound, Unavailable

pytestmark = pytest.mark.django_db(transaction=True)

# the queue's tables are not emptied between tests: every test has workspaces of its own
_numbers = itertools.count(9_000)


@pytest.fixture
def mine() -> int:
    return next(_numbers)


@pytest.fixture
def theirs() -> int:
    return next(_numbers)


def failed_job(workspace_id: int) -> int:
    """Run a job in the worker's middleware, let it fail, and park it."""
    with workspace.acting_in(workspace_id):
        pk = int(retell.defer(workspace_id=workspace_id, listener="x", name="NoteAdded", facts={}))
    job = ProcrastinateJob.objects.get(pk=pk).procrastinate_job

    def fail() -> None:
        raise Unavailable("the far side is silent")

    with pytest.raises(Unavailable):
        in_workspace(fail, SimpleNamespace(job=job), None)  # type: ignore[arg-type]
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = 'failed' WHERE id = %s", [pk])
    return pk


def test_the_worker_notes_why_a_job_failed(mine: int, theirs: int) -> None:
    pk = failed_job(mine)
    with workspace.acting_in(mine):
        [job] = parked_jobs(mine)
        assert (job.id, job.words) == (pk, "Unavailable: the far side is silent")
        assert job.task.endswith(".retell")
    with workspace.acting_in(theirs):
        assert not Fault.objects.exists()


def test_a_parked_job_goes_back_into_the_queue_once(mine: int) -> None:
    pk = failed_job(mine)
    replay_job(mine, pk)
    assert ProcrastinateJob.objects.get(pk=pk).status == "todo"
    with pytest.raises(NotFound):
        replay_job(mine, pk)


def test_another_workspace_sees_and_replays_nothing(mine: int, theirs: int) -> None:
    pk = failed_job(mine)
    with workspace.acting_in(theirs):
        assert parked_jobs(theirs) == []
        assert parked_count(theirs) == 0
        assert replay_jobs(theirs) == 0
        with pytest.raises(NotFound):
            replay_job(theirs, pk)
    assert ProcrastinateJob.objects.get(pk=pk).status == "failed"
    assert replay_jobs(mine) == 1

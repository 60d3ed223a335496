"""The worker takes jobs by a connector of its own; the shared app goes on by the thread's transaction."""

import asyncio
from typing import Any

import pytest
from django.db import transaction
from procrastinate import App
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from dragoman.config.commands import worker
from dragoman.core.conversations.tasks import index_theirs


def _defer(*, keep: bool) -> None:
    with transaction.atomic():
        index_theirs.defer(workspace_id=1, customer_id=1)
        if not keep:
            transaction.set_rollback(True)


@pytest.mark.django_db(transaction=True)
def test_what_a_thread_defers_beside_a_running_worker_is_part_of_its_transaction(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    seen: list[Any] = []

    async def meanwhile(self: App, **_options: Any) -> None:
        seen.append((self is app, self.tasks is app.tasks, self.connector is app.connector))
        await asyncio.gather(*(asyncio.to_thread(_defer, keep=number == 0) for number in range(8)))

    monkeypatch.setattr(App, "run_worker_async", meanwhile)
    asyncio.run(asyncio.wait_for(worker._jobs(app, 1), 30))
    assert seen == [(False, True, False)]
    assert ProcrastinateJob.objects.filter(task_name__endswith="index_theirs").count() == 1

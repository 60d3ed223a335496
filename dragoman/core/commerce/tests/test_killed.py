"""A worker that dies in the middle of a refund: the shop is asked what became of it, and nothing is refunded twice."""

import os
import signal
import subprocess
import sys
import time

import pytest
from django.db import connection

from dragoman.core.commerce.models import OrderAction
from dragoman.core.commerce.tests.acting import a_trial
from dragoman.ground.providers.shops.fake import read_fake_shop
from dragoman.kit import workspace
from tests.people import a_house

pytestmark = pytest.mark.django_db(transaction=True)

WORKER = """
import sys
import django
django.setup()
from django.db import connections
connections["default"].settings_dict["NAME"] = sys.argv[1]
from dragoman.kit import workspace
import dragoman.core.commerce.tests.acting
from dragoman.core.commerce.actions.executing import go_on
with workspace.acting_in(int(sys.argv[2])):
    go_on(int(sys.argv[2]), int(sys.argv[3]))
"""


@pytest.mark.parametrize("dies", ["after the shop did it", "before the shop did it"])
def test_a_worker_killed_in_mid_refund_leaves_one_refund_or_none(tmp_path, dies):
    house = a_house()
    with house.acting():
        trial = a_trial(house, tmp_path / "shop.json")
        was_done = dies.startswith("after")
        trial.set(**({"seconds": "60"} if was_done else {"wait": "60"}))
        action = trial.ask()
        OrderAction.objects.update(due_at=action.created_at)
    _die_in(house.workspace.pk, action.pk, trial if was_done else None)
    with house.acting():
        action.refresh_from_db()
        # the mark was committed before the shop was called
        assert (action.state, trial.back) == ("running", 3000 if was_done else 0)
        trial.set()
        assert trial.go_on(action).state == "unconfirmed"
        while action.is_open:
            trial.go_on(action)
        assert action.state == ("done" if was_done else "failed")
        assert trial.back == (3000 if was_done else 0)
        assert len(read_fake_shop(trial.path)["calls"]) == (1 if was_done else 0)


def _die_in(workspace_id, action_id, trial):
    """Let a process of its own do it, and kill it once it is at the shop."""
    arguments = [str(connection.settings_dict["NAME"]), str(workspace_id), str(action_id)]
    process = subprocess.Popen([sys.executable, "-c", WORKER, *arguments], env=dict(os.environ))
    try:
        until = time.monotonic() + 60
        while time.monotonic() < until:
            assert process.poll() is None, "it ended by itself"
            if trial.back if trial is not None else _is_running(workspace_id, action_id):
                break
            time.sleep(0.05)
        else:
            raise AssertionError("it never came to the shop")
    finally:
        os.kill(process.pid, signal.SIGKILL)
        process.wait()


def _is_running(workspace_id, action_id):
    with workspace.acting_in(workspace_id):
        return OrderAction.objects.filter(pk=action_id, state="running").exists()

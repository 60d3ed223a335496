"""`dragoman worker`: jobs, the teller, mail coming in; usually kept by `dragoman serve`."""

import argparse
import asyncio
from urllib.parse import urlsplit

from django.conf import settings
from procrastinate import App
from procrastinate.contrib.django import app

from dragoman.front.gateway.intake import MailboxWatcher, MailDoor
from dragoman.ground.events.worker import Teller

CONCURRENCY = 6


def add(parser: argparse.ArgumentParser, command: str) -> None:
    """How much at once."""
    parser.add_argument("--concurrency", type=int, default=CONCURRENCY, help="jobs at once (default 6)")


def run(options: argparse.Namespace) -> int:
    """Work until told to stop."""
    teller, watcher = Teller(), MailboxWatcher()
    door = MailDoor(urlsplit(settings.MAIL_LISTEN)) if settings.MAIL_LISTEN else None
    teller.start()
    watcher.start()
    if door is not None:
        door.start()
    try:
        asyncio.run(_jobs(app, options.concurrency))
    finally:
        teller.stop()
        watcher.stop()
        if door is not None:
            door.stop()
    return 0


async def _jobs(jobs: App, concurrency: int) -> None:
    # An app of the worker's own: with its connector in the shared one, what a thread defers would wait for a pool of
    # another loop, which stands still for ever when two ask at once, and would not be part of the thread's transaction.
    own = jobs.with_connector(jobs.connector.get_worker_connector())  # type: ignore[attr-defined]
    async with own.open_async():
        await own.run_worker_async(
            concurrency=concurrency,
            delete_jobs="successful",
            fetch_job_polling_interval=1.0,
            name="worker",
        )

"""`dragoman web` and `dragoman worker`: one process each, usually kept by `dragoman serve`."""

import argparse
import asyncio
import os
from urllib.parse import urlsplit

from granian import Granian
from granian.constants import Interfaces

CONCURRENCY = 6


def add(parser: argparse.ArgumentParser, command: str) -> None:
    """Where to listen, how much at once."""
    if command == "web":
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=int(os.environ.get("PORT") or 8000))
        parser.add_argument("--workers", type=int, default=1, help="processes (default 1)")
    else:
        parser.add_argument("--concurrency", type=int, default=CONCURRENCY, help="jobs at once (default 6)")


def run(options: argparse.Namespace) -> int:
    """Run until told to stop."""
    return _web(options) if options.command == "web" else _worker(options)


def _web(options: argparse.Namespace) -> int:
    # this process only keeps the one that serves; Django is loaded there
    # a worker that is told to stop while it starts hangs for ever without the kill timeout (stack.md 2)
    Granian(
        "dragoman.config.asgi:application",
        address=options.host,
        port=options.port,
        interface=Interfaces.ASGINL,
        workers=options.workers,
        workers_kill_timeout=3,
        respawn_failed_workers=True,
        log_access=False,
        log_level="warning",  # type: ignore[arg-type]
        websockets=False,
    ).serve()
    return 0


def _worker(options: argparse.Namespace) -> int:
    # Django is set up by now; these modules hold models
    from django.conf import settings
    from procrastinate.contrib.django import app

    from dragoman.front.gateway.intake import MailboxWatcher, mail_listener
    from dragoman.ground.events.worker import Teller

    teller = Teller()
    teller.start()
    listener = mail_listener(urlsplit(settings.MAIL_LISTEN)) if settings.MAIL_LISTEN else None
    watcher = MailboxWatcher()
    watcher.start()
    try:
        asyncio.run(_jobs(app, options.concurrency))
    finally:
        teller.stop()
        watcher.stop()
        if listener is not None:
            listener.stop()
    return 0


async def _jobs(app, concurrency: int) -> None:  # type: ignore[no-untyped-def]
    with app.replace_connector(app.connector.get_worker_connector()):
        async with app.open_async():
            await app.run_worker_async(
                concurrency=concurrency,
                delete_jobs="successful",
                fetch_job_polling_interval=1.0,
                name="worker",
            )

"""`dragoman web`: one process that serves, usually kept by `dragoman serve`."""

import argparse
import os

from granian import Granian
from granian.constants import Interfaces


def add(parser: argparse.ArgumentParser, command: str) -> None:
    """Where to listen, with how many processes."""
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=os.environ.get("PORT") or 8000)
    parser.add_argument("--workers", type=int, default=1, help="processes (default 1)")


def run(options: argparse.Namespace) -> int:
    """Serve until told to stop."""
    # this process only keeps the one that serves; Django is loaded there.
    # A worker that is told to stop while it starts hangs for ever without the kill timeout (stack.md 2).
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

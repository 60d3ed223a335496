"""`dragoman migrate`, `stop`, `backup`, `restore`."""

import argparse
import sys
from pathlib import Path

from dragoman.config.backup import backup, restore
from dragoman.config.environment import environment
from dragoman.config.ownership import as_owner
from dragoman.config.stamp import store_stamp
from dragoman.ground.database import postmaster


def add(parser: argparse.ArgumentParser, command: str) -> None:
    """Name the archive where there is one."""
    if command in {"backup", "restore"}:
        parser.add_argument("archive", type=Path, help="the file to write or read")
    if command == "restore":
        parser.add_argument("--replace", action="store_true", help="replace what the database holds now")


def run(options: argparse.Namespace) -> int:
    """Do what the command says."""
    if options.command == "migrate":
        return _migrate()
    if options.command == "stop":
        stopped = postmaster.stop(environment().home)
        print("The embedded database was stopped." if stopped else "No embedded database was running.")
        return 0
    if options.command == "backup":
        backup(options.archive)
    else:
        restore(options.archive, replace=options.replace)
    return 0


def _migrate() -> int:
    print("Bringing the database up to date ...", flush=True)
    with as_owner() as call_command:
        call_command(
            "migrate", interactive=False, verbosity=1 if sys.stdout.isatty() else 0, skip_checks=True
        )
    call_command("collectstatic", interactive=False, verbosity=0)
    store_stamp(environment().home)
    return 0

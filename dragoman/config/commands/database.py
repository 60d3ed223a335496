"""`dragoman migrate`, `stop`, `backup`, `restore`."""

import argparse
import sys
from pathlib import Path

import psycopg
from django.db import connections

from dragoman.config.backup import backup, restore
from dragoman.config.environment import environment
from dragoman.config.ownership import as_owner
from dragoman.config.schema import fill_empty
from dragoman.config.stamp import store_stamp
from dragoman.ground.database import postmaster
from dragoman.ground.database.postmaster import ClusterError
from dragoman.ground.database.roles import prepare_roles


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
    if environment().database_url:
        _prepare_given(environment().database_url)
    with as_owner() as call_command:
        fill_empty(connections["default"])
        call_command(
            "migrate", interactive=False, verbosity=1 if sys.stdout.isatty() else 0, skip_checks=True
        )
    call_command("collectstatic", interactive=False, verbosity=0)
    store_stamp(environment().home)
    return 0


def _prepare_given(url: str) -> None:
    """Make the roles that row-level security stands on in a database that is not our own."""
    try:
        prepare_roles(url)
    except psycopg.errors.InsufficientPrivilege as error:
        raise ClusterError(
            "The user of DATABASE_URL may not make the roles that keep workspaces apart: let an administrator give it"
            " CREATEROLE, or make them as docs/deploy.md says."
        ) from error
    except psycopg.OperationalError as error:
        raise ClusterError(f"DATABASE_URL does not let us in: {str(error).splitlines()[0]}") from error

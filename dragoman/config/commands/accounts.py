"""`dragoman workspace`, `agent`, `token`: what an installer needs before the first log-in."""

import argparse
import getpass
import os
import sys

from dragoman.core.accounts import actions, queries
from dragoman.core.accounts.models import Role, Workspace
from dragoman.core.accounts.scopes import SCOPES
from dragoman.kit import workspace
from dragoman.kit.errors import Refusal


def add(parser: argparse.ArgumentParser, command: str) -> None:
    """The words of each command."""
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERB")
    if command == "workspace":
        create = verbs.add_parser("create", help="an empty workspace with one default brand")
        create.add_argument("slug")
        create.add_argument("--name", default="")
        verbs.add_parser("list", help="every workspace")
    elif command == "agent":
        seat = verbs.add_parser("add", help="give a person a seat")
        seat.add_argument("email")
        seat.add_argument("--workspace", required=True)
        seat.add_argument("--name", default="")
        seat.add_argument("--role", choices=Role.values, default=Role.OWNER.value)
        seat.add_argument("--password", help="default: asked for, or DRAGOMAN_PASSWORD")
    else:
        create = verbs.add_parser("create", help="make a token and print it alone")
        create.add_argument("--workspace", required=True)
        create.add_argument("--scopes", nargs="*", default=["all"], help="default: all")
        create.add_argument("--name", default="command line")


def run(options: argparse.Namespace) -> int:
    """Do what the words say."""
    if options.command == "workspace":
        return _workspace(options)
    found = queries.get_workspace(options.workspace)
    with workspace.acting_in(found.pk):
        if options.command == "token":
            scopes = [scope for word in options.scopes for scope in word.split(",") if scope]
            unknown = [scope for scope in scopes if scope not in {"all", *SCOPES}]
            if unknown:
                known = ", ".join(["all", *SCOPES])
                raise Refusal(f"There is no scope “{unknown[0]}”: choose from {known}.")
            print(actions.create_token(found.pk, name=options.name, scopes=scopes or ["all"]))
            return 0
        password = options.password or os.environ.get("DRAGOMAN_PASSWORD") or _asked_password()
        if len(password) < 10:
            raise Refusal("A password has at least 10 characters.")
        seat = actions.add_agent(
            found.pk, email=options.email, name=options.name, role=options.role, password=password
        )
        print(f"{seat.name} has a seat in {found.slug} as {seat.get_role_display()}.")
    return 0


def _workspace(options: argparse.Namespace) -> int:
    if options.verb == "list":
        with workspace.everywhere(reason="list workspaces"):
            for slug, name in Workspace.objects.order_by("slug").values_list("slug", "name"):
                print(f"{slug}\t{name}")
        return 0
    made = actions.create_workspace(options.slug, name=options.name)
    print(f"The workspace {made.slug} is there, with a brand of the same name. Next: dragoman agent add.")
    return 0


def _asked_password() -> str:
    if not sys.stdin.isatty():
        raise Refusal("Give a password with --password, or in DRAGOMAN_PASSWORD.")
    return getpass.getpass("Password (10 characters or more): ")

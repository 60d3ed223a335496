"""`dragoman import` brings mail, orders and articles kept elsewhere in; `dragoman export` writes conversations out."""

import argparse
import io
import json
import sys
from collections.abc import Iterable, Iterator
from contextlib import nullcontext
from pathlib import Path
from typing import TextIO

from dragoman.core.accounts.queries import get_workspace
from dragoman.core.commerce.actions.parcel_files import bring_parcels
from dragoman.core.commerce.parcel_files import Reading, pairs
from dragoman.core.connections.models import Connection
from dragoman.core.connections.queries import find_mailbox
from dragoman.core.conversations.access import conversations_of
from dragoman.core.conversations.actions.envelopes import store_envelope
from dragoman.core.conversations.mail_files import is_mail, mails_in
from dragoman.front.api.conversations import conversation_json
from dragoman.ground.markets.zones import zone, zone_today
from dragoman.kit import workspace
from dragoman.kit.errors import Refusal

from . import articles, orders

STEP = 100


def add(parser: argparse.ArgumentParser, command: str) -> None:
    """What comes from where, or goes whereto."""
    if command == "export":
        parser.add_argument("file", help="a file to write, or - for the terminal")
        parser.add_argument("--workspace", required=True)
        return
    parser.add_argument(
        "kind",
        choices=["eml", "mbox", "parcels", "orders", "articles"],
        help="eml: one mail a file; mbox: many in one file; parcels: CSV or EDIFACT (IFTSTA); orders: CSV or JSON;"
        " articles: Markdown, HTML, CSV, JSON of Zendesk or Gorgias, folders or zips of them",
    )
    parser.add_argument("files", nargs="+", type=Path, help="files; of a folder every *.eml in it")
    parser.add_argument("--mailbox", help="the address of a mailbox that took these mails")
    parser.add_argument("--workspace", help="whose parcels or articles they are")
    parser.add_argument("--time-zone", default="UTC", help="the clock of moments that name none")
    parser.add_argument("--column", action="append", default=[], help="number=Sendungsnummer, and so on")
    parser.add_argument("--status", action="append", default=[], help="Zugestellt=delivered, and so on")
    orders.add(parser)
    articles.add(parser)
    parser.add_argument(
        "--as-new",
        action="store_true",
        help="as if they had just come in: open and unread (else they keep their dates, resolved and read)",
    )


def run(options: argparse.Namespace) -> int:
    """Import or export, saying how far it is."""
    if options.command == "export":
        return _export(options.workspace, options.file)
    if options.kind == "parcels":
        return _parcels(options)
    if options.kind == "orders":
        return orders.run(options)
    if options.kind == "articles":
        return articles.run(options)
    if not options.mailbox:
        raise Refusal("Say with --mailbox which mailbox took these mails.")
    box = find_mailbox(options.mailbox)
    if box is None:
        raise Refusal(f"No mailbox takes mail for {options.mailbox}: add it under Settings, Mailboxes.")
    files = list(_files(options.files))
    missing = [file for file in files if not file.is_file()]
    if missing or not files:
        raise Refusal(f"There is no file {missing[0]}." if missing else "There is no *.eml in that folder.")
    return _import(box, _mails(files), as_new=options.as_new)


def _files(named: Iterable[Path]) -> Iterator[Path]:
    for path in named:
        yield from sorted(path.glob("*.eml")) if path.is_dir() else [path]


def _mails(files: Iterable[Path]) -> Iterator[bytes]:
    for path in files:
        with path.open("rb") as file:
            for mail, _read in mails_in(file):
                if mail is None:
                    print(f"a mail in {path} is too long and was left out", file=sys.stderr)
                elif not is_mail(mail):
                    print(f"{path} holds what is no mail: it was left out", file=sys.stderr)
                else:
                    yield mail


def _import(box: Connection, mails: Iterable[bytes], *, as_new: bool) -> int:
    """Store mails, with their own dates unless `as_new`; what is there already changes nothing."""
    count = 0
    with workspace.acting_in(box.workspace_id):
        for mail in mails:
            store_envelope("email", f"email:{box.pk}", io.BytesIO(mail), imported=True, old=not as_new)
            count += 1
            if count % STEP == 0:
                print(f"{count} mails ...", file=sys.stderr)
    print(f"{count} mails stored for {box.address}; the worker opens them now, doubles change nothing.")
    return 0


def _parcels(options: argparse.Namespace) -> int:
    """Take files of parcels in, and name each line that was not taken; 1 where there is one."""
    if not options.workspace:
        raise Refusal("Say with --workspace whose parcels they are.")
    if not zone_today(options.time_zone):
        raise Refusal(f"There is no time zone {options.time_zone}: write it as Europe/Helsinki.")
    missing = next((one for one in options.files if not one.is_file()), None)
    if missing:
        raise Refusal(f"There is no file {missing}.")
    found, faults = get_workspace(options.workspace), 0
    reading = Reading(
        dict(pairs("\n".join(options.column))),
        dict(pairs("\n".join(options.status))),
        zone(options.time_zone),
    )
    for path in options.files:
        with workspace.acting_in(found.pk):
            brought = bring_parcels(found.pk, path.read_bytes(), reading=reading)
        for one in brought.problems:
            print(f"{path}: line {one.line}: {one.said}", file=sys.stderr)
        faults += len(brought.problems) + brought.more
        print(f"{path}: {brought.new} of {brought.told} events are new, of {brought.parcels} parcels.")
    return 1 if faults else 0


def _export(slug: str, target: str) -> int:
    """Write every conversation of a workspace as one line of JSON, in the API's shape, oldest first."""
    found = get_workspace(slug)
    if target != "-" and Path(target).exists():
        raise Refusal(f"{target} is there already: name another file.")
    with nullcontext(sys.stdout) if target == "-" else open(target, "x", encoding="utf-8") as file:
        return _write(found.pk, file)


def _write(workspace_id: int, file: TextIO) -> int:
    count = 0
    with workspace.acting_in(workspace_id):
        numbers = list(conversations_of(workspace_id).order_by("id").values_list("id", flat=True))
        for low in range(0, len(numbers), STEP):
            page = conversations_of(workspace_id).filter(pk__in=numbers[low : low + STEP]).order_by("id")
            for conversation in page.select_related("customer", "brand", "assignee", "team"):
                file.write(
                    json.dumps(conversation_json(conversation), ensure_ascii=False, default=_text) + "\n"
                )
                count += 1
            print(f"{count} of {len(numbers)} conversations ...", file=sys.stderr)
    return 0


def _text(value: object) -> str:
    return value.isoformat() if hasattr(value, "isoformat") else str(value)

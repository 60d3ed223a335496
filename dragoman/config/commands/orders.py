"""`dragoman import orders`: orders from files, as the page of imports takes them."""

import argparse
import sys
from pathlib import Path

from dragoman.core.accounts.models import Brand
from dragoman.core.accounts.queries import find_brand
from dragoman.core.commerce.actions.imports import (
    change_reading,
    drop_order_import,
    keep_order_file,
    look_at,
    run_order_import,
    start_order_import,
)
from dragoman.core.commerce.models import OrderImport
from dragoman.core.commerce.order_columns import FIELDS
from dragoman.core.commerce.order_files import ENCODINGS, Options
from dragoman.core.commerce.queries import faults_of
from dragoman.kit import workspace
from dragoman.kit.errors import Refusal

_SAID = ("encoding", "dates", "decimal", "currency")
_WHAT = {"dates": "--dates dmy, mdy or ymd", "decimal": "--decimal . or ,", "currency": "--currency EUR"}


def add(parser: argparse.ArgumentParser) -> None:
    """What may be said of a file of orders; the rest is guessed."""
    parser.add_argument("--brand", help="orders: the slug of the brand they are of")
    parser.add_argument("--encoding", choices=ENCODINGS, help="orders: the letters of the file")
    parser.add_argument("--dates", choices=["dmy", "mdy", "ymd"], help="orders: how days are written")
    parser.add_argument("--decimal", choices=[".", ","], help="orders: the mark of decimals")
    parser.add_argument("--currency", help="orders: where no column says it")


def run(options: argparse.Namespace) -> int:
    """Bring files in, one after the other."""
    brand = find_brand(options.brand or "")
    if brand is None:
        raise Refusal("Name the brand that these orders are of: --brand SLUG.")
    missing = [file for file in options.files if not file.is_file()]
    if missing:
        raise Refusal(f"There is no file {missing[0]}.")
    with workspace.acting_in(brand.workspace_id):
        return max(_bring(brand, file, options) for file in options.files)


def _bring(brand: Brand, path: Path, said: argparse.Namespace) -> int:
    with path.open("rb") as file:
        found = keep_order_file(brand, file, name=path.name, zone=said.time_zone)
    try:
        _begin(found, path, said)
    except Refusal:
        # nobody comes back to a file of a shell: it is typed again
        drop_order_import(found)
        raise
    found.refresh_from_db()
    run_order_import(found)
    for one in faults_of(found).iterator():
        print(f"{path}, row {one.row}, order {one.number}: {one.why}", file=sys.stderr)
    print(
        f"{path}: {found.made} new, {found.changed} changed, {found.same} the same, {found.older} newer here, "
        f"{found.faulty} not taken."
    )
    return 1 if found.faulty else 0


def _begin(found: OrderImport, path: Path, said: argparse.Namespace) -> None:
    """Read the file as was said; raises Refusal with what is still to be said."""
    options = Options(**found.options)
    for name in _SAID:
        if (value := getattr(said, name)) is not None:
            setattr(options, name, value.upper() if name == "currency" else value)
    for pair in said.column:
        ours, _sign, name = pair.partition("=")
        if ours not in FIELDS:
            raise Refusal(f"There is no field {ours}: take one of {', '.join(FIELDS)}.")
        options.columns[name] = ours
    change_reading(found, options)
    preview = look_at(found)
    if preview.missing:
        raise Refusal(f"{path}: say which column is {', '.join(preview.missing)}, by --column FIELD=NAME.")
    if preview.open:
        raise Refusal(
            f"{path} could be read two ways: say {' and '.join(_WHAT[one] for one in preview.open)}."
        )
    start_order_import(found)

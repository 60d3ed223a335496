"""Orders from a file: looked at first, then brought in by a job that goes on where it was; twice changes nothing."""

import logging
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from io import BytesIO
from typing import BinaryIO, Final

from django.db import DataError, IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from pydantic import ValidationError

from dragoman.core.accounts.models import Agent, Brand
from dragoman.ground.events.actions import publish
from dragoman.ground.files.store import forget, keep, open_file
from dragoman.ground.providers.shops.facts import OrderFacts
from dragoman.ground.providers.shops.shapes import NumberedOrder, facts_of
from dragoman.kit.address import clean
from dragoman.kit.errors import NotFound, Refusal
from dragoman.kit.faults import faults_in
from dragoman.kit.money import is_currency

from ..errors import NotForAgents
from ..events import OrderImportStarted
from ..import_models import OrderImport, OrderImportFault
from ..models import Order
from ..numbers import number_key
from ..order_columns import FIELDS, NEEDED, Sheet, dates_in, decimals_in
from ..order_files import Group, Options, decoded, fingerprint, first_rows, groups_of, options_of
from ..trials import Seen, seen
from .mirror import mirror_order
from .shops import shop_of_the_api

log = logging.getLogger(__name__)

MOST: Final = 50 * 1024 * 1024
BATCH: Final = 200
LONGEST: Final = 2.0  # seconds of one transaction
LOOKED_AT: Final = 50
SHOWN: Final = 5
FORGOTTEN: Final = timedelta(days=7)
_FAULTS: Final = (
    Refusal, ValidationError, DataError, IntegrityError, ArithmeticError, LookupError, TypeError, ValueError,
)  # fmt: skip


@dataclass(frozen=True)
class Preview:
    """What a file's first orders would be; `faults` are (row, number, why), `missing` fields no column is named for.

    `open` says what a person has to say first: `dates`, `decimal`, `currency`.
    """

    orders: Sequence[Seen] = ()
    faults: Sequence[tuple[int, str, str]] = ()
    names: Sequence[str] = ()
    samples: Sequence[dict[str, str]] = ()
    missing: Sequence[str] = ()
    open: Sequence[str] = ()


def keep_order_file(
    brand: Brand, source: BinaryIO, *, name: str, agent: Agent | None = None, zone: str = "UTC"
) -> OrderImport:
    """Keep a file of orders and guess how it is read, by what was said of such columns before; `agent` None: a shell.

    Raises NotForAgents, TooLarge, Refusal `bad_file`.
    """
    if agent is not None and not agent.can_lead:
        raise NotForAgents
    raw = source.read(MOST + 1)
    if not raw.strip():
        raise Refusal(_("The file is empty."), code="bad_file", status=422)
    options, heads = options_of(raw, zone=zone)
    before = OrderImport.objects.filter(workspace_id=brand.workspace_id, heads=heads).exclude(heads="")
    if known := before.exclude(state=OrderImport.State.WAITING).order_by("-pk").first():
        old = Options(**known.options)
        options.columns, options.zone, options.currency = old.columns, old.zone, old.currency
        options.dates, options.decimal = options.dates or old.dates, options.decimal or old.decimal
    _forget_abandoned(brand.workspace_id)
    kept = keep(brand.workspace_id, BytesIO(raw), limit=MOST)
    return OrderImport.objects.create(
        workspace_id=brand.workspace_id,
        brand=brand,
        agent=agent,
        name=clean(name).strip()[-255:] or "orders",
        file_key=kept.key,
        size=kept.size,
        options=options.as_json(),
        heads=heads,
    )


def _forget_abandoned(workspace_id: int) -> None:
    """Let files go that nobody brought in."""
    old = OrderImport.objects.filter(
        workspace_id=workspace_id,
        state=OrderImport.State.WAITING,
        created_at__lt=timezone.now() - FORGOTTEN,
    )
    for found in old:
        drop_order_import(found)


def drop_order_import(found: OrderImport) -> None:
    """Let a file go that nobody brings in; one that has begun stays."""
    if found.state == OrderImport.State.WAITING:
        forget(found.file_key)
        found.delete()


def find_order_import(agent: Agent, import_id: int) -> OrderImport:
    """Return an import of the agent's workspace; raises NotFound, for those who may not lead too."""
    found = OrderImport.objects.filter(workspace_id=agent.workspace_id, pk=import_id)
    one = found.select_related("brand", "agent").first()
    if one is None or not agent.can_lead:
        raise NotFound(_("There is no such import."))
    return one


def change_reading(found: OrderImport, options: Options) -> None:
    """Let a file be read otherwise."""
    if found.state != OrderImport.State.WAITING:
        raise Refusal(_("This import has begun already: start another one."), code="begun", status=409)
    options.columns = {name: ours for name, ours in options.columns.items() if ours in FIELDS}
    found.options = options.as_json()
    if options.kind == "csv":
        names, rows = first_rows(_text(found, options), options.mark)
        found.heads = fingerprint(names)
        options.dates = options.dates or dates_in(rows, options.columns)
        options.decimal = options.decimal or decimals_in(rows, options.columns)
        found.options = options.as_json()
    found.save(update_fields=["options", "heads"])


def _text(found: OrderImport, options: Options) -> str:
    with open_file(found.file_key) as file:
        return decoded(file.read(), options.encoding)


def look_at(found: OrderImport) -> Preview:
    """Read the first orders of a file; raises Refusal `bad_file`."""
    options = Options(**found.options)
    text = _text(found, options)
    names: list[str] = []
    samples: list[dict[str, str]] = []
    if options.kind == "csv":
        names, samples = first_rows(text, options.mark, most=3)
    missing = _missing(options)
    still = _open(options)
    if missing or still:
        return Preview(names=names, samples=samples, missing=missing, open=still)
    orders: list[Seen] = []
    faults: list[tuple[int, str, str]] = []
    for _place, group in zip(range(LOOKED_AT), groups_of(text, options), strict=False):
        try:
            one = seen(_facts(group, options))
        except _FAULTS as fault:
            faults.append((group.row, group.number[:80], _why(fault, options)))
        else:
            orders.append(one)
    return Preview(orders[:SHOWN], faults[:20], names, samples)


def _missing(options: Options) -> list[str]:
    if options.kind != "csv":
        return []
    return [str(FIELDS[ours]) for ours in NEEDED if ours not in options.columns.values()]


def _open(options: Options) -> list[str]:
    if options.kind != "csv":
        return []
    # nothing is asked of columns that nobody has named yet
    named = options.columns.values()
    found = [one for one, ours in (("dates", "placed_at"), ("decimal", "unit_price")) if ours in named]
    found = [one for one in found if not getattr(options, one)]
    if "currency" not in options.columns.values() and not is_currency(options.currency):
        found.append("currency")
    return found


def _facts(group: Group, options: Options) -> OrderFacts:
    told = group.whole
    if options.kind == "csv":
        told = Sheet(
            options.columns, dates=options.dates, decimal=options.decimal, zone=options.zone,
            currency=options.currency,
        ).order(group.rows)  # fmt: skip
    elif told is None:
        raise Refusal(_("This is no JSON."), code="bad_cell", status=422)
    elif isinstance(told, dict):
        told = {name: one for name, one in told.items() if name != "brand"}
    shape = NumberedOrder.model_validate(told)
    return facts_of(shape.number, shape)


def _why(fault: Exception, options: Options) -> str:
    if isinstance(fault, ValidationError):
        field, why = faults_in(fault)[0]
        name = _column_of(field, options) if options.kind == "csv" else field
        return (_("%(field)s: %(why)s") % {"field": name, "why": why} if name else why)[:500]
    if isinstance(fault, Refusal):
        return str(fault)[:500]
    log.warning("an order of a file cannot be taken: %r", fault)
    return _("This cannot be read as an order: compare it with one that was taken.")


def _column_of(field: str, options: Options) -> str:
    """Return what a table calls a field of our shape; `customer.email` stands in the column for `email`."""
    names = [part for part in field.split(".") if not part.isdigit()]
    ours = {"lines": "street", "amount": "paid"}.get(names[-1], names[-1]) if names else ""
    column = next((name for name, one in options.columns.items() if one == ours), "")
    return column or str(FIELDS.get(ours, field))


@transaction.atomic
def start_order_import(found: OrderImport) -> None:
    """Let it run in the background; raises Refusal `not_ready` while something is left open."""
    fresh = OrderImport.objects.select_for_update(of=("self",)).get(pk=found.pk)
    if fresh.state != OrderImport.State.WAITING:
        return
    options = Options(**fresh.options)
    if _missing(options) or _open(options):
        raise Refusal(_("Say what is marked first."), code="not_ready", status=422)
    fresh.state = OrderImport.State.RUNNING
    fresh.save(update_fields=["state"])
    publish(OrderImportStarted(order_import_id=fresh.pk))


def run_order_import(found: OrderImport) -> None:
    """Bring every order in; called again after a crash it goes on behind the last batch that was stored."""
    if found.state != OrderImport.State.RUNNING:
        return
    options = Options(**found.options)
    with override(found.agent.ui_language if found.agent else "en"):
        groups = list(_rest(found, options))
        place = 0
        while place < len(groups):
            with transaction.atomic():
                place += _batch(found, options, groups[place : place + BATCH])
                found.save(update_fields=["total", "seen", "made", "changed", "same", "older", "faulty"])
    found.state, found.finished_at = OrderImport.State.DONE, timezone.now()
    forget(found.file_key)
    found.file_key = ""
    found.save(update_fields=["state", "finished_at", "file_key"])


def _rest(found: OrderImport, options: Options) -> Sequence[Group]:
    groups = list(groups_of(_text(found, options), options))
    found.total = len(groups)
    return groups[found.seen :]


def _batch(found: OrderImport, options: Options, groups: Sequence[Group]) -> int:
    until = time.monotonic() + LONGEST
    faults: list[OrderImportFault] = []
    done = 0
    for group in groups:
        became, why = _bring(found, options, group)
        setattr(found, became, getattr(found, became) + 1)
        if why:
            faults.append(
                OrderImportFault(
                    workspace_id=found.workspace_id,
                    order_import=found,
                    row=group.row,
                    number=clean(group.number)[:80],
                    why=why,
                )
            )
        done += 1
        if time.monotonic() >= until:
            break
    OrderImportFault.objects.bulk_create(faults)
    found.seen += done
    return done


def _bring(found: OrderImport, options: Options, group: Group) -> tuple[str, str]:
    """Mirror one order; say what became of it, and why where it was not taken."""
    try:
        facts = _facts(group, options)
        shop = shop_of_the_api(found.brand)
        known = Order.objects.filter(
            workspace_id=found.workspace_id, shop=shop, number_key=number_key(facts.number)
        )
        # a file without times is older than a program that tells them
        if not facts.version and known.filter(shop_version__gt=0).exists():
            return "older", ""
        done = mirror_order(shop, facts=facts)
    except _FAULTS as fault:
        return "faulty", _why(fault, options)
    if done.new:
        return "made", ""
    return ("older" if done.stale else "changed" if done.changed else "same"), ""

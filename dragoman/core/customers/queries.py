"""Asking about customers."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import connection, transaction
from django.db.models import Prefetch, QuerySet

from dragoman.kit.spelling import near_query
from dragoman.kit.tokens import tsquery

from .errors import NoCustomer, NoIdentity
from .models import Customer, Identity
from .ports import erasers


@dataclass(frozen=True)
class CustomerPage:
    """One page of customers; the next starts below the id `next`, `near` says that names are only alike."""

    items: list[Customer]
    next: int | None
    near: bool = False


def everybody_of(workspace_id: int) -> QuerySet[Customer]:
    """All customers of a workspace with their identities, also those merged into others."""
    known = Prefetch("identities", Identity.objects.filter(workspace_id=workspace_id).order_by("id"))
    here = Customer.objects.filter(workspace_id=workspace_id, leaving_at=None)
    return here.defer("tsv").prefetch_related(known)


def kept_about(customer: Customer) -> dict[str, int]:
    """Count what would go with a customer: addresses, and what each floor above keeps."""
    mine = Identity.objects.filter(workspace_id=customer.workspace_id, customer_id=customer.pk)
    counts = {"addresses": mine.count()}
    for _name, eraser in erasers.items():
        counts |= eraser.count(customer.workspace_id, customer.pk)
    return counts


def customers_of(workspace_id: int) -> QuerySet[Customer]:
    """All customers of a workspace with their identities; who was merged into another is that other one."""
    return everybody_of(workspace_id).filter(merged_into=None)


def get_customer(workspace_id: int, customer_id: int) -> Customer:
    """Return a customer, or the one they were merged into; raises NoCustomer."""
    found = everybody_of(workspace_id).filter(pk=customer_id).first()
    if found is not None and found.merged_into_id is not None:
        found = everybody_of(workspace_id).filter(pk=found.merged_into_id).first()
    if found is None:
        raise NoCustomer
    return found


def surviving_customer(workspace_id: int, customer_id: int) -> int:
    """Return the id of the customer this one was merged into in the end, or the same id."""
    merged = Customer.objects.filter(workspace_id=workspace_id, pk=customer_id, merged_into__isnull=False)
    return merged.values_list("merged_into_id", flat=True).first() or customer_id


_NO_FORMS = "und"  # BCP 47: a language of which no other forms of a word are known


def customer_page(
    workspace_id: int, *, q: str = "", below: int | None = None, limit: int = 25
) -> CustomerPage:
    """List customers, newest first; `q` looks in names, addresses and notes.

    Where nothing has the words as typed, other forms of them count, and then names spelt almost like it.
    """
    if not q.strip():
        found = customers_of(workspace_id)
        rows = list((found.filter(pk__lt=below) if below is not None else found).order_by("-id")[: limit + 1])
        return CustomerPage(rows[:limit], rows[limit - 1].pk if len(rows) > limit else None)
    ids, near = _found(q, below=below, most=limit + 1)
    known = customers_of(workspace_id).in_bulk(ids[:limit])
    rows = [known[pk] for pk in ids[:limit] if pk in known]
    return CustomerPage(rows, ids[limit - 1] if len(ids) > limit else None, near)


def _found(q: str, *, below: int | None, most: int) -> tuple[list[int], bool]:
    """Return the ids found, and whether by names spelt almost like it; each question is asked at most once."""
    asked: set[str] = set()
    for wanted, near in ((tsquery(q, language=_NO_FORMS), False), (tsquery(q), False), (near_query(q), True)):
        if wanted in asked:
            continue
        asked.add(wanted)
        ids = _matching(wanted, below=below, most=most)
        # the last page of what was found may be empty: what counts there was settled on the first
        if ids or (below is not None and _matching(wanted, below=None, most=1)):
            return ids, near and bool(ids)
    return [], False


def _matching(wanted: str, *, below: int | None, most: int) -> list[int]:
    """Return the ids found, newest first, from a place on: the first customer is as near as the last."""
    if not wanted:
        return []
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT found FROM search_customers_from(%s::tsquery, %s::bigint, %s, false)",
            [wanted, below, most],
        )
        return [row[0] for row in cursor.fetchall()]


def addresses_of(workspace_id: int, customer_ids: Sequence[int]) -> dict[int, str]:
    """Return {customer id: the oldest mail address or phone number}; those known by a handle alone are left out."""
    found = Identity.objects.filter(workspace_id=workspace_id, customer_id__in=customer_ids)
    rows = found.exclude(kind="handle").order_by("-id").values_list("customer_id", "value")
    return dict(rows)


def find_by_identity(workspace_id: int, *, kind: str, value: str) -> Customer | None:
    """Find whose address this is; `value` is normalised."""
    found = Identity.objects.filter(workspace_id=workspace_id, kind=kind, value=value).select_related(
        "customer"
    )
    identity = found.first()
    return identity.customer if identity else None


def identities_of(workspace_id: int) -> QuerySet[Identity]:
    """All addresses of a workspace, oldest first."""
    return Identity.objects.filter(workspace_id=workspace_id).order_by("pk")


def get_identity(workspace_id: int, identity_id: int) -> Identity:
    """Return an address; raises NoIdentity."""
    found = identities_of(workspace_id).filter(pk=identity_id).first()
    if found is None:
        raise NoIdentity
    return found

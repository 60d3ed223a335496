"""Changing customers and how they are known."""

from collections.abc import Mapping, Sequence
from typing import Any, Final
from zoneinfo import available_timezones

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dragoman.core.accounts.models import Agent
from dragoman.ground.database.prepared import fetch
from dragoman.ground.events.actions import publish
from dragoman.ground.events.parked import forget_faults
from dragoman.kit import address
from dragoman.kit.errors import Refusal
from dragoman.kit.spelling import near_tokens
from dragoman.kit.tags import normalise
from dragoman.kit.tokens import document_tokens, tsvector_literal

from .. import queries
from ..errors import IdentityTaken, MayNotDelete
from ..events import CustomerChanged, CustomerDeleted, CustomerDeletionAsked, IdentityMoved
from ..models import Customer, CustomerPreference, Deletion, Identity
from ..ports import erasers
from .fields import set_fields
from .merge import one_merge_at_a_time

_NORMAL = {"email": address.normal_email, "phone": address.normal_phone, "handle": address.normal_handle}
# forms of address that somebody may want, and grammatical genders; empty is what is not known
REGISTERS: Final = ("polite", "casual", "honorific")
GENDERS: Final = ("woman", "man")
# how somebody can have shown that an address is theirs
PROOFS: Final = ("mail", "chat", "call", "order", "document")
_READ = r"""
SELECT c.id, concat_ws(E'\n', c.name, (SELECT string_agg(o.name, E'\n') FROM customers_customer o
  WHERE o.workspace_id = c.workspace_id AND o.merged_into_id = c.id)), c.language, c.notes,
  (SELECT array_agg(i.value ORDER BY i.id) FROM customers_identity i
  WHERE i.workspace_id = c.workspace_id AND i.customer_id = c.id)
FROM customers_customer c WHERE c.workspace_id = %s AND c.id = ANY(%s) AND (c.tsv IS NULL OR NOT %s)
"""
_INDEX = """
UPDATE customers_customer c SET tsv = v.tsv::tsvector
FROM unnest(%s::bigint[], %s::text[]) AS v(id, tsv) WHERE c.workspace_id = %s AND c.id = v.id
"""


def index_customers(workspace_id: int, customer_ids: Sequence[int], *, only_new: bool = False) -> None:
    """Store the search tokens of names and addresses; `only_new` leaves those alone that have theirs."""
    rows = fetch(_READ, [workspace_id, list(customer_ids), only_new])
    if not rows:
        return
    vectors = [
        tsvector_literal(
            [
                *((token, 1) for token in near_tokens(name)),
                *document_tokens(" \n ".join([name, *(known or []), notes]), language=language),
            ]
        )
        for _pk, name, language, notes, known in rows
    ]
    fetch(_INDEX, [[row[0] for row in rows], vectors, workspace_id])


def _checked(changes: dict[str, Any]) -> dict[str, Any]:
    clean = {name: address.clean(value).strip() for name, value in changes.items() if isinstance(value, str)}
    if clean.get("language"):
        clean["language"] = normalise(clean["language"])
        if not clean["language"]:
            raise Refusal(_("Give a language tag such as “fi” or “pt-BR”."), code="bad_language", status=422)
    if "market" in clean:
        clean["market"] = clean["market"].upper()
    if clean.get("time_zone") and clean["time_zone"] not in available_timezones():
        raise Refusal(_("Give a time zone such as “Asia/Bangkok”."), code="bad_time_zone", status=422)
    for name, known in (("register", REGISTERS), ("gender", GENDERS)):
        if clean.get(name) and clean[name] not in known:
            wanted = ", ".join(known)
            raise Refusal(_("Choose one of: %(names)s.") % {"names": wanted}, code=f"bad_{name}", status=422)
    return clean


@transaction.atomic
def create_customer(
    workspace_id: int,
    *,
    identities: Sequence[tuple[str, str, bool]] = (),
    own: Mapping[str, Any] | None = None,
    **facts: str,
) -> Customer:
    """Make a customer with addresses [(kind, value, verified)] and own fields; raises IdentityTaken, BadField."""
    customer = Customer.objects.create(workspace_id=workspace_id, **_checked(facts))
    for kind, value, verified in identities:
        add_identity(customer, kind=kind, value=value, verified=verified)
    if own:
        set_fields(customer, values=own)
    publish(CustomerChanged(customer_id=customer.pk))
    return customer


@transaction.atomic
def change_customer(
    customer: Customer, *, changes: dict[str, Any], own: Mapping[str, Any] | None = None
) -> None:
    """Store new facts, and of its own fields those that are given; raises BadField."""
    clean = _checked(changes)
    for name, value in clean.items():
        setattr(customer, name, value)
    customer.save(update_fields=list(clean))
    if own:
        set_fields(customer, values=own)
    publish(CustomerChanged(customer_id=customer.pk))


@transaction.atomic
def add_identity(customer: Customer, *, kind: str, value: str, verified: bool = False) -> Identity:
    """Add an address; asked again it may only become verified; raises IdentityTaken where it is another customer's."""
    normal = _NORMAL[kind](value)
    mine = {"workspace_id": customer.workspace_id, "kind": kind, "value": normal}
    try:
        with transaction.atomic():
            made = Identity.objects.create(
                customer=customer, verified_at=timezone.now() if verified else None, **mine
            )
            publish(CustomerChanged(customer_id=customer.pk))
            return made
    except IntegrityError:
        found = Identity.objects.get(**mine)
    if found.customer_id != customer.pk:
        raise IdentityTaken
    if verified and found.verified_at is None:
        found.verified_at = timezone.now()
        found.save(update_fields=["verified_at"])
        publish(CustomerChanged(customer_id=customer.pk))
    return found


@transaction.atomic
def remove_identity(identity: Identity) -> None:
    """Take an address away; a customer keeps at least one."""
    mine = Identity.objects.filter(workspace_id=identity.workspace_id, customer_id=identity.customer_id)
    if mine.count() < 2:
        raise Refusal(_("A customer needs one address to be reached at."), code="last_identity", status=409)
    identity.delete()
    publish(CustomerChanged(customer_id=identity.customer_id))


@transaction.atomic
def move_identity(identity: Identity, *, to: Customer, proof: str) -> Identity:
    """Give an address to another customer on somebody's word of how that was proved; conversations stay.

    `proof` is one of PROOFS. A customer keeps at least one address: who has no other is merged instead.
    """
    if proof not in PROOFS:
        raise Refusal(
            _("Say how it was proved: mail, chat, call, order or document."), code="no_proof", status=422
        )
    if identity.customer_id == to.pk:
        return identity
    before = identity.customer_id
    mine = Identity.objects.filter(workspace_id=identity.workspace_id, customer_id=before)
    if mine.count() < 2:
        raise Refusal(
            _("This is the only address of that customer. Merge the two customers instead."),
            code="last_identity",
            status=409,
        )
    identity.customer = to
    identity.verified_at = identity.verified_at or timezone.now()
    identity.save(update_fields=["customer", "verified_at"])
    publish(
        IdentityMoved(customer_id=to.pk, from_id=before, identity_id=identity.pk, proof=proof),
        CustomerChanged(customer_id=to.pk),
        CustomerChanged(customer_id=before),
    )
    return identity


@transaction.atomic
def delete_customer(customer: Customer, *, agent: Agent | None) -> None:
    """Let a customer go with all addresses at once; everything kept about them follows in the background.

    For owners and leads, and for programs (None); raises NotAllowed. Who writes from one of the addresses afterwards
    is somebody new.
    """
    if agent is not None and not agent.can_lead:
        raise MayNotDelete
    # an order that is being mirrored would else name them after all was taken out
    one_merge_at_a_time(customer.workspace_id)
    found = Customer.objects.select_for_update(of=("self",)).filter(
        workspace_id=customer.workspace_id, pk=customer.pk, leaving_at=None
    )
    known = found.first()
    if known is None:
        return
    Deletion.objects.create(
        workspace_id=known.workspace_id,
        customer_id=known.pk,
        asked_by_id=agent.pk if agent else None,
        market=known.market,
        language=known.language,
        counts=queries.kept_about(known),
    )
    mine = Identity.objects.filter(workspace_id=known.workspace_id, customer_id=known.pk)
    addresses = list(mine.values_list("value", flat=True))
    for _name, eraser in erasers.items():
        eraser.part(known.workspace_id, known.pk, addresses)
    forget_faults(known.workspace_id, addresses)
    mine.delete()
    nothing: dict[str, Any] = {"name": "", "notes": "", "own": {}, "own_at": {}, "tsv": None}
    everybody = Customer.objects.filter(workspace_id=known.workspace_id)
    everybody.filter(pk=known.pk).update(**nothing, leaving_at=timezone.now())
    everybody.filter(merged_into_id=known.pk).update(**nothing)
    CustomerPreference.objects.filter(workspace_id=known.workspace_id, customer_id=known.pk).delete()
    publish(CustomerDeletionAsked(customer_id=known.pk, agent_id=agent.pk if agent else None))


def erase_customer(workspace_id: int, customer_id: int) -> None:
    """Take away everything kept about a customer who leaves, batch by batch, and the customer last."""
    leaving = Customer.objects.filter(workspace_id=workspace_id, pk=customer_id, leaving_at__isnull=False)
    if not leaving.exists():
        return
    joined = Customer.objects.filter(workspace_id=workspace_id, merged_into_id=customer_id)
    for pk in [*joined.values_list("pk", flat=True), customer_id]:
        for _name, eraser in erasers.items():
            while eraser.erase(workspace_id, pk):
                pass
    with transaction.atomic():
        if leaving.delete()[0]:
            Deletion.objects.filter(workspace_id=workspace_id, customer_id=customer_id).update(
                finished_at=timezone.now()
            )
            publish(CustomerDeleted(customer_id=customer_id))

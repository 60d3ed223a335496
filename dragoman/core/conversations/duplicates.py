"""Who may be the same person as a customer, and why: for a person to look at, never joined by itself."""

import re
from dataclasses import dataclass
from typing import Final, Literal

from dragoman.core.customers.merging import SAME_NAME, likeness
from dragoman.core.customers.models import Customer, Identity
from dragoman.core.customers.queries import customer_page, customers_of
from dragoman.kit.errors import Refusal

from .models import Conversation, Direction, Message
from .search import matching_conversations

Reason = Literal["name", "mail", "said", "order"]
MOST: Final = 6
LOOKED_AT: Final = 40
_ORDER = re.compile(r"\b[A-Z]{2,6}-?\d{4,10}\b")
_DOTLESS = ("gmail.com", "googlemail.com")


@dataclass(frozen=True)
class Likely:
    """Another customer, the reason, and what the two have in common."""

    customer: Customer
    reason: Reason
    shown: str


def likely_same(customer: Customer) -> list[Likely]:
    """Return at most MOST customers who may be this one, the best reason of each; a few bounded look-ups."""
    found: dict[int, Likely] = {}
    for one in [*_by_said(customer), *_by_mail(customer), *_by_order(customer), *_by_name(customer)]:
        if one.customer.pk != customer.pk:
            found.setdefault(one.customer.pk, one)
    return list(found.values())[:MOST]


def plain_mail(value: str) -> str:
    """Return a mail address without what many servers ignore: a +tag, and at Gmail the dots."""
    local, _at, domain = value.partition("@")
    local = local.partition("+")[0]
    return f"{local.replace('.', '') if domain in _DOTLESS else local}@{domain}"


def _by_said(customer: Customer) -> list[Likely]:
    """Find whose address this customer gave in a chat, unproved."""
    said = Message.objects.filter(
        workspace_id=customer.workspace_id,
        conversation__customer_id=customer.pk,
        direction=Direction.IN,
        channel="chat",
    ).order_by("-pk")
    given = {str(meta["email"]) for meta in said.values_list("meta", flat=True)[:50] if meta.get("email")}
    known = Identity.objects.filter(workspace_id=customer.workspace_id, kind="email", value__in=given)
    return [Likely(one.customer, "said", one.value) for one in known.select_related("customer")]


def _by_mail(customer: Customer) -> list[Likely]:
    found = []
    for identity in [one for one in customer.identities.all() if one.kind == "email"][:5]:
        wanted = plain_mail(identity.value)
        # as it is written, its words apart, and as one word
        for local in dict.fromkeys(
            [identity.value.partition("@")[0].partition("+")[0], wanted.partition("@")[0]]
        ):
            for other in customer_page(customer.workspace_id, q=local, limit=LOOKED_AT).items:
                same = [one.value for one in other.identities.all() if plain_mail(one.value) == wanted]
                found += [Likely(other, "mail", value) for value in same if "@" in value]
    return found


def _by_order(customer: Customer) -> list[Likely]:
    """Find who else wrote of an order number that this customer named lately."""
    said = Message.objects.filter(
        workspace_id=customer.workspace_id, conversation__customer_id=customer.pk, direction=Direction.IN
    ).order_by("-pk")
    named: dict[str, None] = {}
    for text in said.values_list("text", flat=True)[:30]:
        named.update(dict.fromkeys(_ORDER.findall(text)))
    found = []
    for number in list(named)[:3]:
        try:
            hits = matching_conversations(customer.workspace_id, number)
        except Refusal:
            continue
        others = Conversation.objects.filter(
            workspace_id=customer.workspace_id, pk__in=list(hits)[:LOOKED_AT]
        ).exclude(customer_id=customer.pk)
        people = customers_of(customer.workspace_id).filter(
            pk__in=list(others.values_list("customer_id", flat=True))
        )
        found += [Likely(one, "order", number) for one in people[:MOST]]
    return found


def _by_name(customer: Customer) -> list[Likely]:
    """Find names that are alike: one word is found exactly, the others may be misspelt."""
    found = []
    for word in [word for word in customer.name.split() if len(word) > 1][:3]:
        for other in customer_page(customer.workspace_id, q=word, limit=LOOKED_AT).items:
            if other.name and likeness(customer.name, other.name) >= SAME_NAME:
                found.append(Likely(other, "name", other.name))
    return found

"""Who a mail goes to, and who takes part in a conversation by mail: people beside the customer."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from email.utils import getaddresses

from django.utils.translation import gettext_lazy as _

from dragoman.core.connections.models import Connection
from dragoman.core.customers.models import Identity
from dragoman.ground.channels.ports import Person
from dragoman.kit.address import normal_email
from dragoman.kit.errors import Refusal

from .models import Conversation, Direction, Message

MOST = 50
# an agent may part addresses as they are used to: commas of every script, semicolons, new lines
_PARTS = re.compile(r"[;\n\r，、؛،；]+")
LOOKED_AT = 200


@dataclass(frozen=True)
class Recipients:
    """Beside the customer: further To, Cc, and Bcc whom nobody else sees."""

    to: Sequence[Person] = ()
    cc: Sequence[Person] = ()
    bcc: Sequence[Person] = ()

    def __bool__(self) -> bool:
        return bool(self.to or self.cc or self.bcc)


@dataclass(frozen=True)
class Participant:
    """Somebody who wrote or was written to by mail; `language` is what they wrote in, empty where they never did."""

    value: str
    name: str = ""
    language: str = ""
    roles: Sequence[str] = field(default_factory=tuple)
    wrote: int = 0

    @property
    def label(self) -> str:
        """Return the address as a mail program writes it."""
        return label_of(self.name, self.value)


def label_of(name: str, value: str) -> str:
    """Return `Name <address>`, quoted where the name needs it."""
    if not name:
        return value
    plain = name.replace('"', "").replace("\\", "")
    return f'"{plain}" <{value}>' if re.search(r"[,;<>()@:]", plain) else f"{plain} <{value}>"


def read_people(text: str) -> list[Person]:
    """Read addresses as people write them; raises Refusal `bad_email` naming the first that is none."""
    found: dict[str, Person] = {}
    for name, value in getaddresses([_PARTS.sub(",", text)]):
        if not value and not name:
            continue
        address = normal_email(value or name)
        found.setdefault(address, Person("email", address, " ".join(name.split())[:200]))
    if len(found) > MOST:
        raise Refusal(
            _("A mail goes to at most %(most)s people.") % {"most": MOST}, code="too_many", status=422
        )
    return list(found.values())


def own_addresses(workspace_id: int) -> set[str]:
    """Return the addresses of the workspace's own mailboxes."""
    boxes = Connection.objects.filter(workspace_id=workspace_id, channel="email")
    return {address.lower() for address in boxes.values_list("address", flat=True)}


def is_own(value: str, own: Iterable[str]) -> bool:
    """Say whether an address is one of ours, with or without a plus part."""
    local, _at, domain = value.lower().partition("@")
    return f"{local.partition('+')[0]}@{domain}" in own or value.lower() in own


def check_recipients(workspace_id: int, wanted: Recipients) -> None:
    """Refuse our own mailboxes among the recipients: the mail would come straight back."""
    own = own_addresses(workspace_id)
    for person in [*wanted.to, *wanted.cc, *wanted.bcc]:
        if is_own(person.value, own):
            raise Refusal(
                _("%(address)s is one of your own mailboxes.") % {"address": person.value},
                code="own_address",
                status=422,
            )


def _named(direction: str, meta: dict[str, object]) -> list[tuple[str, str]]:
    def many(key: str) -> list[str]:
        value = meta.get(key)
        return [str(one) for one in value] if isinstance(value, list) else []

    found = [("cc", value) for value in many("cc")]
    if direction == Direction.IN:
        found += [("from", str(meta.get("from") or "")), *(("to", value) for value in many("addressed"))]
    else:
        found += [("to", str(meta.get("to") or "")), *(("to", value) for value in many("to_more"))]
        found += [("bcc", value) for value in many("bcc")]
    return [(role, value) for role, value in found if value]


@dataclass(frozen=True)
class MailPeople:
    """The people of a conversation's mails beside its customer and ourselves.

    `participants` are all of them, newest mail first; `everybody` is whom “reply to all” reaches: of the newest mail
    that came in, whoever wrote it and was asked beside us goes to To, who only got a copy stays in Cc. Bcc is never
    repeated.
    """

    participants: Sequence[Participant] = ()
    everybody: Recipients = field(default_factory=Recipients)


def mail_people(conversation: Conversation) -> MailPeople:
    """Read the newest mails of a conversation once, and return their people."""
    rows = (
        Message.objects.filter(
            workspace_id=conversation.workspace_id,
            conversation_id__in=conversation.parts,
            channel="email",
            direction__in=[Direction.IN, Direction.OUT],
        )
        .order_by("-pk")
        .values_list("direction", "author", "language", "meta")
    )
    mails = list(rows[:LOOKED_AT])
    if not mails:
        return MailPeople()
    left_out, own = _customers_own(conversation), own_addresses(conversation.workspace_id)
    people: dict[str, Participant] = {}
    for direction, author, language, meta in mails:
        for role, value in _named(direction, meta):
            if value not in left_out and not is_own(value, own):
                _take_part(people, value, role, _Told(author, language, meta))
    came = [meta for direction, _author, _language, meta in mails if direction == Direction.IN]
    newest: dict[str, object] = came[0] if came else {}
    return MailPeople(tuple(people.values()), _everybody(newest, people))


@dataclass(frozen=True)
class _Told:
    author: str
    language: str
    meta: dict[str, object]


def _take_part(people: dict[str, Participant], value: str, role: str, told: _Told) -> None:
    known = people.get(value, Participant(value))
    names = told.meta.get("names")
    name = str(names.get(value, "")) if isinstance(names, dict) else ""
    name = name or (told.author if role == "from" else "")
    people[value] = Participant(
        value,
        known.name or ("" if "@" in name else name),
        known.language or (told.language if role == "from" else ""),
        tuple(dict.fromkeys([*known.roles, role])),
        known.wrote + (role == "from"),
    )


def _everybody(newest: dict[str, object], people: dict[str, Participant]) -> Recipients:
    groups: dict[str, list[Person]] = {"to": [], "cc": []}
    seen: set[str] = set()
    for role, value in sorted(_named(Direction.IN, newest), key=lambda pair: pair[0] == "cc"):
        if value in people and value not in seen:
            seen.add(value)
            groups["cc" if role == "cc" else "to"].append(Person("email", value, people[value].name))
    return Recipients(tuple(groups["to"]), tuple(groups["cc"]))


def _customers_own(conversation: Conversation) -> set[str]:
    return {one.value for one in conversation.customer.identities.all() if one.kind == Identity.Kind.EMAIL}


def meta_of(wanted: Recipients) -> dict[str, object]:
    """Return recipients as a message keeps them; empty ones leave no trace."""
    lists = {"to_more": wanted.to, "cc": wanted.cc, "bcc": wanted.bcc}
    kept: dict[str, object] = {key: [one.value for one in people] for key, people in lists.items() if people}
    names = {one.value: one.name for people in lists.values() for one in people if one.name}
    return {**kept, **({"names": names} if names else {})}


def people_in(meta: dict[str, object], key: str) -> list[Person]:
    """Return the people a message keeps under `to_more`, `cc` or `bcc`, with their names."""
    values, names = meta.get(key), meta.get("names")
    known = names if isinstance(names, dict) else {}
    return [
        Person("email", str(value), str(known.get(value, "")))
        for value in (values if isinstance(values, list) else [])
    ]

"""Who gets a mail beside the customer, as the composer shows and reads it."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from django.http import QueryDict

from dragoman.core.conversations.models import Conversation
from dragoman.core.conversations.recipients import (
    MailPeople,
    Participant,
    Recipients,
    check_recipients,
    label_of,
    mail_people,
    people_in,
    read_people,
)
from dragoman.ground.channels.ports import Person
from dragoman.kit.errors import Refusal

LONGEST = 5000


@dataclass(frozen=True)
class People:
    """What the composer knows of recipients: typed `to`, `cc` and `bcc`, and whether the mail's own people get it too.

    `everybody` are those people; `known` are all who ever took part, offered while one types. `wrong` is the field that
    was refused, and `why`.
    """

    to: str = ""
    cc: str = ""
    bcc: str = ""
    with_all: bool = False
    everybody: Sequence[str] = ()
    wrong: str = ""
    why: str = ""
    known: Sequence[Participant] = field(default_factory=tuple)

    @property
    def is_open(self) -> bool:
        """Say whether anything was typed, so that the fields are not folded away."""
        return bool(self.to or self.cc or self.bcc)


def people_of(mails: MailPeople, form: QueryDict | None) -> People:
    """Return the recipients as a form sent them, or nobody but those who can be chosen."""
    everybody = mails.everybody
    labels = [label_of(one.name, one.value) for one in [*everybody.to, *everybody.cc]]
    known = tuple(mails.participants)
    if form is None:
        return People(everybody=labels, known=known)
    typed = {name: form.get(f"mail_{name}", "")[:LONGEST] for name in ("to", "cc", "bcc")}
    return People(**typed, with_all=form.get("mail_all") == "1", everybody=labels, known=known)


def chosen(conversation: Conversation, people: People) -> Recipients:
    """Return the recipients somebody chose, each once; raises Refusal naming what cannot be one, and its `field`."""
    everybody = mail_people(conversation).everybody if people.with_all else Recipients()
    to, cc, bcc = (_typed(conversation, people, name) for name in ("to", "cc", "bcc"))
    seen: set[str] = set()

    def once(group: Sequence[Person]) -> list[Person]:
        fresh = [one for one in group if one.value not in seen]
        seen.update(one.value for one in fresh)
        return fresh

    return Recipients(
        to=once([*to, *everybody.to]),
        cc=once([*cc, *everybody.cc]),
        bcc=once(bcc),
    )


def _typed(conversation: Conversation, people: People, name: str) -> list[Person]:
    try:
        found = read_people(getattr(people, name))
        check_recipients(conversation.workspace_id, Recipients(to=found))
    except Refusal as refusal:
        refusal.details["field"] = name
        raise
    return found


def typed_again(meta: dict[str, object], mails: MailPeople) -> People:
    """Return the recipients of a message that comes back into the composer: ticked if all got it, else as if typed."""
    blank = people_of(mails, None)
    everybody = {one.value for one in [*mails.everybody.to, *mails.everybody.cc]}
    got = {one.value for key in ("to_more", "cc") for one in people_in(meta, key)}
    with_all = bool(everybody) and everybody <= got

    def typed(key: str) -> str:
        left = [one for one in people_in(meta, key) if not (with_all and one.value in everybody)]
        return ", ".join(label_of(one.name, one.value) for one in left)

    return replace(blank, to=typed("to_more"), cc=typed("cc"), bcc=typed("bcc"), with_all=with_all)

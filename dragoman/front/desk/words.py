"""The words the console has for codes: views, channels, intents, sentiments, deliveries, marks."""

import re
from collections.abc import Sequence
from functools import partial
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from dragoman.core.customers.models import Customer, Identity
from dragoman.core.language.purposes import PURPOSES
from dragoman.kit.text import isolated

from .conversations.refusals import advice
from .masked_words import masked_words
from .themes import THEMES

Words = dict[str, Promise]

VIEWS: Final[Words] = {
    "mine": _("My queue"),
    "unassigned": _("Unassigned"),
    "open": _("All open"),
    "pending": _("Waiting on customer"),
    "snoozed": _("Snoozed"),
    "resolved": _("Resolved"),
    "drafts": _("Drafts"),
    "all": _("All"),
    "junk": _("Junk"),
}
VIEW_ICONS: Final[dict[str, str]] = {
    "mine": "inbox",
    "unassigned": "users",
    "open": "list",
    "pending": "clock",
    "snoozed": "snooze",
    "resolved": "check",
    "drafts": "edit",
    "all": "box",
    "junk": "shield",
}
EMPTY_VIEWS: Final[Words] = {
    "mine": _("Nothing waits for you. Take one from the unassigned."),
    "unassigned": _("Every open conversation has somebody who cares for it."),
    "open": _("Nobody is waiting for an answer."),
    "pending": _("No answer is awaited from a customer."),
    "snoozed": _("Nothing is put aside."),
    "resolved": _("Nothing has been resolved yet."),
    "drafts": _("You have written nothing that is not sent."),
    "all": _("When a customer writes, the conversation appears here by itself."),
    "junk": _("No junk. What is put aside here is kept until you say otherwise."),
}
ORDERS: Final[Words] = {
    "-last_message_at": _("Latest message first"),
    "last_message_at": _("Longest without a message first"),
    "-id": _("Newest conversation first"),
    "id": _("Oldest conversation first"),
}
CHANNELS: Final[Words] = {
    "email": _("E-mail"),
    "chat": _("Chat"),
    "api": _("API"),
    "whatsapp": _("WhatsApp"),
    "line": _("LINE"),
    "phone": _("Phone"),
}
STATUSES: Final[Words] = {
    "open": _("Open"),
    "pending": _("Waiting on customer"),
    "snoozed": _("Snoozed"),
    "resolved": _("Resolved"),
    "closed": _("Closed"),
}
PRIORITIES: Final[Words] = {"low": _("Low"), "normal": _("Normal"), "high": _("High"), "urgent": _("Urgent")}
MOODS: Final[Words] = {"neutral": _("neutral"), "calm": _("calm"), "tense": _("tense"), "upset": _("upset")}
MOOD_DOTS: Final[dict[str, str]] = {"neutral": "", "calm": "ok", "tense": "warn", "upset": "bad"}
# why a message cannot wait
URGENT_REASONS: Final[Words] = {
    "safety": _("somebody may be in danger"),
    "health": _("medicine, a hospital or a small child"),
    "fraud": _("a stolen account or card"),
    "legal": _("the law or a deadline is named"),
    "now": _("the customer says that it is urgent"),
    "before": _("it is to be changed before it ships"),
    "occasion": _("an occasion with a day"),
    "travel": _("a journey or a move with a day"),
    "again": _("not the first time they write"),
    "model": _("a language model read it so"),
}
INTENTS: Final[Words] = PURPOSES
THINGS: Final[Words] = {
    "order_number": _("Order number"),
    "tracking_number": _("Parcel number"),
    "amount": _("Amount"),
    "date": _("Date"),
}
DELIVERIES: Final[Words] = {
    "scheduled": _("planned"),
    "review": _("waiting for review"),
    "queued": _("waiting to be sent"),
    "sending": _("being sent"),
    "sent": _("sent"),
    "delivered": _("delivered"),
    "read": _("read"),
    "failed": _("not sent"),
    "unconfirmed": _("unconfirmed"),
}
DELIVERY_ICONS: Final[dict[str, str]] = {
    "scheduled": "clock",
    "queued": "clock",
    "sending": "clock",
    "sent": "check",
    "delivered": "check",
    "read": "eye",
    "failed": "alert",
    "unconfirmed": "alert",
}
MARKS: Final[Words] = {
    "machine_wording": _(
        "A language model put sentences of the help centre into these words; a program checked them."
    ),
    "unreadable": _("Parts could not be read; the mail is kept word for word."),
    "charset_mended": _("The mail named the wrong character set; the text was mended."),
    "truncated": _("The text was cut; the whole of it is kept word for word."),
    "invented_id": _("The mail had no message id."),
    "reused_id": _("The same message id came twice with different texts."),
    "other_sender": _("Somebody else than the customer wrote this. Your answer goes to the customer alone."),
    "auto_reply": _("An automatic reply."),
    "acknowledgement": _("Sent automatically, once in a conversation."),
    "bounce": _("A mail that could not be delivered came back."),
    "receipt": _("A report of a mail server or mail program."),
    "encrypted": _("The mail is encrypted and cannot be read here; it is kept as a file."),
    "bad_signature": _("The signature does not fit: the text was changed, or somebody else signed it."),
    "expired_signature": _("The key that signed this has expired or was withdrawn: it proves nothing now."),
    "unproven_signature": _("The mail carries a signature, but nobody here knows whose: it proves nothing."),
    "signed": _("The sender's signature was checked and holds."),
    "partial": _("Only the first piece of a mail that was sent in several."),
    "complaint": _("The receiver called a mail of ours spam; their mail house tells us so."),
    "loop": _("Our own mail came back."),
    "list": _("From a mailing list."),
    "own_mailbox": _("One of your own mailboxes wrote this."),
    "blocked_sender": _("This sender is blocked."),
    "untranslated": _("Sent as written, without translation."),
    "nul_removed": _("Unprintable characters were removed."),
}
FAULTS: Final[Words] = {
    "unchanged": _("The engine gave the text back as it was."),
    "wrong_language": _("The engine answered in another language."),
    "length": _("The translation is much longer or shorter than the text."),
    "html": _("There is markup in the translation that the text has not."),
    "repeated": _("The engine says the same again and again."),
    "rubbish": _("There are signs in the translation that belong to no text."),
}
IDENTITY_KINDS: Final[Words] = {"email": _("E-mail"), "phone": _("Phone"), "handle": _("Chat")}
IDENTITY_ICONS: Final[dict[str, str]] = {"email": "mail", "phone": "phone", "handle": "chat"}
SNOOZES: Final[Words] = {
    "later": _("In 3 hours"),
    "theirs": _("The customer's 9 o'clock"),
    # the offer tells the hour beside it
    "today": _("Today"),
    "tomorrow": _("Tomorrow morning"),
    "monday": _("Next Monday morning"),
    "week": _("In a week"),
}

# handles of our own chat: 32 hexadecimal digits that tell nobody anything
_MADE_UP: Final = re.compile(r"[0-9a-f]{32}")


def word(words: Words, code: str) -> str:
    """Return the word for a code, or the code itself in plain letters where there is none yet."""
    found = words.get(code)
    return str(found) if found is not None else code.replace("_", " ")


class Say:
    """The words as templates ask for them, in the reader's language."""

    channel = staticmethod(partial(word, CHANNELS))
    status = staticmethod(partial(word, STATUSES))
    priority = staticmethod(partial(word, PRIORITIES))
    intent = staticmethod(partial(word, INTENTS))
    mood = staticmethod(partial(word, MOODS))
    urgent_reason = staticmethod(partial(word, URGENT_REASONS))
    thing = staticmethod(partial(word, THINGS))
    delivery = staticmethod(partial(word, DELIVERIES))
    mark = staticmethod(partial(word, MARKS))
    identity = staticmethod(partial(word, IDENTITY_KINDS))
    advice = staticmethod(advice)

    masked = staticmethod(masked_words)

    @staticmethod
    def theme(code: str) -> str:
        """Say what phrases are about."""
        return word(THEMES, code)

    @staticmethod
    def fault(code: str) -> str:
        """Say what a translation got wrong; `lost:KSL-1` names a piece, `term:a|b` a word and what to say."""
        kind, _colon, piece = code.partition(":")
        word_said, _bar, instead = piece.partition("|")
        # a piece of another script keeps its own order inside the sentence
        piece, word_said = isolated(piece), isolated(word_said)
        if kind == "lost":
            return gettext("Changed or lost in translation: %(what)s") % {"what": piece}
        if kind == "number":
            return gettext("This number is missing or another one: %(what)s") % {"what": piece}
        if kind == "added":
            return gettext("This number was not in the text: %(what)s") % {"what": piece}
        if kind == "order":
            return gettext("Look whether this still stands for the right thing: %(what)s") % {"what": piece}
        named = {"word": word_said, "instead": isolated(instead)}
        if kind == "term":
            return gettext("The glossary says “%(instead)s” for “%(word)s”.") % named
        if kind == "forbidden" and instead:
            return gettext("Not “%(word)s”: the glossary says “%(instead)s”.") % named
        if kind == "forbidden":
            return gettext("Nobody is to say “%(word)s”.") % named
        return word(FAULTS, kind)

    @staticmethod
    def visitor(number: int) -> str:
        """Return what a customer is called of whom nothing is known: a number tells visitors apart."""
        return gettext("Visitor %(number)s") % {"number": number}

    @staticmethod
    def customer(customer: Customer) -> str:
        """Return what a customer is called: their name, else an address, else a number."""
        known = (
            [one.value for one in customer.identities.all() if one.kind != "handle"]
            if not customer.name
            else []
        )
        return customer.name or (known[0] if known else Say.visitor(customer.pk))

    @staticmethod
    def address(identity: Identity) -> str:
        """Return an address as people read it: the handle our chat made up is the visitor's number instead."""
        if identity.kind == "handle" and _MADE_UP.fullmatch(identity.value):
            return f"{word(IDENTITY_KINDS, identity.kind)} · {Say.visitor(identity.customer_id)}"
        return identity.value

    @staticmethod
    def addresses(customer: Customer) -> list[str]:
        """Return the addresses of a customer as people read them."""
        return [Say.address(one) for one in customer.identities.all()]

    @staticmethod
    def role(roles: Sequence[str]) -> str:
        """Say which part somebody has in the mails: what says most of them."""
        named = {
            "from": gettext("wrote here"),
            "to": gettext("was written to"),
            "cc": gettext("in copy"),
            "bcc": gettext("in blind copy"),
        }
        return next((named[role] for role in ("from", "to", "cc", "bcc") if role in roles), "")

    @staticmethod
    def house() -> str:
        """Return who wrote what no person wrote."""
        return gettext("Dragoman")

    @staticmethod
    def dot(mood: str) -> str:
        """Return the class of a mood's dot."""
        return MOOD_DOTS.get(mood, "")

    @staticmethod
    def moods() -> list[tuple[str, str]]:
        """Return the moods in order, with their words."""
        return [(code, str(label)) for code, label in MOODS.items()]

    @staticmethod
    def intents() -> list[tuple[str, str]]:
        """Return the purposes in order, with their words."""
        return [(code, str(label)) for code, label in INTENTS.items()]

    @staticmethod
    def delivery_icon(state: str) -> str:
        """Return the icon of a delivery state."""
        return DELIVERY_ICONS.get(state, "info")

    @staticmethod
    def identity_icon(kind: str) -> str:
        """Return the icon of an identity's kind."""
        return IDENTITY_ICONS.get(kind, "users")

    @staticmethod
    def priorities() -> list[tuple[str, str]]:
        """Return the priorities in order, with their words."""
        return [(code, str(label)) for code, label in PRIORITIES.items()]

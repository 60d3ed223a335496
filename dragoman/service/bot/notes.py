"""What an agent reads when the bot hands over, in the team's language: what was asked, told, promised and tried."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Final

from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later

from dragoman.core.commerce.ports import facts
from dragoman.core.language.purposes import PURPOSES
from dragoman.core.language.slots import write_date
from dragoman.ground.design.functions import language_name
from dragoman.kit.text import shortened

from .memory import Memory

_LONGEST: Final = 300
_WHY: Final[Mapping[str, str | Promise]] = {
    "asked": later("The bot handed over: the customer wants a person."),
    "offered": later("The bot handed over: it did not know, and the customer wants a person."),
    "upset": later("The bot handed over: the customer is upset."),
    "not_proven": later("The bot handed over: it could not make sure that the order is theirs."),
    "not_understood": later("The bot handed over: it did not understand the answers."),
    "by_hand": later("The bot handed over: only a person can do this here."),
    "return_refused": later("The bot handed over: neither law nor policy takes this back."),
    "needs_a_person": later("The bot handed over: this is for a person."),
    "unknown": later("The bot handed over: it does not know the answer."),
}
_DID: Final[Mapping[str, str | Promise]] = {
    "cancel_order": later("Cancelling order %(order)s"),
    "change_address": later("Another address for order %(order)s"),
    "start_return": later("A return of order %(order)s"),
    "return_quote": later("What of order %(order)s may go back"),
    "landed_cost": later("What order %(order)s costs at the door"),
    "opening_hours": later("Service hours"),
}
_OUTCOMES: Final[Mapping[str, str | Promise]] = {
    "done": later("asked for"),
    "waiting": later("waits for approval"),
    "too_late": later("too late"),
    "already": later("was done already"),
    "by_hand": later("needs a person"),
    "refused": later("not allowed"),
    "allowed": later("allowed"),
    "known": later("told"),
    "nothing": later("nothing to pay"),
    "no_border": later("crosses no border"),
    "unknown": later("not known"),
    "open": later("open"),
    "closed": later("closed"),
}


def note_for(memory: Memory, *, why: str, intent: str, customer_language: str, language: str) -> str:
    """Return the note of a hand-over in an agent's language."""
    with translation.override(language):
        return "\n".join(_lines(memory, why, intent, customer_language, language))


def _lines(memory: Memory, why: str, intent: str, spoken: str, language: str) -> Iterator[str]:
    yield str(_WHY.get(why, _("The bot handed over.")))
    yield _("It is about: %(purpose)s") % {"purpose": PURPOSES.get(intent, PURPOSES["other"])}
    if spoken:
        yield _("The customer writes: %(language)s") % {"language": language_name(spoken, language)}
    told = memory.values.get("order.number") or memory.values.get("order")
    number = memory.slots.get("order") or told or memory.order
    if number:
        yield _("Order: %(number)s (shown to be theirs)") % {"number": number}
    elif named := memory.proof.get("number"):
        yield _("Order they name: %(number)s (not shown to be theirs)") % {"number": named}
    for one in memory.asked[-3:]:
        yield _("They wrote: “%(words)s”") % {"words": shortened(one, _LONGEST)}
    for fact, value in memory.promised.items():
        if fact in facts:
            day = write_date(date.fromisoformat(value), language=language)
            yield _("They were told: %(fact)s: %(value)s") % {"fact": facts[fact].label, "value": day}
    for done in memory.did:
        what = str(_DID.get(done["tool"], done["tool"])) % {"order": done["order"]}
        outcome = _OUTCOMES.get(done["outcome"], done["outcome"])
        yield _("Tried: %(what)s (%(outcome)s)") % {"what": what, "outcome": outcome}
    if not memory.did and memory.said:
        yield _("Looked into: %(names)s") % {"names": ", ".join(memory.said)}
    if answers := _answers(memory):
        yield _("Answers they gave: %(answers)s") % {"answers": answers}


def _answers(memory: Memory) -> str:
    given = {name: value for name, value in memory.slots.items() if name not in {"order", "sure"}}
    return ", ".join(f"{name}: {shortened(value, 80)}" for name, value in given.items())

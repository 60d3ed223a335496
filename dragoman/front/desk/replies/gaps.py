"""What is still to be filled in a draft: what thread and orders know of it, and what nobody knows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dragoman.core.commerce.ports import Fact, facts
from dragoman.core.commerce.telling import tell
from dragoman.core.conversations.models import Conversation
from dragoman.core.conversations.order_values import facts_named, order_meant, zone_for
from dragoman.core.conversations.slot_values import values_in
from dragoman.core.texts.slots import open_slots

MOST = 4


@dataclass(frozen=True)
class Choice:
    """An order that may be meant, and what it puts into the gaps: {"{parcel.link}": ...}."""

    number: str
    fills: Mapping[str, str]


@dataclass(frozen=True)
class Gaps:
    """The open places of a draft, in the order in which they stand.

    `values` are offered for one gap each. `choices` are the orders of which somebody has to name one, `order` is the
    one that is meant; `unknown` names what is not known of it, `no_order`: the customer has none.
    """

    slots: Sequence[str] = ()
    values: Sequence[tuple[str, Sequence[str]]] = ()
    choices: Sequence[Choice] = ()
    order: str = ""
    unknown: Sequence[str] = ()
    no_order: bool = False


def gaps_in(conversation: Conversation, text: str, *, language: str) -> Gaps:
    """Return what is open in a text of a language."""
    slots = open_slots(text)
    if not slots:
        return Gaps()
    names = {slot.strip("{}").partition("|")[0]: slot for slot in slots}
    meant, zone, wanted = order_meant(conversation), zone_for(conversation), facts_named(names)
    fitting = {name: [one.name for one in facts_for(name)] for name in names}
    asked = [*wanted, *(fact for found in fitting.values() for fact in found)]
    of_order = tell(meant.order, asked, language=language, zone=zone) if meant.order else {}
    known, values = values_in(conversation, language=language), []
    for name, slot in names.items():
        told = [of_order[fact].text for fact in fitting[name] if fact in of_order and of_order[fact].known]
        if offered := list(dict.fromkeys([*known.get(name, ()), *told]))[:MOST]:
            values.append((slot, offered))
    choices = []
    for one in meant.choices if wanted else ():
        facts_told = tell(one, wanted, language=language, zone=zone)
        choices.append(
            Choice(one.number, {names[name]: said.text for name, said in facts_told.items() if said.known})
        )
    return Gaps(
        slots=slots,
        values=values,
        choices=[one for one in choices if one.fills],
        order=meant.order.number if meant.order else "",
        unknown=[
            str(of_order[name].fact.label) for name in wanted if meant.order and not of_order[name].known
        ],
        no_order=bool(wanted) and meant.order is None and not meant.choices,
    )


def facts_for(slot: str) -> list[Fact]:
    """Return the facts that fill a slot: the one of its name, else those which a phrase's slot takes."""
    if slot in facts:
        return [facts[slot]]
    return [one for _name, one in facts.items() if one.slot == slot]

"""Proving whose an order is: signed by the shop, or by a code that goes to the address the order has.

Whether an order exists is never said: the same words answer a right and a wrong pair of number and address.
"""

from dataclasses import dataclass

from . import reading
from .memory import Memory
from .words import said
from .world import CodeIsOver, Heard, World

MOST_AGAIN = 2
AGAIN, HUMAN = "code_again", "human"


@dataclass(frozen=True)
class Proof:
    """How far it went: `order` is proven, or `ask` is what is asked next; `failed`: it leads nowhere."""

    order: str = ""
    ask: str = ""
    choices: tuple[dict[str, str], ...] = ()
    failed: bool = False


def prove(memory: Memory, heard: Heard, world: World, *, changing: bool, fresh: bool) -> Proof:
    """Take one step of proving; `fresh`: the flow has only come here, the message answers no question of ours."""
    if fresh:
        number = memory.slots.get("order", "") or reading.order_number(_only_named(heard))
        if not number and memory.order and world.is_open_to(memory.order, changing=changing):
            # who just showed that an order is theirs goes on about that one
            return Proof(order=memory.order)
        memory.proof = {"stage": "number", **({"number": number} if number else {})}
    own = world.own_orders(changing=changing)
    if own is not None:
        return _of_known(memory, heard, world, own, changing=changing, fresh=fresh)
    stage = memory.proof.get("stage", "number")
    if stage == "code":
        return _code(memory, heard, world)
    if stage == "number" and not fresh:
        memory.proof["number"] = reading.order_number(heard)
    number = memory.proof.get("number", "")
    if number and (open_to := world.is_open_to(number, changing=changing)):
        return Proof(order=open_to)
    if not number:
        return _again(memory, said("ask_number", heard.language))
    if stage == "contact" or heard.addresses:
        memory.proof["contact"] = reading.contact(heard)
    if not memory.proof.get("contact"):
        entered = memory.proof["stage"] != "contact"
        memory.proof["stage"] = "contact"
        if entered:
            memory.again = 0
        return _again(memory, said("ask_contact", heard.language))
    return _send(memory, heard, world)


def asked(memory: Memory, language: str) -> str:
    """Return the question that waits for an answer, in words."""
    asks = {"contact": "ask_contact", "code": "code_sent"}
    return said(
        asks.get(memory.proof.get("stage", ""), "which_order" if memory.choices else "ask_number"), language
    )


def _only_named(heard: Heard) -> Heard:
    """Return the message with nothing but what it surely names: a whole sentence is no order number."""
    return Heard("", heard.language, numbers=heard.numbers)


def _of_known(
    memory: Memory, heard: Heard, world: World, own: object, *, changing: bool, fresh: bool
) -> Proof:
    """Choose among the orders of a customer whom the shop signed."""
    numbers = list(own) if isinstance(own, list | tuple) else []
    if not fresh:
        memory.proof["number"] = reading.chosen(heard, memory.choices) or reading.order_number(heard)
    number = memory.proof.get("number", "")
    if number:
        found = world.is_open_to(number, changing=changing)
        if found:
            return Proof(order=found)
        memory.proof["number"] = ""
        return _again(memory, said("no_own_order", heard.language))
    if len(numbers) == 1:
        return Proof(order=numbers[0])
    if not numbers:
        return Proof(failed=True)
    choices = tuple({"value": one, "label": one, "icon": "box"} for one in numbers[:6])
    return _again(memory, said("which_order", heard.language), choices)


def _send(memory: Memory, heard: Heard, world: World) -> Proof:
    if not world.send_code(memory.proof["number"], memory.proof["contact"]):
        return Proof(failed=True)
    memory.proof["stage"], memory.again = "code", 0
    return Proof(ask=said("code_sent", heard.language))


def _code(memory: Memory, heard: Heard, world: World) -> Proof:
    if memory.choices and reading.chosen(heard, memory.choices) == AGAIN:
        return _send(memory, heard, world)
    try:
        order = world.check_code(heard.text)
    except CodeIsOver:
        if memory.proof.get("renewed"):
            return Proof(failed=True)
        memory.proof["renewed"] = "1"
        choices = tuple(
            {"value": value, "label": said(value, heard.language), "icon": ""} for value in (AGAIN, HUMAN)
        )
        return Proof(ask=said("code_over", heard.language), choices=choices)
    if order:
        return Proof(order=order)
    return Proof(ask=said("code_wrong", heard.language))


def _again(memory: Memory, ask: str, choices: tuple[dict[str, str], ...] = ()) -> Proof:
    """Ask, at most three times the same."""
    memory.again += 1
    return Proof(failed=True) if memory.again > MOST_AGAIN + 1 else Proof(ask=ask, choices=choices)

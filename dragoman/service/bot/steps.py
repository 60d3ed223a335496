"""Going through a flow: one step after another until the customer is asked something, or it ends."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from dragoman.kit.errors import Refusal
from dragoman.kit.tags import match

from . import reading
from .flow_shapes import END, Body, Choice, Step
from .memory import Memory
from .proving import MOST_AGAIN, asked, prove
from .words import WORDS, known_lines, said
from .world import Decision, Heard, World

_MOST: Final = 60  # steps of one turn
# days whose telling is a promise
_PROMISES: Final = ("parcel.expected", "refund.arrival", "return.refund_due", "return.window_end")
_REFUSED: Final = "refused"


@dataclass
class Turn:
    """One turn of a flow: what is decided so far."""

    body: Body
    memory: Memory
    heard: Heard
    world: World
    made: Decision
    languages: tuple[str, ...] = ()  # of the brand and the workspace, where a text is not in the customer's


def words_of(texts: Mapping[str, str], keys: list[str], language: str, others: tuple[str, ...] = ()) -> str:
    """Return the words of a step for a customer: the flow's own in their language, else ours, else in another one."""
    found = match(language, texts) if texts else None
    if found is None and keys:
        return "\n".join(said(one, language) for one in keys if one in WORDS)
    if found is None:
        found = next((tag for one in (*others, "en") if (tag := match(one, texts))), next(iter(texts), None))
    return texts[found] if found else ""


def label_of(choice: Choice, language: str, others: tuple[str, ...] = ()) -> str:
    """Return what something to choose is called."""
    own = words_of(choice.texts, [choice.words] if choice.words else [], language, others)
    return own or choice.value


def run(turn: Turn, step_id: str, *, answering: bool) -> None:
    """Go on from a step; `answering`: the message answers the question that this step asked."""
    at = step_id
    for _ in range(_MOST):
        step = turn.body.step(at)
        if step is None:
            turn.memory.leave_flow()
            return
        turn.made.path.append(step.id)
        turn.memory.step = step.id
        following = _DO[step.kind](turn, step, answering)
        answering = False
        if following is None:
            return
        if following != at:
            turn.memory.again = 0
        at = following
    turn.made.hands_over, turn.made.why = True, "too_many_steps"


def say(turn: Turn, step: Step) -> None:
    """Say the words of a step, without the lines that nothing is known for."""
    words = words_of(step.texts, step.words, turn.heard.language, turn.languages)
    spoken = known_lines(words, {**turn.memory.slots, **turn.memory.values, **turn.memory.called})
    if spoken:
        turn.made.lines.append(spoken)


def told_by_help(made: Decision, heard: Heard, world: World) -> bool:
    """Answer from the help centre, and say whether it knew."""
    found = world.help(heard.text)
    if not found.text:
        return False
    if found.fallback:
        made.lines.append(said("other_language", heard.language))
    made.lines.append(found.text)
    made.sources = [*made.sources, *found.sources]
    made.outcome, made.worded = "answered", made.worded or found.worded
    return True


def remind(turn: Turn) -> None:
    """Ask again what the step asks that waits, as if it had not been asked before."""
    step = turn.body.step(turn.memory.step)
    assert step is not None
    if step.kind == "prove_identity":
        turn.made.lines.append(asked(turn.memory, turn.heard.language))
    else:
        say(turn, step)
    turn.made.choices = turn.memory.choices
    turn.made.path.append(step.id)


def strays(turn: Turn) -> bool:
    """Say whether a message is surely no answer to the question that waits: it may ask something else."""
    step, heard = turn.body.step(turn.memory.step), turn.heard
    if step is None or heard.choice or heard.numbers or heard.addresses or reading.is_short(heard.text):
        return False
    if any(one.isdigit() for one in heard.text):
        return False
    if step.kind == "prove_identity":
        return True
    return step.kind == "ask" and not reading.read(heard, step.takes, turn.memory.choices)


def _say(turn: Turn, step: Step, _answering: bool) -> str | None:
    say(turn, step)
    if turn.made.outcome == "left":
        turn.made.outcome = "told"
    return turn.body.after(step)


def _ask(turn: Turn, step: Step, answering: bool) -> str | None:
    memory, slot = turn.memory, step.slot or step.id
    if answering:
        answer = reading.read(turn.heard, step.takes, memory.choices)
        if answer:
            memory.slots[slot] = answer
            # people read what they chose by its name, tools get its value
            called = [one["label"] for one in memory.choices if one["value"] == answer]
            if called:
                memory.called[slot] = called[0]
            memory.choices = []
            return step.to.get(answer) or turn.body.after(step)
        memory.again += 1
        if memory.again > MOST_AGAIN:
            turn.made.hands_over, turn.made.why = True, "not_understood"
            return None
    elif memory.slots.get(slot) and step.takes not in {"yes_no", "choice"}:
        return turn.body.after(step)
    choices = _choices(turn, step)
    say(turn, step)
    memory.choices = turn.made.choices = choices
    turn.made.outcome = "asked"
    return None


def _choices(turn: Turn, step: Step) -> list[dict[str, str]]:
    language = turn.heard.language
    if step.takes == "yes_no" and not step.choices:
        return [{"value": one, "label": said(one, language), "icon": ""} for one in ("yes", "no")]
    if step.takes == "choice" and not step.choices:
        return _of_lines(turn)
    return [
        {"value": one.value, "label": label_of(one, language, turn.languages), "icon": one.icon}
        for one in step.choices
    ]


def _of_lines(turn: Turn) -> list[dict[str, str]]:
    """Return the goods that a tool listed as choices, and all of them together."""
    values = turn.memory.values
    goods = [
        {"value": values[f"line.{place}.sku"], "label": values[f"line.{place}.title"], "icon": "box"}
        for place in range(8)
        if f"line.{place}.sku" in values
    ]
    everything = {"value": "all", "label": said("return_all", turn.heard.language), "icon": ""}
    return goods if len(goods) == 1 else [*goods, everything]


def _tool(turn: Turn, step: Step, _answering: bool) -> str | None:
    memory = turn.memory
    known = {**memory.slots, **memory.values}
    given = {name: known_lines(value, known) for name, value in step.arguments.items()}
    given = {name: value for name, value in given.items() if value and value != "all"}
    turn.made.tools.append(step.tool)
    try:
        told = turn.world.use(step.tool, given, order=memory.slots.get("order", ""))
    except Refusal:
        return step.otherwise or END
    outcome = str(told.get("outcome", ""))
    _take(memory, told)
    if "facts" not in told and outcome and step.to:
        memory.did.append({"tool": step.tool, "outcome": outcome, "order": str(told.get("order", ""))})
        memory.did = memory.did[-12:]
    elif told.get("facts"):
        turn.made.card = _card(told, turn.made.card)
    if step.speaks:
        say(turn, step)
    turn.made.outcome = "told"
    if outcome in {"done", "waiting"}:
        turn.made.outcome = "done"
    return step.to.get(outcome) or (
        step.otherwise if outcome == _REFUSED and step.otherwise else turn.body.after(step)
    )


def _take(memory: Memory, told: dict[str, Any]) -> None:
    """Remember what a tool told, as the customer reads it, and which days that promises."""
    for name, value in told.items():
        if isinstance(value, str) and value:
            memory.values[name] = value
    for place, line in enumerate(told.get("lines") or []):
        memory.values[f"line.{place}.sku"] = str(line["sku"])
        memory.values[f"line.{place}.title"] = str(line["title"])
    for one in told.get("facts") or []:
        memory.values[one["name"]] = one["text"]
        if one["name"] in _PROMISES and isinstance(one["value"], str):
            memory.promised[one["name"]] = one["value"]


def _card(told: dict[str, Any], before: dict[str, Any] | None) -> dict[str, Any]:
    facts = [{name: one[name] for name in ("name", "label", "text")} for one in told["facts"]]
    known = {one["name"]: one["text"] for one in facts}
    card = before or {"kind": "order", "number": told["order"], "facts": []}
    card["facts"] = list({one["name"]: one for one in [*card["facts"], *facts]}.values())
    if known.get("parcel.link"):
        card["link"] = known["parcel.link"]
    return card


def _condition(turn: Turn, step: Step, _answering: bool) -> str | None:
    value = {**turn.memory.slots, **turn.memory.values}.get(step.slot or "", "")
    holds = value == step.equals if step.equals is not None else bool(value)
    return turn.body.after(step) if holds else step.otherwise or END


def _help(turn: Turn, step: Step, _answering: bool) -> str | None:
    if not told_by_help(turn.made, turn.heard, turn.world):
        return step.otherwise or END
    return turn.body.after(step)


def _prove(turn: Turn, step: Step, answering: bool) -> str | None:
    proof = prove(turn.memory, turn.heard, turn.world, changing=step.changing, fresh=not answering)
    if proof.order:
        turn.memory.slots["order"], turn.memory.proof, turn.memory.choices = proof.order, {}, []
        turn.memory.order = proof.order
        return turn.body.after(step)
    if proof.failed:
        turn.memory.choices = []
        if step.otherwise:
            return step.otherwise
        turn.made.hands_over, turn.made.why = True, "not_proven"
        return None
    turn.made.lines.append(proof.ask)
    turn.memory.choices = turn.made.choices = list(proof.choices)
    turn.made.outcome = "asked"
    return None


def _hand_over(turn: Turn, step: Step, _answering: bool) -> str | None:
    say(turn, step)
    turn.made.hands_over, turn.made.why = True, step.why or "flow"
    return None


def _resolve(turn: Turn, step: Step, _answering: bool) -> str | None:
    say(turn, step)
    turn.made.resolves, turn.made.outcome = True, "resolved"
    return None


_DO: Final = {
    "say": _say,
    "ask": _ask,
    "tool": _tool,
    "condition": _condition,
    "answer_from_help": _help,
    "prove_identity": _prove,
    "hand_over": _hand_over,
    "resolve": _resolve,
}

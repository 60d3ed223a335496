"""What the bot does with a message: which flow, an answer from the help centre, a person. Nothing is written here."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from dragoman.core.language.understand import SURE
from dragoman.kit.tags import match
from dragoman.kit.text import fold

from . import reading
from .flow_shapes import Body
from .memory import Memory
from .steps import Turn, remind, run, strays, told_by_help, words_of
from .words import said
from .world import Decision, Heard, World

HUMAN: Final = "human"
WANTS_A_PERSON: Final = "speak_to_human"
# under it a question is asked of the help centre before a flow begins
_VERY_SURE: Final = 0.75
# a person is called rather once too often
_SURE_OF_A_PERSON: Final = 0.4
# purposes of which customers more often ask what the rule is than for one order
_RULES: Final = frozenset({"return_request", "exchange"})
_OFFER: Final = "offer"
_MOST_CHOICES: Final = 6
_NO_NEW_FLOW: Final = frozenset({"thanks", "other", "complaint", "unsubscribe"})


@dataclass(frozen=True)
class Known:
    """A flow as it runs now: its key and version."""

    key: str
    version: int
    body: Body


@dataclass(frozen=True)
class Bounds:
    """What a bot may do here: which purposes (empty: all), in which languages texts are looked for besides."""

    intents: frozenset[str] = frozenset()
    languages: tuple[str, ...] = ()

    def allows(self, intent: str) -> bool:
        """Say whether it may deal with a purpose."""
        return not self.intents or intent in self.intents


def decide(
    heard: Heard,
    memory: Memory,
    flows: Sequence[Known],
    world: World,
    *,
    bounds: Bounds,
    waiting: bool = False,
) -> Decision:
    """Decide what to do with a message, and change the memory; `waiting`: a person has been called and is awaited."""
    made = Decision(language=heard.language)
    current = next((one for one in flows if one.key == memory.flow), None)
    why = "" if waiting else _wants_a_person(heard)
    # "yes please" says what it says to the question that waits, whatever else it may mean
    if why and not (why == "asked" and current is not None and _is_answer(heard, memory, current)):
        return _to_a_person(made, memory, why)
    if not memory.flow and memory.step == _OFFER:
        answered = reading.read(heard, "yes_no", memory.choices)
        memory.leave_flow()
        if answered == "yes" and not waiting:
            return _to_a_person(made, memory, "offered")
        if answered == "no":
            made.lines.append(said("kept", heard.language))
            made.outcome = "told"
            return made
    begun = _other_flow(heard, memory, flows, bounds, current)
    if (
        begun is not None
        and current is None
        and _may_be_a_question(heard)
        and _helped(made, memory, heard, world)
    ):
        made.choices = [*titles([begun], heard.language), *made.choices]
        memory.choices = made.choices
    elif begun is not None:
        memory.leave_flow()
        memory.flow, memory.version = begun.key, begun.version
        _go(made, memory, heard, world, begun, bounds, answering=False)
    elif current is not None and memory.step:
        if not _aside(made, memory, heard, world, current, bounds):
            _go(made, memory, heard, world, current, bounds, answering=True)
    else:
        _without_flow(made, memory, heard, world, flows, waiting=waiting)
    if waiting and (made.hands_over or made.resolves):
        memory.leave_flow()
        return Decision(language=heard.language)
    if not (waiting or made.lines or made.choices or made.hands_over or made.resolves):
        # a flow had nothing to say: silence is no answer
        made.hands_over, made.why = True, "unknown"
    if made.hands_over:
        memory.leave_flow()
        made.outcome = "handed_over"
    return made


def _is_answer(heard: Heard, memory: Memory, flow: Known) -> bool:
    """Say whether a message is one of the answers that the waiting question takes."""
    step = flow.body.step(memory.step)
    if step is None or heard.choice or step.kind != "ask" or step.takes not in {"yes_no", "choice"}:
        return False
    return bool(reading.read(heard, step.takes, memory.choices))


def _wants_a_person(heard: Heard) -> str:
    if heard.choice == HUMAN:
        return "asked"
    if heard.intent == WANTS_A_PERSON and heard.confidence >= _SURE_OF_A_PERSON and not heard.choice:
        return "asked"
    return "upset" if heard.upset else ""


def _to_a_person(made: Decision, memory: Memory, why: str) -> Decision:
    memory.leave_flow()
    made.hands_over, made.why, made.outcome = True, why, "handed_over"
    return made


def _may_be_a_question(heard: Heard) -> bool:
    """Say whether a message may ask how things are done, rather than for one order."""
    if heard.choice or heard.numbers:
        return False
    return heard.confidence < _VERY_SURE or (heard.intent in _RULES and reading.asks(heard.text))


def _aside(made: Decision, memory: Memory, heard: Heard, world: World, flow: Known, bounds: Bounds) -> bool:
    """Answer a question that comes instead of an answer, and ask ours again; say whether it was one that is known."""
    turn = Turn(flow.body, memory, heard, world, made, bounds.languages)
    if not strays(turn) or not told_by_help(made, heard, world):
        return False
    made.flow = flow.key
    remind(turn)
    return True


def _go(
    made: Decision,
    memory: Memory,
    heard: Heard,
    world: World,
    flow: Known,
    bounds: Bounds,
    *,
    answering: bool,
) -> None:
    made.flow = flow.key
    memory.purpose = next(iter(flow.body.trigger.intents), memory.purpose)
    if flow.key not in memory.said:
        memory.said = [*memory.said, flow.key][-12:]
    turn = Turn(flow.body, memory, heard, world, made, bounds.languages)
    start = memory.step if answering else (flow.body.steps[0].id if flow.body.steps else "")
    run(turn, start, answering=answering)
    if not made.hands_over and not made.choices and made.outcome in {"told", "answered"}:
        made.choices = [_human(heard.language)]
        memory.choices = made.choices


def _other_flow(
    heard: Heard, memory: Memory, flows: Sequence[Known], bounds: Bounds, current: Known | None
) -> Known | None:
    """Return the flow that a message begins; while another asks something, only what is clearly no answer to it."""
    chosen = heard.choice or (reading.chosen(heard, memory.choices) if not memory.step else "")
    by_choice = next((one for one in flows if chosen == f"flow:{one.key}"), None)
    if by_choice is not None:
        return by_choice
    if heard.choice:
        return None
    by_word = next((one for one in flows if _named(one.body, heard)), None)
    if current is not None and memory.step:
        answers = reading.is_short(heard.text) or bool(heard.numbers or heard.addresses)
        if answers or heard.intent in _NO_NEW_FLOW or heard.confidence < _VERY_SURE:
            return None
    found = by_word or _by_intent(heard, flows, bounds)
    return None if found is not None and current is not None and found.key == current.key else found


def _named(body: Body, heard: Heard) -> bool:
    tag = match(heard.language, body.trigger.keywords) if body.trigger.keywords else None
    text = fold(heard.text)
    return tag is not None and any(fold(one) in text for one in body.trigger.keywords[tag] if one.strip())


def _by_intent(heard: Heard, flows: Sequence[Known], bounds: Bounds) -> Known | None:
    if heard.confidence < SURE or not bounds.allows(heard.intent):
        return None
    return next((one for one in flows if heard.intent in one.body.trigger.intents), None)


def _without_flow(
    made: Decision, memory: Memory, heard: Heard, world: World, flows: Sequence[Known], *, waiting: bool
) -> None:
    """Answer from the help centre; else ask once to say it otherwise, then offer a person."""
    if _helped(made, memory, heard, world) or waiting:
        if waiting:
            made.choices = []
        return
    topics = titles(flows, heard.language)[: _MOST_CHOICES - 1]
    made.choices = [*topics, _human(heard.language)]
    if not memory.greeted and reading.is_short(heard.text):
        made.lines.append(said("welcome", heard.language))
        made.outcome = "asked"
    elif not memory.rephrased:
        made.lines.append(said("rephrase", heard.language))
        made.outcome, memory.rephrased = "asked", True
    else:
        made.lines.append(said("declined", heard.language))
        made.outcome = "declined"
        made.choices = [
            {"value": one, "label": said(one, heard.language), "icon": ""} for one in ("yes", "no")
        ]
        memory.step = _OFFER
        memory.choices = made.choices
        return
    memory.choices, memory.step = made.choices, ""


def _helped(made: Decision, memory: Memory, heard: Heard, world: World) -> bool:
    """Answer from the help centre, and say whether it knew."""
    if not told_by_help(made, heard, world):
        return False
    made.choices = [_human(heard.language)]
    memory.choices, memory.step, memory.rephrased = made.choices, "", False
    memory.said = [*memory.said, *(one.path for one in made.sources)][-12:]
    return True


def titles(flows: Sequence[Known], language: str) -> list[dict[str, str]]:
    """Return the flows that have a title as choices."""
    return [
        {"value": f"flow:{one.key}", "label": title, "icon": one.body.icon}
        for one in flows
        if (title := words_of(one.body.title, [one.body.words] if one.body.words else [], language))
    ]


def _human(language: str) -> dict[str, str]:
    return {"value": HUMAN, "label": said("human", language), "icon": "person"}

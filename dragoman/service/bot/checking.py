"""What is wrong with a flow before anybody meets it: steps that are missing, that nobody reaches, that lead nowhere."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from dragoman.core.commerce.ports import facts
from dragoman.core.conversations.ports import tools
from dragoman.core.language.understand import INTENTS
from dragoman.core.texts.ports import variables
from dragoman.core.texts.slots import slots_in, unknown_slots
from dragoman.kit.tags import match

from .flow_shapes import END, Body, Step, slots_given
from .words import WORDS

_TOLD_BESIDES = {"basis", "payer", "outcome"}


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong, at a step ("" for the flow), as a code and a sentence."""

    step: str
    code: str
    message: str


def faults_of(body: Body, languages: Collection[str]) -> list[Fault]:
    """Return what is wrong with a flow for a brand that serves these languages."""
    return [*_of_flow(body), *(one for step in body.steps for one in _of_step(body, step, languages))]


def _of_flow(body: Body) -> Iterator[Fault]:
    if not body.steps:
        yield Fault("", "empty", _("A flow needs a step: add one."))
        return
    unknown = [one for one in body.trigger.intents if one not in INTENTS]
    for one in unknown:
        yield Fault("", "unknown_intent", _("There is no purpose “%(name)s”.") % {"name": one[:40]})
    ids = [one.id for one in body.steps]
    for twice in {one for one in ids if ids.count(one) > 1}:
        yield Fault(twice, "twice", _("Two steps are called “%(name)s”: rename one.") % {"name": twice})
    reached = _reached(body)
    for step in body.steps:
        if step.id not in reached:
            yield Fault(step.id, "unreachable", _("No step leads to “%(name)s”.") % {"name": step.id})
    # whoever goes round and round is asked nothing on the way and never gets out
    stuck = [one for one in body.steps if one.id in reached and not _gets_out(body, one)]
    for step in stuck:
        yield Fault(step.id, "no_way_out", _("From “%(name)s” nothing leads to an end.") % {"name": step.id})


def _reached(body: Body) -> set[str]:
    found, waiting = set(), [body.steps[0].id]
    while waiting:
        at = waiting.pop()
        step = body.step(at)
        if at in found or step is None:
            continue
        found.add(at)
        waiting += body.ways_from(step)
    return found


def _gets_out(body: Body, start: Step) -> bool:
    seen, waiting = set(), [start.id]
    while waiting:
        at = waiting.pop()
        step = body.step(at)
        # one that is not there is said of the step that leads to it
        if at == END or step is None:
            return True
        if at in seen:
            continue
        if step.kind in {"hand_over", "resolve"}:
            return True
        seen.add(at)
        waiting += body.ways_from(step)
    return False


def _of_step(body: Body, step: Step, languages: Collection[str]) -> Iterator[Fault]:
    for way in body.ways_from(step):
        if way != END and body.step(way) is None:
            yield Fault(step.id, "unknown_step", _("“%(name)s” is no step of this flow.") % {"name": way})
    if step.kind == "tool" and step.tool not in tools:
        yield Fault(step.id, "unknown_tool", _("There is no tool “%(name)s”.") % {"name": step.tool})
    if step.kind == "condition" and not step.slot:
        yield Fault(step.id, "no_slot", _("Say which value the condition looks at."))
    if (
        step.kind == "tool"
        and step.tool in tools
        and tools[step.tool].changes
        and not _proves_first(body, step)
    ):
        yield Fault(
            step.id, "not_proven", _("Prove who it is, strictly, before something of theirs is changed.")
        )
    if step.kind in {"say", "ask"} and not step.speaks:
        yield Fault(step.id, "no_text", _("Write what the customer reads."))
    yield from _of_words(step, languages)
    yield from _of_slots(body, step)


def _of_words(step: Step, languages: Collection[str]) -> Iterator[Fault]:
    for word in [*step.words, *(one.words for one in step.choices if one.words)]:
        if word not in WORDS:
            yield Fault(step.id, "unknown_words", _("We have no sentence “%(name)s”.") % {"name": word[:40]})
    for texts in [step.texts, *(one.texts for one in step.choices)]:
        # what we wrote ourselves stands in every language
        missing = [one for one in languages if texts and not match(one, texts)]
        if missing and not step.words:
            named = ", ".join(missing)
            text = _("The brand serves languages that this text is missing in: %(names)s.") % {"names": named}
            yield Fault(step.id, "missing_text", text)


def _of_slots(body: Body, step: Step) -> Iterator[Fault]:
    """Name what stands in braces and nothing fills in: a line with it is left out, whatever else it says."""
    texts = [*step.texts.values(), *(text for one in step.choices for text in one.texts.values())]
    known = {*slots_given(body.steps), *_told(), *facts, *variables}
    if strange := unknown_slots([*texts, *step.arguments.values()], known=known):
        named = {"slots": ", ".join(strange[:5]), "known": ", ".join(f"{{{one}}}" for one in sorted(known))}
        text = _("Nothing fills in %(slots)s. Known here: %(known)s.") % named
        yield Fault(step.id, "unknown_slot", text)


def _told() -> set[str]:
    """Return what tools tell, by the names that our own sentences call it."""
    return {slot for text in WORDS.values() for slot in slots_in(str(text))} | _TOLD_BESIDES


def _proves_first(body: Body, step: Step) -> bool:
    """Say whether every way to a step leads through a strict proof."""
    waiting, seen = [body.steps[0].id], set()
    while waiting:
        at = waiting.pop()
        here = body.step(at)
        if here is None or at in seen:
            continue
        if here.id == step.id:
            return False
        seen.add(at)
        passed = here.kind == "prove_identity" and here.changing
        waiting += [one for one in body.ways_from(here) if not passed or one == here.otherwise]
    return True

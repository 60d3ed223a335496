"""What the composer says of a reply's tone: of the text that the customer will read."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from dragoman.core.accounts.models import Agent
from dragoman.core.conversations.actions.reply import Preview
from dragoman.core.conversations.actions.translation import scope_to
from dragoman.core.conversations.models import Conversation
from dragoman.core.language.tone.check import Finding, Situation
from dragoman.core.language.tone.manners import manners_of
from dragoman.core.language.tone.voices import checked

from ..elbow.pane import where_is
from ..elbow.phrasing import missing_part


@dataclass(frozen=True)
class Remark:
    """What is said of a reply in one line: the words it is about, and the whole text with it mended.

    `mended` is "" where a person must: where nothing is known to write, or several words would have to agree.
    `forms` are asked of a writer whose form nobody knows: (gender, the word that one ends with).
    """

    message: str
    is_fault: bool
    words: tuple[str, ...] = ()
    suggestion: str = ""
    mended: str = ""
    forms: tuple[tuple[str, str], ...] = ()


def remarks_on(conversation: Conversation, agent: Agent, preview: Preview | None) -> list[Remark]:
    """Return what a lead would mend in a reply, faults first; empty where there is nothing to read yet."""
    if preview is None or not preview.text:
        return []
    found = checked(
        preview.text,
        language=preview.target_language,
        scope=scope_to(conversation, agent),
        situation=Situation(channel=conversation.channel),
        wish=conversation.customer.register,
    )
    # words that nobody is to use are told with the other faults of the text
    told: dict[tuple[str, str], list[Finding]] = {}
    market = where_is(conversation)[0]
    for one in found:
        if one.code != "banned":
            missing = missing_part(one.code, conversation, market, agent)
            one = replace(one, suggestion=missing) if missing else one
            told.setdefault((one.code, one.message), []).append(one)
    particles = _particles(preview)
    remarks = []
    for several in told.values():
        if several[0].code == "particle" and particles:
            if agent.gender:
                several = [replace(several[0], suggestion=particles[agent.gender])]
            # asked before a hand changed the translation: it is said anew with the answer
            elif not preview.amended_from:
                remarks.append(Remark(several[0].message, is_fault=True, forms=tuple(particles.items())))
                continue
        remarks.append(_remark(preview.text, several))
    return sorted(remarks, key=lambda one: not one.is_fault)


def _particles(preview: Preview) -> Mapping[str, str]:
    """Return the word of politeness by its writer's gender, in languages that have one."""
    manners = manners_of(preview.target_language)
    return manners.particles if manners else {}


def _remark(text: str, several: list[Finding]) -> Remark:
    """Put the findings of one kind into one line."""
    first = several[0]
    # half a reply in a language that its reader does not know is no matter of taste
    is_fault = first.severity == "fault" or first.code == "language"
    words = tuple(dict.fromkeys(text[one.start : one.end] for one in several if one.start is not None))
    mended = _mended(text, first) if len(several) == 1 else ""
    return Remark(first.message, is_fault, words, first.suggestion if mended or not words else "", mended)


def _mended(text: str, one: Finding) -> str:
    if not one.suggestion:
        return ""
    if one.start is None or one.end is None:
        # how a reply begins and ends is known; what else is missing has its place where a person puts it
        if one.code == "greeting":
            return f"{one.suggestion}\n\n{text.lstrip()}"
        if one.code == "closing":
            return f"{text.rstrip()}\n\n{one.suggestion}"
        return f"{text.rstrip()}{one.suggestion}" if one.code == "particle" else ""
    return text[: one.start] + one.suggestion + text[one.end :]

"""What the composer says of a reply's tone: of the text that the customer will read."""

from dataclasses import dataclass

from dragoman.core.accounts.models import Agent
from dragoman.core.conversations.actions.reply import Preview
from dragoman.core.conversations.actions.translation import scope_to
from dragoman.core.conversations.models import Conversation
from dragoman.core.language.manners import POLITE
from dragoman.core.language.tone.check import Finding, Situation
from dragoman.core.language.tone.voices import checked

MOST = 4  # findings shown at once, the gravest first


@dataclass(frozen=True)
class Remark:
    """One finding as it is shown: the words it is about, and the whole text with it mended ("" where a person must)."""

    finding: Finding
    words: str
    mended: str

    @property
    def is_fault(self) -> bool:
        """Say whether it would offend."""
        return self.finding.severity == "fault"


def remarks_on(conversation: Conversation, agent: Agent, preview: Preview | None) -> list[Remark]:
    """Return what a lead would mend in a reply, faults first; empty where there is nothing to read yet."""
    if preview is None or not preview.text:
        return []
    found = checked(
        preview.text,
        language=preview.target_language,
        scope=scope_to(conversation, agent),
        situation=Situation(channel=conversation.channel),
        wants_polite=conversation.customer.register == POLITE,
    )
    # words that nobody is to use are told with the other faults of the text
    return [_remark(preview.text, one) for one in found if one.code != "banned"][:MOST]


def _remark(text: str, one: Finding) -> Remark:
    if one.start is None or one.end is None:
        # a politeness word ends a reply; what else is missing has its place where a person puts it
        ended = f"{text.rstrip()}{one.suggestion}" if one.code == "particle" and one.suggestion else ""
        return Remark(one, "", ended)
    words = text[one.start : one.end]
    mended = text[: one.start] + one.suggestion + text[one.end :] if one.suggestion else ""
    return Remark(one, words, mended)

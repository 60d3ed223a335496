"""A text cut into sentences and put together again, by rules: where a line or a sentence ends in every script."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from dragoman.core.language.protect import spans
from dragoman.kit.tags import base

_END = re.compile(r"(?<=[.!?…؟])[\"'”’»)]*\s+|(?<=[。！？।])[」』）]*\s*")
# a polite particle and a blank end a Thai sentence
_THAI_END = re.compile(r"(?:(?<=ครับ)|(?<=ค่ะ)|(?<=คะ)|(?<=ค่า))\s+")
_SHORT = re.compile(
    r"(?:^|[\s(.])(?:[A-ZÄÖÜa-zäöüА-Я]|Nr|nr|Dr|Mr|Mrs|Ms|Prof|St|Str|ca|bzw|usw|evtl|inkl|zzgl|tel|Tel|No|no|np|tzn|"
    r"ul|r|itd|esim|mm|ym|jne|nn|p|pp|s|vs|etc|approx|M|Mme|Mlle|Sr|Sra|Srta|bijv|t\.a\.v|m\.fl|f\.eks|kl|lp|sk|ok)\.$"
)
_SPACELESS = ("th", "ja", "zh")
# languages whose sentences end without a sign, and whose sentences stand without a blank between them
_NO_STOP, _NO_GAP = {"th", "lo", "km", "my"}, {"ja", "zh"}
_STOPS = tuple(".!?…؟。！？।:")


@dataclass(frozen=True)
class Sentence:
    """A sentence and what stood in front of it."""

    gap: str
    text: str


def sentences_of(text: str, language: str) -> list[Sentence]:
    """Cut a text; joined again, gaps and texts and the trailing blanks left out are what it was."""
    found: list[Sentence] = []
    gap = ""
    for line in text.split("\n"):
        bare = line.strip()
        if not bare:
            gap += line + "\n"
            continue
        lead = line[: len(line) - len(line.lstrip())]
        gap += lead
        for piece in _cut(bare, language):
            found.append(Sentence(gap, piece.text) if not piece.gap else Sentence(piece.gap, piece.text))
            gap = ""
        gap = line[len(line.rstrip()) :] + "\n"
    return found


def _cut(line: str, language: str) -> list[Sentence]:
    held = spans(line, language=language) if "." in line else []
    ends = list(_END.finditer(line))
    if language.startswith("th"):
        ends = sorted([*ends, *_THAI_END.finditer(line)], key=lambda one: one.start())
    pieces: list[Sentence] = []
    start, gap = 0, ""
    for end in ends:
        text = line[start : end.start()] + end.group().rstrip()
        rest = line[end.end() :]
        within = any(one < end.end() - 1 and end.start() < other for one, other in held)
        if not rest or end.end() <= start or within or _SHORT.search(text) or rest[0].islower():
            continue
        pieces.append(Sentence(gap, text))
        gap = end.group()[len(end.group().rstrip()) :]
        start = end.end()
        if not gap:
            gap = _NOTHING
    if line[start:]:
        pieces.append(Sentence(gap, line[start:]))
    return pieces


# what stands between sentences that no blank parts; told from "nothing yet" by its sign
_NOTHING = "\u2060"


def joined(gaps: list[str], said: list[str], language: str) -> str:
    """Put sentences in a language together with the gaps of another's: blanks are as that language has them."""
    bare = language.startswith(("ja", "zh"))
    parts: list[str] = []
    for index, (gap, text) in enumerate(zip(gaps, said, strict=True)):
        if index and "\n" not in gap:
            gap = "" if bare else " "
        parts += [gap.replace(_NOTHING, ""), text]
    return "".join(parts)


def in_one(sentences: Sequence[str], language: str) -> str:
    """Return sentences as one text; what ends without a stop, a line of a list, does not run into the next."""
    spoken, between = base(language), ""
    text = ""
    for one in sentences:
        stands = spoken in _NO_STOP or one.rstrip("\"'”’»)」』）").endswith(_STOPS)
        text += between + one
        between = ("" if spoken in _NO_GAP else " ") if stands else "\n"
    return text

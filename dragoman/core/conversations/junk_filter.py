"""The learning filter: what a mail looks like (clues), and how much it looks like junk (Robinson's chi-square).

It is cautious: it says nothing before it has seen enough of both kinds, also in the language of the mail, because
otherwise every common word of a language that only junk came in so far would speak against the next customer.
"""

import math
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import QuerySet

from dragoman.core.accounts.queries import workspace_facts
from dragoman.core.language.detect import detect
from dragoman.ground.database.compiled import compiled
from dragoman.kit.text import fold
from dragoman.kit.tokens import document_tokens

from .models import JunkFilter

ENOUGH_JUNK, ENOUGH_GOOD, ENOUGH_IN_LANGUAGE = 5, 10, 3
THRESHOLD = 0.95
MOST_CLUES, MOST_SPEAKING, FEWEST_SPEAKING = 300, 60, 5
READ = 6000  # characters of a mail
# how strongly a clue that was rarely seen is held to mean nothing (Robinson's s and x)
_STRENGTH, _UNKNOWN = 0.45, 0.5
_LINK = re.compile(r"https?://([^\s/<>\"']{3,120})", re.IGNORECASE)
_PAID = re.compile(r"[$€£¥₿]")
LANGUAGE = "language:"


@dataclass(frozen=True)
class Text:
    """What the filter looks at; `doubts` are the words a chat's shield had for how it was written."""

    sender: str
    subject: str
    text: str
    doubts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Likeness:
    """How much a mail looks like junk, 0 to 1, and like how many of the junk mails seen at least."""

    score: float
    like: int


def clues_of(workspace_id: int, mail: Text) -> set[str]:
    """Return what is telling about a mail: words, pairs of letters where a script has no spaces, links, domains."""
    facts = workspace_facts(workspace_id)
    text = mail.text[:READ]
    seen = detect(f"{mail.subject}\n{text}", facts.languages, fallback="")
    found = {LANGUAGE + (seen.language if seen.certain else "?")}
    found.update(f"from:{part}" for part in _domains(mail.sender.rpartition("@")[2]))
    found.update(f"link:{fold(host)[:50]}" for host in _LINK.findall(text))
    found.update(f"doubt:{doubt}" for doubt in mail.doubts[:10])
    if _PAID.search(text):
        found.add("sign:money")
    for word, _place in document_tokens(mail.subject[:300], limit=60):
        if 1 < len(word) <= 40:
            found.add(f"subject:{word}")
    for word, _place in document_tokens(text, limit=800):
        if len(found) >= MOST_CLUES:
            break
        # numbers are new in every mail
        if 1 < len(word) <= 40 and not word.isdigit():
            found.add(word)
    return {clue.replace("\x00", "")[:60] for clue in found}


def _domains(domain: str) -> list[str]:
    """Return a domain and what it belongs to: `a.b.example` and `b.example`."""
    parts = domain.lower().split(".")
    return [".".join(parts[start:]) for start in range(max(1, len(parts) - 1))][:4]


def likeness_of(workspace_id: int, mail: Text) -> Likeness | None:
    """Return how much a mail looks like junk; None where the filter is off or has not seen enough."""
    known = next(iter(_filters(workspace_id)), None)
    if known is None or known.junk < ENOUGH_JUNK or known.good < ENOUGH_GOOD:
        return None
    clues = clues_of(workspace_id, mail)
    seen = counts_of(workspace_id, clues)
    language = next(clue for clue in clues if clue.startswith(LANGUAGE))
    if min(seen.get(language, (0, 0))) < ENOUGH_IN_LANGUAGE:
        return None
    return likeness(seen, junk=known.junk, good=known.good)


@compiled
def _filters(workspace_id: Any) -> QuerySet[JunkFilter]:
    return JunkFilter.objects.filter(workspace_id=workspace_id, active=True)


def counts_of(workspace_id: int, clues: Collection[str]) -> dict[str, tuple[int, int]]:
    """Return in how many junk and good conversations each known clue was seen."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT word, junk, good FROM conversations_junkword WHERE workspace_id = %s AND word = ANY(%s)",
            [workspace_id, list(clues)],
        )
        return {word: (junk, good) for word, junk, good in cursor.fetchall()}


def likeness(seen: Mapping[str, tuple[int, int]], *, junk: int, good: int) -> Likeness:
    """Combine clues by Fisher's method, as SpamBayes does; too few that speak at all say nothing (0.5)."""
    speaking = []
    for clue, (in_junk, in_good) in seen.items():
        if clue.startswith(LANGUAGE):
            continue
        chance = _chance(in_junk, in_good, junk=junk, good=good)
        if abs(chance - 0.5) >= 0.1:
            speaking.append((abs(chance - 0.5), in_junk, chance))
    speaking = sorted(speaking, reverse=True)[:MOST_SPEAKING]
    if len(speaking) < FEWEST_SPEAKING:
        return Likeness(0.5, 0)
    chances = [chance for _far, _times, chance in speaking]
    for_junk = 1 - _chi_square(-2 * sum(math.log(1 - chance) for chance in chances), 2 * len(chances))
    for_good = 1 - _chi_square(-2 * sum(math.log(chance) for chance in chances), 2 * len(chances))
    like = sorted((times for _far, times, chance in speaking if chance > 0.5), reverse=True)[:5]
    return Likeness((for_junk - for_good + 1) / 2, min(like, default=0))


def _chance(in_junk: int, in_good: int, *, junk: int, good: int) -> float:
    """Return the chance that a mail with this clue is junk, drawn to one half where it was rarely seen."""
    bad, fine = min(in_junk / junk, 1.0), min(in_good / good, 1.0)
    if not bad + fine:
        return _UNKNOWN
    times = in_junk + in_good
    return (_STRENGTH * _UNKNOWN + times * bad / (bad + fine)) / (_STRENGTH + times)


def _chi_square(value: float, degrees: int) -> float:
    """Return the chance that chi-square with an even number of degrees is at least `value`."""
    half = value / 2
    term = total = math.exp(-half)
    for step in range(1, degrees // 2):
        term *= half / step
        total += term
    return min(total, 1.0)

"""Whether a translation that a person wrote or changed still says what it must: numbers, addresses, dates, terms.

Engines are checked by what was masked for them (`protect.py`); people type freely, so that here a piece may come back
as it was, as the other language writes it, or by its digits.
"""

import re
from collections import Counter
from collections.abc import Sequence

from dragoman.core.language.glossary import term_faults
from dragoman.core.language.memory_shapes import said_of
from dragoman.core.language.protect import spans
from dragoman.core.language.scope import Scope
from dragoman.kit.text import lowered

# kinds of faults after which a translation is not sent before a person looked at it
HOLDING = frozenset(("lost", "number", "added", "term", "forbidden"))
_DIGITS = re.compile(r"\d+")


def holding(faults: Sequence[str]) -> tuple[str, ...]:
    """Return those faults that hold a translation: what is broken, not what is only doubtful."""
    return tuple(fault for fault in faults if fault.partition(":")[0] in HOLDING)


def pair_faults(text: str, said: str, *, source: str, target: str, scope: Scope) -> tuple[str, ...]:
    """Return `lost:<piece>` for each number, code, address or date of a text that its translation lacks, then the
    faults of `term_faults`."""
    lost: list[str] = []
    there = Counter(_numbers(said))
    plain = lowered(said)
    for start, end in spans(text, language=source):
        piece = text[start:end]
        digits = Counter(_numbers(piece))
        whole = lowered(piece) in plain or lowered(said_of(piece, source, target)) in plain
        if not whole and (not digits or digits - there):
            lost.append(f"lost:{piece}")
    return (*dict.fromkeys(lost), *term_faults(text, said, source=source, target=target, scope=scope))


def _numbers(text: str) -> list[str]:
    """Return the digits of a text, group by group, thousands joined."""
    plain = re.sub(r"(?<=\d)[ \u00a0\u202f.,'’](?=\d{3}(?!\d))", "", lowered(text))
    return [number.lstrip("0") or "0" for number in _DIGITS.findall(plain)]

"""Parcel numbers in what somebody wrote: those that nothing else is written like, spaces as people copy them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from .formats import Candidate, sure_carrier

# what stands right beside a number is no letter or figure of it; Thai and Han may
_EDGE: Final = r"(?<![A-Za-z0-9])"
_END: Final = r"(?![A-Za-z0-9])"
# items of the world's posts and UPS's are often copied in groups
_GROUPED: Final = re.compile(
    rf"{_EDGE}(?:[A-Za-z]{{2}}(?:[ ]?\d){{9}}[ ]?[A-Za-z]{{2}}|1[Zz](?:[ ]?[A-Za-z0-9]){{16}}){_END}"
)
_WHOLE: Final = re.compile(rf"{_EDGE}(?=[A-Za-z0-9]*\d{{5}})[A-Za-z0-9]{{11,40}}{_END}")


@dataclass(frozen=True)
class Spotted:
    """A parcel's number in a text, and whose it is."""

    start: int
    end: int
    candidate: Candidate


def sure_numbers(text: str) -> Iterator[Spotted]:
    """Yield the numbers of a text that are a parcel's whatever stands beside them; digits are ASCII there."""
    ends = 0
    grouped = [found for found in _GROUPED.finditer(text) if found]
    for found in sorted([*grouped, *_WHOLE.finditer(text)], key=lambda one: (one.start(), -one.end())):
        if found.start() < ends:
            continue
        candidate = sure_carrier(found.group())
        if candidate is not None:
            ends = found.end()
            yield Spotted(found.start(), found.end(), candidate)

"""One thing that a message names, and where."""

from dataclasses import dataclass

from dragoman.kit.tokens import SPACELESS

# What a number or a name is torn from by: a letter or figure of a script with spaces. Thai, Han, Kana and Hangul
# stand right beside figures.
GLUE = rf"[^\W_{SPACELESS}]"
GLUED = rf"\W_{SPACELESS}"  # inside a negated class


@dataclass(frozen=True)
class Entity:
    """A thing named: `type`, its place in code points, the text as written, and the value in one form for all.

    Values: an amount `EUR 49.90`, a date `2026-12-03` or `--12-03` without a year, a phone in E.164, an address in
    lower case, a number without blanks.
    """

    type: str
    start: int
    end: int
    text: str
    value: str

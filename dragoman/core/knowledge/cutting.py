"""An article's wording cut into the passages that are searched: a few sentences under one heading."""

from collections.abc import Iterator
from dataclasses import dataclass

from dragoman.core.language.sentences import sentences_of

from .reading import parts_for, passages_of

LONGEST = 500  # characters of a passage, unless one line is longer
_MOST = 400  # passages of one text
_MOST_SENTENCES = 12


@dataclass(frozen=True)
class Cut:
    """A passage: the heading it stands under, the anchor it is found at, its lines; `internal` is for the team."""

    heading: str
    anchor: str
    words: str
    internal: bool = False


def cuts_of(body: str) -> list[Cut]:
    """Return the passages of a Markdown body, those for the team at last."""
    public = [*_cut(body, internal=False)]
    said = {line for one in public for line in one.words.split("\n")}
    if parts_for(body, internal=True) == body:
        return public[:_MOST]
    team = [*_cut(body, internal=True)]
    hidden = []
    for one in team:
        lines = [line for line in one.words.split("\n") if line not in said]
        if lines:
            hidden.append(Cut(one.heading, one.anchor, "\n".join(lines), internal=True))
    return [*public, *hidden][:_MOST]


def _cut(body: str, *, internal: bool) -> Iterator[Cut]:
    for heading, anchor, words in passages_of(body, internal=internal):
        lines: list[str] = []
        size = 0
        for line in words.split("\n"):
            bare = line.strip()
            if not bare:
                continue
            if lines and size + len(bare) > LONGEST:
                yield Cut(heading, anchor, "\n".join(lines))
                lines, size = [], 0
            lines.append(bare)
            size += len(bare)
        if lines:
            yield Cut(heading, anchor, "\n".join(lines))


def sentences(words: str, language: str) -> list[str]:
    """Return the sentences of a passage, each as it stands there."""
    return [one.text for one in sentences_of(words, language) if one.text.strip()][:_MOST_SENTENCES]

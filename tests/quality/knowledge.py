"""Whether questions find their article, are answered by it, and whether the rest is declined: per language.

`sets/help` was written by other hands than the search, from facts alone; no question shares a word with its article's
title. `sets/help_tuning` is another shop, on which weights and thresholds were chosen.
"""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dragoman.core.knowledge.answering import SURE, said, sureness
from dragoman.core.knowledge.indexing import rows_of
from dragoman.core.knowledge.ranking import ranked
from dragoman.core.knowledge.search import Hit, Looked
from dragoman.core.knowledge.shelf import Line, Shelf, asking, shelved

SETS = Path(__file__).parent / "sets"
HELP, TUNING = "help", "help_tuning"
CROSSING = ("fi", "th", "ar", "ja", "pl")  # asked in these, answered from articles in English


@dataclass(frozen=True)
class Figures:
    """Shares: right article first, among the first three, answered from the right one, false answers, quotes that
    stand in their article."""

    language: str
    first: float
    third: float
    answered: float
    wrongly: float
    quotes: float


def languages(folder: str = HELP) -> list[str]:
    """Return the tags there are sets for."""
    return sorted(path.stem for path in (SETS / folder).glob("*.toml"))


def loaded(tag: str, folder: str = HELP) -> dict[str, Any]:
    """Return a set: `article` (key, title, body, questions) and `unanswerable`."""
    return tomllib.loads((SETS / folder / f"{tag}.toml").read_text("utf-8"))


def shelf_of(tag: str, articles: Sequence[Mapping[str, Any]], *, stored: int = 0) -> Shelf:
    """Put articles on a shelf, each with so many of its questions stored."""
    lines = [
        Line(
            1000 * place + at, place, place, "", None, row.internal, row.is_question,
            one["title"], row.heading, row.anchor, row.words, row.marks, row.vectors,
        )
        for place, one in enumerate(articles)
        for at, row in enumerate(rows_of(one["title"], one["body"], tag, one["questions"][:stored]))
    ]  # fmt: skip
    return shelved(tag, lines)


def looked(shelf: Shelf, words: str, tag: str) -> Looked:
    """Compare a question with a shelf as the search does."""
    question = asking(words, tag)
    here = ranked(shelf, question)
    hits = [Hit(shelf, here, row, float(here.scores[row]), False) for row in range(len(shelf))]
    return Looked(question, tag, sorted(hits, key=lambda one: -one.score))


def figures(shelf: Shelf, told: Mapping[str, Any], tag: str, *, stored: int = 0) -> Figures:
    """Ask everything of a set that is not stored."""
    ranks, answered, standing, quoted = [], 0, 0, 0
    asked = [
        (place, words) for place, one in enumerate(told["article"]) for words in one["questions"][stored:]
    ]
    for place, words in asked:
        found = looked(shelf, words, tag)
        order = [one.shelf.texts[one.row] for one in found.hits]
        ranks.append(order.index(place))
        if sureness(found) >= SURE:
            answered += order[0] == place
            for _line, sentence in said(found.hits[0], found.question):
                quoted += 1
                standing += stands(sentence, shelf, found.hits[0].row)
    false = sum(sureness(looked(shelf, words, tag)) >= SURE for words in told["unanswerable"])
    return Figures(
        tag,
        sum(rank == 0 for rank in ranks) / len(ranks),
        sum(rank < 3 for rank in ranks) / len(ranks),
        answered / len(ranks),
        false / len(told["unanswerable"]),
        standing / max(1, quoted),
    )


def stands(sentence: str, shelf: Shelf, row: int) -> bool:
    """Say whether a sentence stands word for word in a text."""
    return any(
        sentence in line.words
        for line, place in zip(shelf.lines, shelf.line_text, strict=True)
        if place == row
    )


def by_language(folder: str = HELP, *, stored: int = 0) -> Iterator[Figures]:
    """Yield the figures of each language."""
    for tag in languages(folder):
        told = loaded(tag, folder)
        yield figures(shelf_of(tag, told["article"], stored=stored), told, tag, stored=stored)


def across(folder: str = HELP) -> Iterator[Figures]:
    """Yield the figures of questions in a language with articles in English alone."""
    english = loaded("en", folder)
    keys = [one["key"] for one in english["article"]]
    shelf = shelf_of("en", english["article"])
    for tag in CROSSING:
        told = loaded(tag, folder)
        by_key = {one["key"]: one for one in told["article"]}
        asked = {"article": [by_key[key] for key in keys], "unanswerable": told["unanswerable"]}
        yield figures(shelf, asked, tag)


def tables() -> Iterator[tuple[str, list[str], list[tuple[object, ...]]]]:
    """Title, heads and rows of each table."""
    heads = ["language", "right first", "in first 3", "answered", "false answers", "quotes that stand"]
    for title, found in (
        ("Help centre: questions in other words than the titles, no question stored", by_language()),
        ("Help centre: two of four questions stored, the other two asked", by_language(stored=2)),
        ("Help centre: asked in a language, articles in English only", across()),
    ):
        yield title, heads, _rows([*found])


def _rows(found: Sequence[Figures]) -> list[tuple[object, ...]]:
    rows = [(one.language, one.first, one.third, one.answered, one.wrongly, one.quotes) for one in found]
    mean = tuple(sum(row[at] for row in rows) / len(rows) for at in range(1, 6))  # type: ignore[misc]
    return [(name, *(f"{value:.3f}" for value in values)) for name, *values in [*rows, ("mean", *mean)]]

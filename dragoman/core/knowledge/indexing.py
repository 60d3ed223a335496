"""What is kept of a wording so that it is found: passages and questions with their marks and meanings. No database."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from dragoman.core.language import meaning

from .cutting import Cut, cuts_of, sentences
from .meant import packed_vectors
from .seen import packed, seen, unpacked


@dataclass(frozen=True)
class Row:
    """One passage or question as it is kept."""

    heading: str
    anchor: str
    words: str
    internal: bool
    is_question: bool
    marks: bytes
    vectors: bytes


def rows_of(
    title: str, body: str, language: str, questions: Sequence[str] = (), *, with_meaning: bool = True
) -> list[Row]:
    """Return what is kept of a wording in a language and of the questions it answers."""
    cuts = cuts_of(body) or [Cut("", "", title)]
    lined = [(one, headed(title, one)) for one in cuts]
    vectors = (
        _vectors(title, lined, questions, language) if with_meaning else [b""] * (len(cuts) + len(questions))
    )
    rows = [
        Row(
            one.heading,
            one.anchor,
            one.words,
            one.internal,
            False,
            # the title counts once more where the article begins
            packed(seen(f"{title}\n{text}" if at == 0 else f"{one.heading}\n{one.words}", language)),
            vectors[at],
        )
        for at, (one, text) in enumerate(lined)
    ]
    rows += [
        Row("", "", words, False, True, packed(seen(words, language)), vectors[len(cuts) + at])
        for at, words in enumerate(questions)
    ]
    return rows


def headed(title: str, cut: Cut) -> str:
    """Return a passage with what stands above it, as it is understood."""
    return "\n".join(part for part in (title, cut.heading, cut.words) if part)


def _vectors(
    title: str, lined: Sequence[tuple[Cut, str]], questions: Sequence[str], language: str
) -> list[bytes]:
    """Return the meanings of each passage and its sentences (after the title's), and of each question."""
    encoder = meaning.encoder()
    if encoder is None:
        return [b""] * (len(lined) + len(questions))
    said = [sentences(one.words, language) for one, _text in lined]
    texts = [title]
    for (_one, text), each in zip(lined, said, strict=True):
        texts += [text, *each]
    rows = encoder.passages(texts)
    found, at = [], 1
    for each in said:
        end = at + 1 + len(each)
        found.append(packed_vectors(np.concatenate([rows[at : at + 1], rows[:1], rows[at + 1 : end]])))
        at = end
    asked = encoder.questions(questions) if questions else rows[:0]
    return [*found, *(packed_vectors(row[None]) for row in asked)]


def lexemes_of(marks: bytes, workspace_id: int, language: str) -> str:
    """Return the words and concepts of a passage, and where it stands, as the database is asked for them (tsvector)."""
    found = unpacked(marks)
    tokens = [lexeme(int(one)) for family in ("words", "concepts") for one in found[family]["id"]]
    return " ".join([f"'{workspace_id}={language}'", *tokens])


def lexeme(number: int) -> str:
    """Return a token's number as the database keeps it."""
    return f"{number:x}"

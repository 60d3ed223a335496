"""Finding articles: the passage that says it, in the reader's language first, else in one they may read."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np

from dragoman.core.accounts.queries import brands_of, workspace_facts
from dragoman.core.language.detect import detect
from dragoman.kit.tags import match, same

from .holding import Held, held, shelf_of
from .meant import Floats
from .models import ArticleText
from .queries import texts_of
from .ranking import Ranked, ranked
from .seen import FAMILIES, number_of, seen
from .shelf import Asking, Line, Shelf, asking

# what must speak for a text: a share of the question's words or concepts, or a meaning as near as this
_SHARED, _NEAR = 0.08, 0.85
_SHELVES = 4  # languages that are looked through for one question
_FALLBACK = 0.3  # how much a text in another language is behind one in the language asked in


@dataclass(frozen=True)
class Asked:
    """What somebody looks for, who may read what. `language` is BCP 47 ("": told from the words), `market` ISO 3166-1.

    `internal` reads what is for the team as well; `brand_id` None reads all brands.
    """

    words: str
    language: str = ""
    market: str = ""
    brand_id: int | None = None
    internal: bool = False
    limit: int = 10


@dataclass(frozen=True)
class Found:
    """A text that was found: the passage that says it, its heading and anchor; `fallback`: another language."""

    text: ArticleText
    title: str
    passage: str
    heading: str
    anchor: str
    score: float
    fallback: bool


@dataclass
class Hit:
    """A text that was compared: its row on its shelf, with the shelf's ranking."""

    shelf: Shelf
    here: Ranked
    row: int
    score: float
    fallback: bool


@dataclass
class Looked:
    """What a question was compared with, the best first."""

    question: Asking
    language: str
    hits: list[Hit] = field(default_factory=list)

    @property
    def scores(self) -> Floats:
        """Return the scores of all hits."""
        return np.array([one.score for one in self.hits], np.float32)


def search(workspace_id: int, asked: Asked) -> Sequence[Found]:
    """Return the texts that fit what is looked for, the best first."""
    return found_in(workspace_id, look(workspace_id, asked), limit=asked.limit)


def found_in(workspace_id: int, looked: Looked, *, limit: int) -> Sequence[Found]:
    """Return what fits of all that a question was compared with, the best first."""
    hits = [one for one in looked.hits if _fits(one)][: max(1, min(limit, 100))]
    texts = texts_of(workspace_id).in_bulk([one.shelf.texts[one.row] for one in hits])
    found = []
    for one in hits:
        text = texts.get(one.shelf.texts[one.row])
        if text is None or text.live is None:
            continue
        line = best_line(one, looked.question)
        found.append(
            Found(
                text,
                text.live.title,
                line.words,
                line.heading,
                line.anchor,
                round(one.score, 4),
                one.fallback,
            )
        )
    return found


def _fits(hit: Hit) -> bool:
    """Say whether anything at all speaks for a text: a list of everything is no answer to nonsense."""
    found = {name: float(values[hit.row]) for name, values in hit.here.found.items()}
    shared = found["words_share"] + found["concepts_share"] > _SHARED or found["grams_share"] > 2 * _SHARED
    return shared or found.get("part", 0.0) > _NEAR or found.get("asked", 0.0) > _NEAR


def look(workspace_id: int, asked: Asked) -> Looked:
    """Compare a question with all texts its asker may read."""
    here = held(workspace_id)
    language = _language(workspace_id, asked, here)
    question = asking(asked.words, language)
    looked = Looked(question, language)
    if not asked.words.strip() or not here.passages:
        return looked
    seen: set[int] = set()
    own = match(language, here.passages)
    for tag in _tags(workspace_id, asked, here, own):
        shelf = shelf_of(workspace_id, here, tag, internal=asked.internal, question=question, own=tag == own)
        rows = [row for row in _readable(shelf, asked) if int(shelf.articles[row]) not in seen]
        if not rows:
            continue
        synonyms = _synonyms(here, tag, asked.brand_id)
        scored = ranked(shelf, question, synonyms)
        fallback = not same(tag, language)
        for row in rows:
            score = float(scored.scores[row]) - (_FALLBACK if fallback else 0.0)
            looked.hits.append(Hit(shelf, scored, row, score, fallback))
        seen |= {int(shelf.articles[row]) for row in rows}
    looked.hits.sort(key=lambda one: -one.score)
    return looked


def _language(workspace_id: int, asked: Asked, here: Held) -> str:
    """Return the language asked in, told from the words where nobody says it."""
    if asked.language:
        return asked.language
    usual = workspace_facts(workspace_id).language
    return detect(asked.words, [*here.passages] or [usual], fallback=usual).language or usual


def _tags(workspace_id: int, asked: Asked, here: Held, own: str | None) -> list[str]:
    """Return the languages to look through: the reader's, the brand's, the team's, then those with most in them."""
    chain: list[str | None] = [own]
    if asked.brand_id is not None:
        brand = brands_of(workspace_id).filter(pk=asked.brand_id).first()
        chain.append(match(brand.language, here.passages) if brand else None)
    chain.append(match(workspace_facts(workspace_id).language, here.passages))
    most = sorted(here.passages, key=lambda tag: (-here.passages[tag], tag))
    return [*dict.fromkeys(tag for tag in [*chain, *most] if tag)][:_SHELVES]


def _readable(shelf: Shelf, asked: Asked) -> Iterator[int]:
    """Yield the rows of the texts that a reader may see: their brand's or of all, their market's first."""
    first: dict[int, Line] = {}
    for at, line in enumerate(shelf.lines):
        first.setdefault(int(shelf.line_text[at]), line)
    special = {line.article_id for line in first.values() if line.market and line.market == asked.market}
    for row, line in first.items():
        if asked.brand_id is not None and line.brand_id not in (None, asked.brand_id):
            continue
        if line.market != (asked.market if line.article_id in special else ""):
            continue
        yield row


def _synonyms(here: Held, language: str, brand_id: int | None) -> tuple[tuple[str, ...], ...]:
    found: tuple[tuple[str, ...], ...] = ()
    for (tag, brand), words in here.synonyms.items():
        if same(tag, language) and (brand is None or brand == brand_id):
            found += words
    return found


def best_line(hit: Hit, question: Asking) -> Line:
    """Return the passage of a text that fits a question best."""
    return lines_of(hit, question)[0][0]


def lines_of(hit: Hit, question: Asking) -> list[tuple[Line, float]]:
    """Return the passages of a text with how well each fits, the best first."""
    shelf = hit.shelf
    places = [int(at) for at in np.flatnonzero(shelf.line_text == hit.row) if not shelf.lines[at].is_question]
    scored = [(shelf.lines[at], _fit(shelf, at, question)) for at in places]
    return sorted(scored, key=lambda one: -one[1])


def _fit(shelf: Shelf, at: int, question: Asking) -> float:
    line = shelf.lines[at]
    value = share_of(f"{line.heading} {line.words}", question, shelf.language)
    if question.meaning is not None and len(shelf.meanings.parts):
        near = [float(row @ question.meaning) for row in shelf.meanings.parts.of(at)]
        near += [float(row @ question.meaning) for row in shelf.meanings.sayings.of(at)[1:]]
        value += 20 * (max(near, default=0.8) - 0.8)
    return value


def share_of(words: str, question: Asking, language: str) -> float:
    """Return which share of a question's tokens, by their rarity, stands in some words: between 0 and 2."""
    from_words = marks_of(words, language)
    total = 0.0
    for family in ("grams", "concepts"):
        tokens = question.tokens[family]
        whole = sum(tokens.values())
        if whole:
            total += sum(worth for token, worth in tokens.items() if token in from_words[family]) / whole
    return total


def marks_of(words: str, language: str) -> dict[str, frozenset[int]]:
    """Return the numbers of the tokens of some words."""
    found = seen(words, language)
    return {family: frozenset(number_of(family, token) for token in found.of(family)) for family in FAMILIES}

"""The passages of one language in memory, ready to be compared with a question.

A text is looked up by its tokens (words, n-grams, concepts) and by what its passages, sentences and stored questions
mean. What comes out are features between 0 and 1 per text; `ranking.py` says what they are worth.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

from dragoman.core.language import meaning
from dragoman.core.language.understand import chances_of
from dragoman.core.language.word_forms import COMPOUNDING, SHORTEST_PART
from dragoman.kit.tags import base
from dragoman.kit.tokens import Piece, pieces_of

from . import learned
from .meant import Floats, Meanings, Numbers, meanings_of
from .seen import FAMILIES, number_of, parts_of, seen, unpacked, word_tokens

_K, _B = 1.2, 0.5  # BM25: how soon a repeated token is enough, how much long texts are held back
_TYPO, _PART, _SYNONYM = 0.75, 0.6, 0.9  # what a token counts that is not the one typed
_ALMOST = 0.75  # of the letters must be right
_TYPED = 5  # letters of a word that may be mistyped
_ROOM = 300  # tokens of a question
_VOCABULARY = 5_000  # passages whose words are kept for typos
_QUESTION = 2_000  # characters of one: what somebody wants is said by then


@dataclass(frozen=True)
class Line:
    """A passage as the shelf keeps it."""

    passage_id: int
    text_id: int
    article_id: int
    market: str
    brand_id: int | None
    internal: bool
    is_question: bool
    title: str
    heading: str
    anchor: str
    words: str
    marks: bytes
    vectors: bytes

    @property
    def key(self) -> tuple[int, bool]:
        """Return what names it, and whether its meaning is known: a passage never changes, but for that."""
        return self.passage_id, bool(self.vectors)


@dataclass(frozen=True)
class Asking:
    """A question made ready: its tokens with what each counts, what it means, its topics."""

    words: str
    language: str
    tokens: Mapping[str, Mapping[int, float]]
    meaning: Floats | None
    topics: Floats | None
    purposes: Floats | None
    matched: Floats | None


@dataclass
class _Postings:
    """Where tokens stand: texts and weights, one token after the other in the order of their numbers."""

    ids: NDArray[np.uint32]
    texts: NDArray[np.int32]
    worth: Floats

    def of(self, token: int) -> slice:
        """Return where a token's texts stand."""
        wanted = np.uint32(token)
        return slice(
            int(np.searchsorted(self.ids, wanted)), int(np.searchsorted(self.ids, wanted, side="right"))
        )


@dataclass
class Shelf:
    """All texts of a language in a workspace that some reader may see."""

    language: str
    texts: list[int]  # ids of texts, in the order of the rows
    articles: Numbers
    lines: list[Line]
    line_text: Numbers  # the row of each line's text
    postings: dict[str, _Postings] = field(default_factory=dict)
    meanings: Meanings = field(default_factory=Meanings)
    vocabulary: frozenset[str] = frozenset()

    def __len__(self) -> int:
        return len(self.texts)


def shelved(
    language: str, lines: Sequence[Line], before: Shelf | None = None, *, with_words: bool = True
) -> Shelf:
    """Put passages on a shelf; what one `before` knows of the same passages is not worked out again.

    Without its words a shelf mends no typing errors and opens no compounds: reading them takes longest.
    """
    place: dict[int, int] = {}
    articles: list[int] = []
    for one in lines:
        if one.text_id not in place:
            place[one.text_id] = len(place)
            articles.append(one.article_id)
    rows = np.array([place[one.text_id] for one in lines], np.int64)
    shelf = Shelf(language, list(place), np.array(articles, np.int64), list(lines), rows)
    marks = [unpacked(one.marks) for one in lines]
    for family in FAMILIES:
        shelf.postings[family] = _postings([one[family] for one in marks], rows, len(place))
    before = before or Shelf(language, [], np.zeros(0, np.int64), [], np.zeros(0, np.int64))
    now = {one.key: at for at, one in enumerate(lines)}
    stayed = np.array([now.get(one.key, -1) for one in before.lines], np.int64)
    known = {one.key for one in before.lines}
    fresh = [(at, one) for at, one in enumerate(lines) if one.key not in known]
    more = meanings_of([(at, one.is_question, one.vectors) for at, one in fresh])
    shelf.meanings = before.meanings.moved(stayed).and_more(more)
    if with_words and (base(language) in COMPOUNDING or len(lines) <= _VOCABULARY):
        # a word that stands nowhere any more leads nowhere
        shelf.vocabulary = before.vocabulary | _words_of(one for _at, one in fresh)
    return shelf


def _words_of(lines: Iterable[Line]) -> frozenset[str]:
    return frozenset(
        piece.text
        for one in lines
        for piece in pieces_of(f"{one.title} {one.heading} {one.words}")
        if not piece.is_run and len(piece.text) >= SHORTEST_PART
    )


def _postings(marks: Sequence[NDArray[np.void]], rows: Numbers, count: int) -> _Postings:
    """Add up what the lines of each text have, and weigh it."""
    sizes = [len(one) for one in marks]
    if not sum(sizes):
        return _Postings(np.zeros(0, np.uint32), np.zeros(0, np.int32), np.zeros(0, np.float32))
    ids = np.concatenate([one["id"] for one in marks]).astype(np.uint64)
    times = np.concatenate([one["times"] for one in marks]).astype(np.float32)
    keys = (ids << np.uint64(32)) | np.repeat(rows, sizes).astype(np.uint64)
    unique, place = np.unique(keys, return_inverse=True)
    total = np.bincount(place, times).astype(np.float32)
    texts = (unique & np.uint64(0xFFFFFFFF)).astype(np.int32)
    length = np.bincount(texts, total, count).astype(np.float32)
    even = 1 - _B + _B * length / max(1e-6, float(length.mean()))
    worth = total * (_K + 1) / (total + _K * even[texts])
    return _Postings((unique >> np.uint64(32)).astype(np.uint32), texts, worth.astype(np.float32))


def asking(words: str, language: str) -> Asking:
    """Make a question ready, whatever it is compared with."""
    words = words[:_QUESTION]
    found = seen(words, language)
    tokens: dict[str, dict[int, float]] = {}
    for family in FAMILIES:
        ids = [number_of(family, token) for token in found.of(family)][:_ROOM]
        tokens[family] = dict(zip(ids, map(float, learned.rarity(language, family, ids)), strict=True))
    encoder = meaning.encoder() if words.strip() else None
    if encoder is None:
        return Asking(words, language, tokens, None, None, None, None)
    row = encoder.questions([words])[0]
    told = chances_of(words, language)["intent"]
    purposes = np.sqrt(np.array([told.get(name, 0.0) for name in learned.PURPOSES], np.float32))
    matched = learned.as_asked(row[None])[0]
    return Asking(words, language, tokens, row, learned.topics_of(row), purposes, matched)


def features(shelf: Shelf, question: Asking, synonyms: Iterable[Sequence[str]] = ()) -> dict[str, Floats]:
    """Return, by name, a number for each text of a shelf."""
    count = len(shelf)
    found: dict[str, Floats] = {}
    for family in FAMILIES:
        tokens = dict(question.tokens[family])
        if family == "words":
            tokens |= _also(shelf, question, synonyms)
        found[family], found[f"{family}_share"] = _covered(shelf.postings[family], tokens, count)
    parts, sayings, asked = shelf.meanings.parts, shelf.meanings.sayings, shelf.meanings.asked
    if question.meaning is not None and len(parts):
        assert question.topics is not None
        assert question.purposes is not None
        assert question.matched is not None
        rows, said = shelf.line_text[parts.lines], shelf.line_text[sayings.lines]
        found["part"] = _best(parts.rows @ question.meaning, rows, count)
        found["saying"] = _best(sayings.rows @ question.meaning, said, count)
        found["topic"] = _best(parts.topics @ question.topics, rows, count)
        found["purpose"] = _best(parts.purposes @ question.purposes, rows, count)
        found["match"] = _best(parts.matched @ question.matched, rows, count)
        found["match_saying"] = _best(sayings.matched @ question.matched, said, count)
    if question.meaning is not None and len(asked):
        assert question.matched is not None
        rows = shelf.line_text[asked.lines]
        found["asked"] = _best(asked.rows @ question.meaning, rows, count)
        found["asked_match"] = _best(asked.matched @ question.matched, rows, count)
    return found


def _covered(postings: _Postings, tokens: Mapping[int, float], count: int) -> tuple[Floats, Floats]:
    """Return what each text has of a question (BM25), and which share of the question's weight that is."""
    score, part = np.zeros(count, np.float32), np.zeros(count, np.float32)
    whole = 1e-6
    for token, rare in tokens.items():
        here = postings.of(token)
        having = here.stop - here.start
        weight = rare * float(np.log(1 + (count - having + 0.5) / (having + 0.5)))
        whole += weight
        if having:
            texts, worth = postings.texts[here], postings.worth[here]
            score[texts] += weight * worth
            part[texts] += weight * np.minimum(worth, 1)
    return np.log1p(score), part / np.float32(whole)


def _best(near: Floats, rows: Numbers, count: int) -> Floats:
    """Return the best value of each text."""
    found = np.full(count, -1, np.float32)
    np.maximum.at(found, rows, near)
    return found


def _also(shelf: Shelf, question: Asking, synonyms: Iterable[Sequence[str]]) -> dict[int, float]:
    """Return the words that are as good as those of a question: right spellings, parts of compounds, synonyms."""
    more: dict[int, float] = {}

    def add(word: str, worth: float) -> None:
        for piece in pieces_of(word):
            for token in word_tokens(piece, shelf.language):
                more.setdefault(number_of("words", token), worth)

    pieces = [one for one in pieces_of(question.words) if not one.is_run][:60]
    for piece in pieces:
        for part in parts_of(piece.text, shelf.language, shelf.vocabulary):
            add(part, _PART)
        if _is_unknown(shelf, piece):
            for word in _spellings(piece.text, shelf.vocabulary):
                add(word, _TYPO)
    folded = {one.text for one in pieces}
    for words in synonyms:
        said = [{one.text for one in pieces_of(word)} for word in words]
        if any(one and one <= folded for one in said):
            for word in words:
                add(word, _SYNONYM)
    return {token: worth for token, worth in more.items() if token not in question.tokens["words"]}


def _is_unknown(shelf: Shelf, piece: Piece) -> bool:
    if len(piece.text) < _TYPED or not piece.text.isalpha() or piece.text in shelf.vocabulary:
        return False
    postings = shelf.postings["words"]
    here = [postings.of(number_of("words", token)) for token in word_tokens(piece, shelf.language)]
    return all(one.start == one.stop for one in here)


def _spellings(word: str, vocabulary: frozenset[str]) -> list[str]:
    most = int(len(word) * (1 - _ALMOST)) or 1
    near = process.extract(
        word, vocabulary, scorer=DamerauLevenshtein.distance, score_cutoff=min(most, 2), limit=2
    )
    return [found for found, _distance, _key in near]

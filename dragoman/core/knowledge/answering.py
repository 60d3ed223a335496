"""Answering with what an article says, word for word, or declining: nothing is made up, whatever is asked."""

from collections.abc import Sequence
from dataclasses import dataclass

from dragoman.core.accounts.models import Brand
from dragoman.core.accounts.queries import brands_of
from dragoman.core.language.sentences import in_one

from .addresses import help_path
from .cutting import sentences
from .models import ArticleText
from .queries import texts_of
from .ranking import confidence, evidence
from .search import Asked, Found, Hit, Looked, found_in, lines_of, look, share_of
from .shelf import Asking, Line

# chances that the best text answers, from which on it is
SURE = 0.75  # given as the answer: on the tuning sets 2 % of what no article answers are, mostly near it
LIKELY = 0.4  # offered unasked, while somebody writes
FAIR = 0.15  # shown though it holds none of the words
GUESS = 0.06  # more than a guess
_MOST = 3  # sentences of an answer
_LONGEST = 600  # characters of an answer, unless one sentence is longer
_CLOSE = 0.8  # how much worse a further sentence may fit than the best one
_NEXT = 0.35  # what a sentence gains that goes on from the best one


@dataclass(frozen=True)
class Cited:
    """A sentence of an answer, and the place of the source it stands in."""

    text: str
    source: int


@dataclass(frozen=True)
class Source:
    """Where a sentence stands: the article and its text, the path it is read at, the words quoted."""

    article_id: int
    key: str
    title: str
    path: str
    heading: str
    quote: str
    language: str


@dataclass(frozen=True)
class Answer:
    """What an article says to a question, or nothing (`declined`). `confidence` is the chance that it answers.

    `language` is the answer's; `fallback` where that is not the one asked in.
    """

    sentences: Sequence[Cited]
    declined: bool
    confidence: float
    language: str
    fallback: bool
    sources: Sequence[Source]

    @property
    def text(self) -> str:
        """Return its sentences as one text, "" where there is none."""
        return in_one([one.text for one in self.sentences], self.language)


@dataclass(frozen=True)
class Consulted:
    """What fits a question, the best first, and what answers it."""

    found: Sequence[Found]
    answer: Answer


def answer(workspace_id: int, asked: Asked) -> Answer:
    """Return the sentences of the article that answers a question; declined where none surely does."""
    return _answered(workspace_id, look(workspace_id, asked), asked.brand_id)


def consult(workspace_id: int, asked: Asked) -> Consulted:
    """Return both what fits and the answer, comparing once: for whoever shows one beside the other."""
    looked = look(workspace_id, asked)
    found = found_in(workspace_id, looked, limit=asked.limit)
    return Consulted(found, _answered(workspace_id, looked, asked.brand_id))


def _answered(workspace_id: int, looked: Looked, brand_id: int | None) -> Answer:
    if not looked.hits:
        return Answer([], True, 0.0, looked.language, False, [])
    best = looked.hits[0]
    sure = sureness(looked)
    text = texts_of(workspace_id).filter(pk=best.shelf.texts[best.row], live__isnull=False).first()
    if sure < SURE or text is None or text.live is None:
        return Answer([], True, round(sure, 3), looked.language, False, [])
    chosen = said(best, looked.question)
    sources: list[Source] = []
    cited: list[Cited] = []
    brand = _brand(workspace_id, text, brand_id)
    for line, words in chosen:
        place = next((at for at, one in enumerate(sources) if one.heading == line.heading), len(sources))
        if place == len(sources):
            sources.append(_source(text, line, words, brand))
        cited.append(Cited(words, place))
    return Answer(cited, False, round(sure, 3), text.language, best.fallback, sources)


def sureness(looked: Looked) -> float:
    """Return the chance that the best text answers."""
    best = looked.hits[0]
    told = evidence(best.here, best.row, looked.question, looked.scores)
    return confidence(told, has_meaning=best.here.has_meaning)


def said(hit: Hit, question: Asking) -> list[tuple[Line, str]]:
    """Return the sentences that answer, each with its passage, in the order in which they stand in the article."""
    lines = lines_of(hit, question)
    by_place = {line.passage_id: at for at, line in enumerate(hit.shelf.lines)}
    scored: list[tuple[float, int, int, Line, str]] = []
    for line, value in lines[:4]:
        place = by_place[line.passage_id]
        near = _near(hit, place, question)
        for at, words in enumerate(sentences(line.words, hit.shelf.language)):
            fit = share_of(words, question, hit.shelf.language) + 20 * (near.get(at, 0.8) - 0.8) + value / 4
            scored.append((fit, place, at, line, words))
    scored.sort(key=lambda one: -one[0])
    best = scored[0]
    kept = [best]
    size = len(best[4])
    for one in scored[1:]:
        goes_on = one[1] == best[1] and one[2] == best[2] + 1
        fit = one[0] + (_NEXT if goes_on else 0) + (1 if goes_on and best[4].endswith((":", "：")) else 0)
        if len(kept) < _MOST and fit >= best[0] - _CLOSE and size + len(one[4]) <= _LONGEST:
            kept.append(one)
            size += len(one[4])
    return [(line, words) for _fit, _place, _at, line, words in sorted(kept, key=lambda one: one[1:3])]


def _near(hit: Hit, place: int, question: Asking) -> dict[int, float]:
    """Return how near in meaning each sentence of a passage is to the question; the title's comes before them."""
    if question.meaning is None:
        return {}
    rows = hit.shelf.meanings.sayings.of(place)
    return {at: float(row @ question.meaning) for at, row in enumerate(rows[1:])}


def _brand(workspace_id: int, text: ArticleText, brand_id: int | None) -> Brand | None:
    brands = list(brands_of(workspace_id).order_by("pk"))
    wanted = text.article.brand_id or brand_id
    return next((one for one in brands if one.pk == wanted), brands[0] if brands else None)


def _source(text: ArticleText, line: Line, words: str, brand: Brand | None) -> Source:
    path = help_path(brand.slug, text.language, text.article.key, market=text.market) if brand else ""
    if line.anchor:
        path = f"{path}#{line.anchor}"
    return Source(text.article_id, text.article.key, line.title, path, line.heading, words, text.language)

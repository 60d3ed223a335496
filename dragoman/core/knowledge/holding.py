"""The shelves that this process holds in memory, read anew when the index of their workspace changed.

A language with more than `MOST` passages is not held: its candidates are taken from the database by their rarest words.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from django.db import connection
from django.db.models import Q, QuerySet

from dragoman.kit.memo import Memo

from .indexing import lexeme
from .models import IndexState, Passage, Synonym
from .shelf import Asking, Line, Shelf, shelved

MOST = 6_000  # passages of a language held in memory
# passages that are compared of a language with more, and where it is not the reader's
_CANDIDATES, _FEWER = 80, 20
_HITS = 100  # passages that are read for a word, and for a pair of usual ones
_TOKENS = 10  # words and concepts of a question that are looked up, the rarest


@dataclass(frozen=True)
class Held:
    """What a workspace's index holds: passages by language, words that mean the same by (language, brand).

    Passages are counted up to one more than `MOST`.
    """

    number: int
    passages: dict[str, int]
    synonyms: dict[tuple[str, int | None], tuple[tuple[str, ...], ...]]


_held: Memo[tuple[int, int], Held] = Memo(seconds=3600, size=500)
# by workspace, language and whether internal ones are among them: the number of the index they are of
_shelves: Memo[tuple[int, str, bool], tuple[int, Shelf]] = Memo(seconds=3600, size=200)


def held(workspace_id: int) -> Held:
    """Return what the index of a workspace holds now."""
    number = (
        IndexState.objects.filter(workspace_id=workspace_id).values_list("number", flat=True).first() or 0
    )
    found = _held.get((workspace_id, number), lambda: _read(workspace_id, number))
    assert found is not None
    return found


def _read(workspace_id: int, number: int) -> Held:
    passages = {tag: _count(workspace_id, tag) for tag in _languages(workspace_id)}
    synonyms: dict[tuple[str, int | None], list[tuple[str, ...]]] = {}
    for language, brand_id, words in Synonym.objects.filter(workspace_id=workspace_id).values_list(
        "language", "brand_id", "words"
    ):
        synonyms.setdefault((language, brand_id), []).append(tuple(map(str, words)))
    return Held(number, passages, {key: tuple(words) for key, words in synonyms.items()})


def _languages(workspace_id: int) -> Iterator[str]:
    """Yield the languages of an index, one step along it for each: counting all its rows would take long."""
    tags = (
        Passage.objects.filter(workspace_id=workspace_id)
        .order_by("language")
        .values_list("language", flat=True)
    )
    tag = tags.first()
    while tag is not None:
        yield tag
        tag = tags.filter(language__gt=tag).first()


def _count(workspace_id: int, language: str) -> int:
    """Return how many passages a language has, up to one more than are held."""
    return Passage.objects.filter(workspace_id=workspace_id, language=language)[: MOST + 1].count()


def shelf_of(
    workspace_id: int, here: Held, language: str, *, internal: bool, question: Asking, own: bool = True
) -> Shelf:
    """Return the passages of a language, or of a large one those that may answer; `own`: it is the reader's."""
    if here.passages.get(language, 0) > MOST:
        most = _CANDIDATES if own else _FEWER
        return _candidates(workspace_id, language, internal=internal, question=question, most=most)
    place = (workspace_id, language, internal)
    number, before = _shelves.peek(place) or (None, None)
    if before is not None and number == here.number:
        return before
    rows = _rows(workspace_id, language, internal=internal)
    found = shelved(language, _renewed(rows, before), before)
    _shelves.put(place, (here.number, found))
    return found


def _rows(workspace_id: int, language: str, *, internal: bool) -> QuerySet[Passage]:
    rows = Passage.objects.filter(workspace_id=workspace_id, language=language).order_by(
        "text_id", "position"
    )
    return rows if internal else rows.filter(internal=False)


def _renewed(rows: QuerySet[Passage], before: Shelf | None) -> list[Line]:
    """Return the lines of a language, of which only those are read that were not there before."""
    known = {one.key: one for one in before.lines} if before else {}
    if not known:
        return _lines(rows)
    now = list(rows.annotate(meant=~Q(vectors=b"")).values_list("pk", "meant"))
    fresh = [pk for pk, meant in now if (pk, meant) not in known]
    known |= {one.key: one for one in _lines(rows.filter(pk__in=fresh))}
    return [known[key] for key in now if key in known]


def _lines(rows: QuerySet[Passage]) -> list[Line]:
    return [
        Line(
            one.pk, one.text_id, one.article_id, one.market, one.brand_id, one.internal, one.is_question, one.title,
            one.heading, one.anchor, one.words, bytes(one.marks), bytes(one.vectors),
        )
        for one in rows.defer("tsv")
    ]  # fmt: skip


def _candidates(workspace_id: int, language: str, *, internal: bool, question: Asking, most: int) -> Shelf:
    """Return the articles of a large language that have a question's rarest words and concepts, alone or in pairs."""
    worth = {**question.tokens["words"], **question.tokens["concepts"]}
    tokens = sorted(worth, key=lambda token: -worth[token])[:_TOKENS]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tokens, found FROM find_passages(%s, %s, %s, %s)",
            [language, [lexeme(one) for one in tokens], internal, _HITS],
        )
        rows = cursor.fetchall()
    hits = Counter(tuple(each) for each, _found in rows)
    weight: dict[int, float] = {}
    for each, found in rows:
        # of what stands in more than is read any are as good as others: they are worth little, pairs more
        weight[found] = (
            weight.get(found, 0.0) + sum(worth[tokens[one - 1]] for one in each) / hits[tuple(each)]
        )
    best = sorted(weight, key=lambda found: -weight[found])[:most]
    here = Passage.objects.filter(workspace_id=workspace_id, pk__in=best)
    articles = set(here.values_list("article_id", flat=True))
    rows = _rows(workspace_id, language, internal=internal)
    return shelved(language, _lines(rows.filter(article_id__in=articles)), with_words=False)

"""Looking for threads: all words first, else those that share the most and the rarest words, in any script."""

import math
from collections.abc import Sequence
from typing import Final

from django.db import connection, transaction

from dragoman.core.accounts.models import Brand
from dragoman.kit.tokens import document_tokens, tsquery

from .models import Thread
from .queries import threads_of

_MOST_FOUND: Final = 200
_MOST_TERMS: Final = 24
# of what the words weigh in all, so much must be shared
_ENOUGH: Final = 0.35


def search_threads(brand: Brand, q: str, *, language: str = "", most: int = 20) -> list[Thread]:
    """Return public threads that hold all words, or else the most; those in the reader's language first."""
    ids = _matching(tsquery(q)) or _nearest(q)
    rows = threads_of(brand.workspace_id, brand.pk).filter(pk__in=ids)
    place = {pk: at for at, pk in enumerate(ids)}
    found = sorted(rows, key=lambda one: (one.language != language, place[one.pk]))
    return found[:most]


def _matching(wanted: str) -> list[int]:
    if not wanted:
        return []
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT found FROM search_community(%s::tsquery, %s)", [wanted, _MOST_FOUND])
        return [row[0] for row in cursor.fetchall()]


def _nearest(q: str) -> list[int]:
    """Return threads that share words, rare ones weighing more, the nearest first."""
    terms = _terms(q)
    ids = _matching(" | ".join(f"({one})" for one in terms)) if len(terms) > 1 else []
    if not ids:
        return []
    with connection.cursor() as cursor:
        holds = ", ".join(["(tsv @@ %s::tsquery)"] * len(terms))
        cursor.execute(
            f"SELECT id, ARRAY[{holds}] FROM community_thread WHERE id = ANY(%s)",
            [*terms, ids],
        )
        rows: Sequence[tuple[int, list[bool]]] = cursor.fetchall()
    often = [sum(held[at] for _pk, held in rows) for at in range(len(terms))]
    weights = [math.log(1 + (len(rows) + 1) / (1 + count)) for count in often]
    whole = sum(weights)
    scored = [
        (sum(weight for weight, has in zip(weights, held, strict=True) if has) / whole, pk)
        for pk, held in rows
    ]
    return [pk for score, pk in sorted(scored, reverse=True) if score >= _ENOUGH]


def _terms(q: str) -> list[str]:
    """Return one query for each word, and for each pair of characters where a script has no spaces."""
    found: dict[str, None] = {}
    for word in q.split():
        tokens = [token for token, _place in document_tokens(word)]
        if len(tokens) > 2 and not word.isascii():
            found.update(
                dict.fromkeys("'{}'".format(one.replace("'", "''")) for one in tokens if len(one) > 1)
            )
        elif term := tsquery(word):
            found[term] = None
    return list(found)[:_MOST_TERMS]

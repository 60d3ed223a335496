"""Keyset paging: a cursor is a place in the order, so a page costs the same at the start and after a million."""

import base64
import json
from datetime import datetime
from typing import Any

from django.db.models import F, Q, QuerySet
from django.db.models.fields.tuple_lookups import Tuple, TupleGreaterThan, TupleLessThan

from dragoman.kit.errors import Refusal


def encode(place: list[Any]) -> str:
    """Return an opaque cursor."""
    return base64.urlsafe_b64encode(json.dumps(place).encode()).decode().rstrip("=")


def decode(cursor: str, kinds: tuple[type, ...]) -> list[Any]:
    """Return the place of a cursor; raises Refusal `bad_cursor` for anything we did not make."""
    try:
        place = json.loads(base64.urlsafe_b64decode(cursor.encode() + b"=" * (-len(cursor) % 4)))
        if not isinstance(place, list) or len(place) != len(kinds):
            raise ValueError
        return [
            datetime.fromisoformat(value) if kind is datetime else int(value)
            for kind, value in zip(kinds, place, strict=True)
        ]
    except (ValueError, TypeError, UnicodeError, OverflowError):
        raise Refusal(
            "This cursor is not one of ours: start again without it.", code="bad_cursor", status=422
        ) from None


def after_place(found: QuerySet[Any], cursor: str | None, *, ascending: bool = False) -> QuerySet[Any]:
    """Narrow a list ordered by last_message_at and id to what follows the cursor, as one index condition."""
    if not cursor:
        return found
    place = decode(cursor, (datetime, int))
    beyond = TupleGreaterThan if ascending else TupleLessThan
    return found.filter(beyond(Tuple(F("last_message_at"), F("id")), tuple(place)))


def after_id(found: QuerySet[Any], cursor: str | None, *, ascending: bool = False) -> QuerySet[Any]:
    """Narrow a list ordered by id, newest first or `ascending`, to what follows the cursor."""
    if not cursor:
        return found
    (pk,) = decode(cursor, (int,))
    return found.filter(Q(pk__gt=pk) if ascending else Q(pk__lt=pk))

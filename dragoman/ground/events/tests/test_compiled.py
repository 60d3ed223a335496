"""Querysets compiled once: the same rows as Django's own, whoever asks, with any values."""

from typing import Any

import pytest
from django.db import connection, transaction
from django.db.models import QuerySet
from django.test.utils import CaptureQueriesContext

from dragoman.ground.database.compiled import compiled
from dragoman.ground.events.models import StoredEvent
from dragoman.kit import workspace

pytestmark = pytest.mark.django_db(transaction=True)
built: list[str] = []


@compiled
def _events(workspace_id: Any, ids: Any, after: Any, *, told: bool, most: int = 10) -> QuerySet[StoredEvent]:
    built.append(f"{told} {most}")
    found = StoredEvent.objects.filter(workspace_id=workspace_id, pk__among=ids, pk__gt=after)
    return (found if told else found.filter(told_at=None)).order_by("pk")[:most]


@compiled
def _names(workspace_id: Any) -> QuerySet[StoredEvent, str]:
    return StoredEvent.objects.filter(workspace_id=workspace_id).values_list("name", flat=True)


def three(workspace_id: int) -> list[int]:
    """Store three events of a workspace."""
    with workspace.acting_in(workspace_id):
        made = [
            StoredEvent.objects.create(workspace_id=workspace_id, name=f"E{n}", topic="t", facts={"n": n})
            for n in range(3)
        ]
    return [one.pk for one in made]


def test_it_is_built_once_a_shape_and_asked_with_other_values():
    built.clear()
    for number in (7, 8):
        first, _second, third = three(number)
        with workspace.acting_in(number):
            for told in (False, True):
                found = _events(number, [first, third], 0, told=told)
                assert [(one.pk, one.facts) for one in found] == [(first, {"n": 0}), (third, {"n": 2})]
            assert [one.pk for one in _events(number, [first, third], first, told=True)] == [third]
            assert [one.pk for one in _events(number, [first, third], 0, told=True, most=1)] == [first]
            assert _events(number, [], 0, told=True) == []
            assert sorted(_names(number)) == ["E0", "E1", "E2"]
    assert sorted(built) == ["False 10", "True 1", "True 10"]


def test_row_security_stands_beneath_it():
    three(7)
    with workspace.acting_in(8):
        assert _names(7) == []


@compiled
def _locked(workspace_id: Any) -> QuerySet[StoredEvent]:
    return StoredEvent.objects.filter(workspace_id=workspace_id).select_for_update()


def test_a_lock_is_taken_in_a_transaction_and_refused_outside_of_one():
    three(7)
    with workspace.acting_in(7):
        for _ in range(2):
            with transaction.atomic(), CaptureQueriesContext(connection) as asked:
                assert len(_locked(7)) == 3
            assert "FOR UPDATE" in asked[0]["sql"]
            with pytest.raises(transaction.TransactionManagementError):
                _locked(7)


def test_what_cannot_be_compiled_is_refused():
    asked = compiled(lambda: StoredEvent.objects.prefetch_related("workspace"))
    with pytest.raises(TypeError, match="prefetch"):
        asked()

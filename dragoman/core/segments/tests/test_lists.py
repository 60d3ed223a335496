"""Saved views count live and show to whom they are shared; bulk changes are tried, made, undone; own house only."""

import pytest
from django.core.cache import cache
from django.db.models.expressions import RawSQL

from dragoman.core.accounts.actions import add_agent, set_team
from dragoman.core.accounts.models import Role
from dragoman.core.conversations.access import conversations_of
from dragoman.core.conversations.actions import status
from dragoman.core.conversations.errors import NotAllowed
from dragoman.core.segments import counting
from dragoman.core.segments.actions import bulk
from dragoman.core.segments.actions.bulk import Change, start_bulk, try_bulk, undo_bulk
from dragoman.core.segments.actions.views import (
    Wish,
    move_view,
    remember_search,
    remove_view,
    restore_view,
    save_view,
)
from dragoman.core.segments.counting import counts_of
from dragoman.core.segments.errors import NotYours, NoView
from dragoman.core.segments.events import BulkRunStarted
from dragoman.core.segments.queries import get_view, recent_searches_of, views_of
from dragoman.core.segments.tasks import run_bulk
from tests.people import a_house, settle, write

pytestmark = pytest.mark.django_db(transaction=True)


def test_views_count_live_and_are_seen_by_whom_they_are_shared_with():
    house, other = a_house("one", owner="ann"), a_house("two", owner="mallory")
    pk = house.workspace.pk
    ids = [
        write(house, f"lamppu {n}", who=f"n{n}@example.com", language="fi").conversation_id for n in range(3)
    ]
    settle()
    with house.acting():
        ann = house.greta
        lars = add_agent(pk, email="lars@one.example", name="Lars", role=Role.AGENT)
        team = set_team(pk, name="Returns", members=[lars])
        words = save_view(pk, agent=ann, wish=Wish("Lamps", "everybody", q="lamppu"))
        menu = save_view(pk, agent=ann, wish=Wish("Finnish", "team", team, chosen={"language": "fi"}))
        own = save_view(pk, agent=ann, wish=Wish("Tagged", q="tag:vip"))
        status.set_tags(conversations_of(pk).get(pk=ids[0]), agent=ann, tags=["vip"])
        views = list(views_of(ann))
        # Ann is in no team: a view of hers that she gave to one stays hers to see and to take back
        assert [view.name for view in views] == ["Lamps", "Finnish", "Tagged"]
        assert get_view(ann, menu.pk) == menu
        assert counts_of(ann, [words, menu, own]).of == {words.pk: 3, menu.pk: 3, own.pk: 1}
        assert [view.name for view in views_of(lars)] == ["Lamps", "Finnish"]
        with pytest.raises(NotYours):
            save_view(pk, agent=lars, wish=Wish("All", "everybody"))
        with pytest.raises(NotYours):
            remove_view(words, agent=lars)
        move_view(ann, own, up=True)
        assert [view.name for view in views_of(ann)] == ["Lamps", "Tagged", "Finnish"]
        remove_view(own, agent=ann)
        with pytest.raises(NoView):
            get_view(ann, own.pk)
        assert restore_view(pk, own.pk, agent=ann).name == "Tagged"
        remember_search(ann, "lamppu")
        assert recent_searches_of(ann) == ["lamppu"] and recent_searches_of(lars) == []
    with other.acting(), pytest.raises(NoView):
        get_view(other.greta, words.pk)


def test_a_change_is_tried_exactly_then_made_with_its_lines_and_undone():
    house, other = a_house("one", owner="ann"), a_house("two", owner="mallory")
    pk, ann = house.workspace.pk, house.greta
    ids = [write(house, f"hei {n}", who=f"n{n}@example.com").conversation_id for n in range(5)]
    with house.acting():
        found = conversations_of(pk)
        status.set_status(found.get(pk=ids[0]), agent=ann, status="closed")
        status.set_status(found.get(pk=ids[1]), agent=ann, status="pending")
        change = Change("status", "pending")
        trial = try_bulk(pk, agent=ann, ids=[*ids, 10**12], change=change)
        assert (trial.total, trial.changing) == (6, 3)
        assert trial.skipped == {"closed": 1, "same": 1, "gone": 1}
        run = start_bulk(pk, agent=ann, ids=[*ids, 10**12], change=change)
        assert (run.state, run.changed, run.skipped) == ("done", 3, trial.skipped)
        assert {found.get(pk=one).status for one in ids[1:]} == {"pending"}
        assert found.get(pk=ids[3]).messages.filter(event__kind="status").count() == 1
        back = undo_bulk(run, agent=ann)
        assert back.changed == 3 and {found.get(pk=one).status for one in ids[2:]} == {"open"}
        light = add_agent(pk, email="li@one.example", name="Li", role=Role.LIGHT)
        with pytest.raises(NotAllowed):
            start_bulk(pk, agent=light, ids=ids, change=change)
    with other.acting():
        assert try_bulk(other.workspace.pk, agent=other.greta, ids=ids, change=change).skipped == {"gone": 5}


def test_a_large_change_goes_on_in_the_background_in_batches(monkeypatch):
    house = a_house()
    pk = house.workspace.pk
    ids = [write(house, f"hei {n}", who=f"n{n}@example.com").conversation_id for n in range(5)]
    monkeypatch.setattr(bulk, "BATCH", 2)
    monkeypatch.setattr(bulk, "AT_ONCE", 3)
    with house.acting():
        run = start_bulk(pk, agent=house.greta, ids=ids, change=Change("add_tags", "vip, new"))
        assert (run.state, run.done) == ("running", 0)
        assert not bulk.run_batch(pk, run.pk)
        run_bulk(BulkRunStarted(run_id=run.pk))
        run.refresh_from_db()
        assert (run.state, run.changed) == ("done", 5)
        assert conversations_of(pk).get(pk=ids[4]).tags == ["vip", "new"]


def test_a_view_that_takes_too_long_keeps_its_last_number_and_holds_up_no_other(monkeypatch):
    cache.clear()
    house = a_house()
    pk, ann = house.workspace.pk, house.greta
    for n in range(3):
        write(house, f"hei {n}", who=f"n{n}@example.com", language="fi")
    with house.acting():
        slow = save_view(pk, agent=ann, wish=Wish("Slow", chosen={"language": "fi"}))
        quick = save_view(pk, agent=ann, wish=Wish("Quick", view="open"))
        monkeypatch.setattr(counting, "COUNTED", 2)
        assert counting.counts_of(ann, [slow, quick]).of == {slow.pk: 3, quick.pk: 3}
        walked = counting._walked

        def slowly(agent, view):
            if view.pk == quick.pk:
                return walked(agent, view)
            return conversations_of(pk).filter(pk__gt=RawSQL("length(pg_sleep(9)::text)", []))

        monkeypatch.setattr(counting, "_walked", slowly)
        monkeypatch.setattr(counting, "ALL", 50)
        monkeypatch.setattr(counting, "EACH", 50)
        write(house, "hei", who="new@example.com", language="fi")
        monkeypatch.setattr(counting, "FRESH", 0.0)
        monkeypatch.setattr(counting, "COUNTED", 99)
        assert counting.counts_of(ann, [slow, quick]).of == {slow.pk: 3, quick.pk: 4}
        cache.clear()
        assert counting.counts_of(ann, [slow, quick]).of == {slow.pk: None, quick.pk: 4}

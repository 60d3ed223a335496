"""A worker that dies with kill -9: no refund goes out twice, and no order that it read is doubled or lost."""

import threading
from datetime import timedelta

import pytest
from django.utils import timezone

from dragoman.core.commerce.actions import reading
from dragoman.core.commerce.actions.executing import go_on
from dragoman.core.commerce.models import Order, OrderAction, Shop, ShopSync
from dragoman.core.commerce.tests.acting import a_trial
from dragoman.core.commerce.tests.test_shops import house, read, shop, till, told_by_medusa
from dragoman.ground.providers.shops.fake import read_fake_shop
from tests.dying import die_in

__all__ = ["house", "shop", "till"]


@pytest.mark.parametrize("dies", ["after the shop did it", "before the shop did it"])
def test_a_worker_killed_in_mid_refund_leaves_one_refund_or_none(house, tmp_path, dies):
    with house.acting():
        trial = a_trial(house, tmp_path / "shop.json")
        was_done = dies.startswith("after")
        trial.set(**({"seconds": "60"} if was_done else {"wait": "60"}))
        action = trial.ask()
        OrderAction.objects.update(due_at=action.created_at)
        running = OrderAction.objects.filter(pk=action.pk, state="running")
        die_in(
            lambda: go_on(house.workspace.pk, action.pk),
            at=(lambda: trial.back) if was_done else running.exists,
        )
        action.refresh_from_db()
        # the mark was committed before the shop was called
        assert (action.state, trial.back) == ("running", 3000 if was_done else 0)
        trial.set()
        assert trial.go_on(action).state == "unconfirmed"
        while action.is_open:
            trial.go_on(action)
        assert action.state == ("done" if was_done else "failed")
        assert trial.back == (3000 if was_done else 0)
        assert len(read_fake_shop(trial.path)["calls"]) == (1 if was_done else 0)


def test_a_worker_killed_while_it_reads_a_shop_loses_and_doubles_nothing(shop, till, monkeypatch):
    monkeypatch.setattr(reading, "PAGE", 10)
    till.orders = [told_by_medusa(number) for number in range(1, 26)]
    asked, is_dead = [], threading.Event()

    def page(one):
        asked.append(one.path)
        if len(asked) == 2:
            is_dead.wait(60)  # it is killed while it waits for the second page
        return till._page(one)

    till.says("GET", "/admin/orders?", page)
    die_in(lambda: read(shop), at=lambda: len(asked) == 2)
    is_dead.set()
    sync = ShopSync.objects.get()
    assert (sync.running, sync.done, Order.objects.count()) == (True, 10, 10)

    assert read(shop) is False and ShopSync.objects.get().done == 10  # the dead one's lease holds yet
    Shop.objects.update(leased_until=timezone.now() - timedelta(seconds=1))
    assert read(shop) is False
    sync.refresh_from_db()
    assert (sync.running, sync.done, sync.faulty) == (False, 25, 0)
    assert len(asked) == 4  # it went on where it stood: the first page was not asked for again
    assert sorted(int(one) for one in Order.objects.values_list("number_key", flat=True)) == [*range(1, 26)]

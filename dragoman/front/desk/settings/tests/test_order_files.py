"""Orders from a file by the browser: looked at, named, brought in once, its faults by row; for leads alone."""

import io
import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from dragoman.core.commerce.actions import imports
from dragoman.core.commerce.events import OrderImportStarted
from dragoman.core.commerce.models import Order, OrderImport
from dragoman.core.commerce.tasks_of_imports import bring_orders_in

AT = "/settings/import/orders"
TABLE = (
    "Order,Ordered,Currency,Item,Qty,Price,E-mail\n"
    "＃K 1,03/04/2026,EUR,Lamp,1,49.90,aada@example.com\n"
    "K-2,04/04/2026,EUR,Cup,2,free,aada@example.com\n"
    ",04/04/2026,EUR,Cup,2,5.00,\n"
)


def uploaded(house, client, raw: bytes, name: str = "orders.csv") -> OrderImport:
    answer = client.post(AT, {"brand": house.brand.pk, "file": SimpleUploadedFile(name, raw)})
    assert answer.status_code == 302, answer.content.decode()
    with house.acting():
        return OrderImport.objects.order_by("-pk")[0]


def chosen(found: OrderImport, **more) -> dict:
    options = found.options
    names = ("Order", "Ordered", "Currency", "Item", "Qty", "Price", "E-mail")
    columns = {f"column-{place}": options["columns"].get(name, "") for place, name in enumerate(names)}
    plain = {one: options[one] for one in ("encoding", "mark", "dates", "decimal", "zone", "currency")}
    return {**columns, **plain, **more}


def run(house, found: OrderImport) -> OrderImport:
    with house.acting():
        bring_orders_in(OrderImportStarted(order_import_id=found.pk))
        return OrderImport.objects.get(pk=found.pk)


def fresh(house, found: OrderImport) -> OrderImport:
    with house.acting():
        return OrderImport.objects.get(pk=found.pk)


def test_a_table_is_looked_at_named_and_brought_in_once(house, as_greta):
    found = uploaded(house, as_greta, TABLE.encode())
    at = f"{AT}/{found.pk}"
    page = as_greta.get(at).content.decode()
    assert '<option value="America/New_York">' in page and "EST5EDT" not in page and "Etc/" not in page
    assert "Say which column is" in page and "Placed on" in page
    # nothing is begun while a person has not said how days are written
    page = as_greta.post(at, chosen(found, **{"column-1": "placed_at", "start": "1"})).content.decode()
    assert "The dates could be read two ways" in page
    found = fresh(house, found)
    page = as_greta.post(at, chosen(found, dates="mdy")).content.decode()
    assert "€49.90" in page and "Row 3" in page and "“free” is no amount" in page
    found = fresh(house, found)
    assert as_greta.post(at, chosen(found, start="1")).status_code == 302
    done = run(house, found)
    assert (done.state, done.made, done.faulty, done.seen, done.total) == ("done", 1, 2, 3, 3)
    with house.acting():
        order = Order.objects.get()
        assert (order.number_key, order.total, order.placed_at.month) == ("K1", 4990, 3)
    table = as_greta.get(f"{at}/faults.csv").content.decode()
    assert "3,K-2,“free” is no amount." in table and "4,," in table
    assert "not taken 2" in as_greta.get("/settings/import").content.decode()

    # the same columns are known again, and the same orders change nothing
    again = uploaded(house, as_greta, TABLE.encode())
    assert (again.options["columns"]["Ordered"], again.options["dates"]) == ("placed_at", "mdy")
    assert as_greta.post(f"{AT}/{again.pk}", chosen(again, start="1")).status_code == 302
    done = run(house, again)
    assert (done.made, done.changed, done.same, done.faulty) == (0, 0, 1, 2)


STATES = (
    "Order,Created at,Currency,Item,Price,Total,Financial Status,Fulfillment Status,Status\n"
    "S-1,2026-04-03,EUR,Lamp,49.90,49.90,paid,shipped,\n"
    "S-2,2026-04-03,EUR,Lamp,49.90,49.90,,,completed\n"
    "S-3,2026-04-03,EUR,Lamp,49.90,49.90,Refunded,unfulfilled,cancelled\n"
    "S-4,2026-04-03,EUR,Lamp,49.90,49.90,mauve,,\n"
)


def test_columns_of_states_are_read_and_shown_before_they_are_brought_in(house, as_greta):
    found = uploaded(house, as_greta, STATES.encode())
    page = as_greta.get(f"{AT}/{found.pk}").content.decode()
    assert "Paid · Sent" in page and "Refunded · Not sent" in page
    assert "“mauve” is no status of payment we know" in page
    plain = {one: found.options[one] for one in ("encoding", "mark", "dates", "decimal", "zone", "currency")}
    names = STATES.splitlines()[0].split(",")
    columns = {f"column-{place}": found.options["columns"].get(one, "") for place, one in enumerate(names)}
    assert as_greta.post(f"{AT}/{found.pk}", {**columns, **plain, "start": "1"}).status_code == 302
    assert run(house, found).made == 3
    with house.acting():
        rows = {one.number: one for one in Order.objects.all()}
        states = {
            number: (one.payment_status, one.fulfilment_status, one.status) for number, one in rows.items()
        }
        assert states == {
            "S-1": ("paid", "sent", "open"),
            "S-2": ("paid", "sent", "completed"),
            "S-3": ("refunded", "unfulfilled", "cancelled"),
        }
        assert rows["S-3"].refunded_total == 4990


def test_one_that_broke_off_goes_on_behind_the_last_batch(house, as_greta, monkeypatch):
    orders = [
        {
            "number": f"K-{number}",
            "placed_at": "2026-11-16T08:30:00Z",
            "currency": "KWD",
            "lines": [{"sku": "A", "title": "A", "quantity": 1, "unit_price": 1999}],
        }
        for number in range(5)
    ]
    orders[2]["lines"] = "none"
    found = uploaded(house, as_greta, "\n".join(map(json.dumps, orders)).encode(), "orders.jsonl")
    assert "K-0" in as_greta.get(f"{AT}/{found.pk}").content.decode()
    as_greta.post(f"{AT}/{found.pk}", {"start": "1"})
    monkeypatch.setattr(imports, "BATCH", 2)
    usual = imports._bring

    def dies(mine, options, group):
        if group.number == "K-3":
            raise KeyboardInterrupt
        return usual(mine, options, group)

    monkeypatch.setattr(imports, "_bring", dies)
    with pytest.raises(KeyboardInterrupt):
        run(house, found)
    with house.acting():
        assert OrderImport.objects.get().seen == 2
    monkeypatch.setattr(imports, "_bring", usual)
    done = run(house, found)
    assert (done.made, done.faulty, done.seen) == (4, 1, 5)
    with house.acting():
        assert [(one.row, one.number) for one in done.faults.all()] == [(3, "K-2")]
        assert Order.objects.count() == 4
    # what a program tells with its time is newer than a file without any
    with house.acting():
        Order.objects.update(shop_version=7)
    again = uploaded(house, as_greta, "\n".join(map(json.dumps, orders)).encode(), "orders.jsonl")
    as_greta.post(f"{AT}/{again.pk}", {"start": "1"})
    assert run(house, again).older == 4


@pytest.mark.parametrize(
    "raw", [b"", b"   \n", b"a,b\n", b"\xff\xfe", b"{}", b"[1, 2]", b"\x00\x01\x02" * 50]
)
def test_a_file_that_holds_no_orders_says_so_and_keeps_nothing(house, as_greta, raw):
    answer = as_greta.post(
        AT, {"brand": house.brand.pk, "file": SimpleUploadedFile("x.csv", raw)}, follow=True
    )
    assert answer.status_code in (200, 422)
    assert answer.status_code == 200 or 'role="alert"' in answer.content.decode()
    with house.acting():
        for found in OrderImport.objects.all():
            page = as_greta.get(f"{AT}/{found.pk}").content.decode()
            assert "Say which column is" in page or "cannot be taken" in page
        assert not Order.objects.exists()


def test_agents_and_mallory_bring_nothing_in(house, as_greta, as_mallory):
    found = uploaded(house, as_greta, TABLE.encode())
    assert as_mallory.get(f"{AT}/{found.pk}").status_code == 404
    assert as_mallory.get(f"{AT}/{found.pk}/faults.csv").status_code == 404
    answer = as_mallory.post(AT, {"brand": house.brand.pk, "file": io.BytesIO(TABLE.encode())})
    assert answer.status_code == 422
    with house.acting():
        assert OrderImport.objects.count() == 1

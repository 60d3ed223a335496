"""What is asked of all orders of a workspace reads no more rows, however many orders there are."""

from datetime import UTC, datetime, timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext

from dragoman.core.commerce.models import Order, Shop
from dragoman.core.commerce.queries import last_orders
from dragoman.core.commerce.tests.test_shops import house

__all__ = ["house"]
FIRST = datetime(2026, 1, 1, tzinfo=UTC)
EACH = 300


def test_the_newest_order_of_each_shop_is_looked_up_and_the_others_are_not_read(house):
    with house.acting():
        place = {"workspace_id": house.workspace.pk, "brand": house.brand, "kind": "webhook"}
        two = [Shop.objects.create(**place, title=name, address=name) for name in ("a", "b")]
        Shop.objects.create(**place, title="without orders", address="c")
        Order.objects.bulk_create(
            Order(
                workspace_id=house.workspace.pk,
                shop=shop,
                brand=house.brand,
                number=str(n),
                number_key=str(n),
                currency="EUR",
                placed_at=FIRST + timedelta(days=n, hours=at),
            )
            for at, shop in enumerate(two)
            for n in range(EACH)
        )
        with CaptureQueriesContext(connection) as asked:
            found = last_orders(house.workspace.pk)
        assert found == {shop.pk: FIRST + timedelta(days=EACH - 1, hours=at) for at, shop in enumerate(two)}
        assert len(asked) == 1
        with connection.cursor() as cursor:
            # before it stands who acts
            statement = asked[0]["sql"].rpartition("; ")[2]
            cursor.execute("EXPLAIN (ANALYZE, FORMAT JSON) " + statement)
            assert round(_rows_of_orders(cursor.fetchone()[0][0]["Plan"])) == len(two)


def _rows_of_orders(plan):
    """Return how many orders a plan read, those it threw away too."""
    here = 0
    if plan.get("Relation Name") == Order._meta.db_table:
        here = (plan["Actual Rows"] + plan.get("Rows Removed by Filter", 0)) * plan["Actual Loops"]
    return here + sum(_rows_of_orders(one) for one in plan.get("Plans", ()))

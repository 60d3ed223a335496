"""Put returns under row security, and tie them to their workspace."""

from django.db import migrations

from dragoman.ground.database.rules import isolate, within_workspace

_KEYS = (
    ("return", "order_id", "commerce_order", "CASCADE"),
    ("return", "brand_id", "accounts_brand", "CASCADE"),
    ("returnline", "parent_id", "returns_return", "CASCADE"),
    ("returnline", "line_id", "commerce_orderline", "CASCADE"),
    ("returnevent", "parent_id", "returns_return", "CASCADE"),
    ("returnevent", "agent_id", "accounts_agent", "SET NULL"),
    ("returnsnote", "customer_id", "customers_customer", "CASCADE"),
    ("returnsnote", "agent_id", "accounts_agent", "SET NULL"),
)


class Migration(migrations.Migration):
    """Policies and composite keys."""

    dependencies = [("returns", "0003_returns"), ("customers", "0002_isolate")]
    operations = [
        *(isolate(f"returns_{table}") for table in ("return", "returnline", "returnevent", "returnsnote")),
        *(
            within_workspace(f"returns_{table}", column, parent, on_delete=action)
            for table, column, parent, action in _KEYS
        ),
    ]

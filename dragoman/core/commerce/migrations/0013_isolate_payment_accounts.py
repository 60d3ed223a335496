"""Put payment accounts, their webhooks and disputes under row security, and tie them to their workspace."""

from django.db import migrations

from dragoman.ground.database.rules import isolate, within_workspace

_TABLES = ("paymentaccount", "paymenthook", "dispute")
# (table, column, parent, what a parent that goes does)
_KEYS = (
    ("paymentaccount", "account_id", "connections_vendoraccount", "SET NULL"),
    ("paymenthook", "account_id", "commerce_paymentaccount", "CASCADE"),
    ("dispute", "account_id", "commerce_paymentaccount", "SET NULL"),
    ("dispute", "order_id", "commerce_order", "SET NULL"),
    ("dispute", "answered_by_id", "accounts_agent", "SET NULL"),
)


class Migration(migrations.Migration):
    """Policies and composite keys."""

    dependencies = [("commerce", "0012_payment_accounts")]
    operations = [
        *(isolate(f"commerce_{table}") for table in _TABLES),
        *(
            within_workspace(f"commerce_{table}", column, parent, on_delete=action)
            for table, column, parent, action in _KEYS
        ),
    ]

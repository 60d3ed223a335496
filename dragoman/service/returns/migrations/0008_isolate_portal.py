"""Put the portal's rows and declarations under row security, and tie them to their workspace."""

from django.db import migrations

from dragoman.ground.database.rules import isolate, within_workspace

_KEYS = (
    ("returnportal", "brand_id", "accounts_brand", "CASCADE"),
    ("returnportal", "agent_id", "accounts_agent", "SET NULL"),
    ("entrycode", "brand_id", "accounts_brand", "CASCADE"),
    ("entrycode", "order_id", "commerce_order", "CASCADE"),
    ("withdrawal", "brand_id", "accounts_brand", "CASCADE"),
    ("withdrawal", "order_id", "commerce_order", "SET NULL"),
    ("withdrawal", "made_id", "returns_return", "SET NULL"),
    ("withdrawal", "conversation_id", "conversations_conversation", "SET NULL"),
)


class Migration(migrations.Migration):
    """Policies and composite keys."""

    dependencies = [("returns", "0007_portal")]
    operations = [
        *(isolate(f"returns_{table}") for table in ("returnportal", "entrycode", "withdrawal")),
        *(
            within_workspace(f"returns_{table}", column, parent, on_delete=action)
            for table, column, parent, action in _KEYS
        ),
    ]

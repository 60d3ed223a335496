"""Put actions on orders under row security, and tie them to their workspace."""

from django.db import migrations

from dragoman.ground.database.rules import isolate, within_workspace


class Migration(migrations.Migration):
    """Policies and composite keys."""

    dependencies = [("commerce", "0007_order_actions"), ("accounts", "0016_isolate_authority")]
    operations = [
        isolate("commerce_orderaction"),
        within_workspace("commerce_orderaction", "order_id", "commerce_order"),
        within_workspace("commerce_orderaction", "agent_id", "accounts_agent", on_delete="SET NULL"),
        within_workspace("commerce_orderaction", "approval_id", "accounts_approval", on_delete="SET NULL"),
    ]

"""Put files of orders under row security, and tie them to their workspace."""

from django.db import migrations

from dragoman.ground.database.rules import isolate, within_workspace


class Migration(migrations.Migration):
    """Policies and composite keys."""

    dependencies = [("commerce", "0014_order_imports"), ("accounts", "0016_isolate_authority")]
    operations = [
        isolate("commerce_orderimport"),
        within_workspace("commerce_orderimport", "brand_id", "accounts_brand"),
        within_workspace("commerce_orderimport", "agent_id", "accounts_agent", on_delete="SET NULL"),
        isolate("commerce_orderimportfault"),
        within_workspace("commerce_orderimportfault", "order_import_id", "commerce_orderimport"),
    ]

"""Put the readings and webhooks of shops under row security, and tie them to their workspace."""

from django.db import migrations

from dragoman.ground.database.rules import isolate, within_workspace

_TABLES = ("shopsync", "shophook")


class Migration(migrations.Migration):
    """Policies and composite keys."""

    dependencies = [("commerce", "0005_connected_shops")]
    operations = [
        *(isolate(f"commerce_{table}") for table in _TABLES),
        *(within_workspace(f"commerce_{table}", "shop_id", "commerce_shop") for table in _TABLES),
    ]

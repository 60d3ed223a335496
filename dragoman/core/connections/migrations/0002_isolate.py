"""Put connections under row security."""

from django.db import migrations

from dragoman.ground.database.rules import isolate, within_workspace


class Migration(migrations.Migration):
    """Policies and composite keys."""

    dependencies = [("connections", "0001_initial"), ("accounts", "0002_isolate")]
    operations = [
        isolate("connections_connection"),
        isolate("connections_storedanswer"),
        within_workspace("connections_connection", "brand_id", "accounts_brand"),
    ]

"""Put macros under row security and keep their keys within one workspace."""

from django.db import migrations

from dragoman.ground.database.rules import isolate, within_workspace


class Migration(migrations.Migration):
    """Policy and composite key."""

    dependencies = [("texts", "0001_initial"), ("accounts", "0002_isolate")]
    operations = [
        isolate("texts_macro"),
        within_workspace("texts_macro", "owner_id", "accounts_agent"),
    ]

"""Put the rates of exchange under row security."""

from django.db import migrations

from dragoman.ground.database.rules import isolate


class Migration(migrations.Migration):
    """Policies."""

    dependencies = [("exchange", "0001_initial"), ("accounts", "0002_isolate")]
    operations = [isolate("exchange_referencerate")]

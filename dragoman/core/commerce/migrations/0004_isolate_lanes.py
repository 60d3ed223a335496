"""Put the figures of lanes under row security."""

from django.db import migrations

from dragoman.ground.database.rules import isolate


class Migration(migrations.Migration):
    """Policies."""

    dependencies = [("commerce", "0003_parcels")]
    operations = [isolate("commerce_lanetime")]

"""Put a brand's tables under row security, and tie them to brands of their workspace."""

from django.db import migrations

from dragoman.ground.database.rules import isolate, within_workspace

_TABLES = ("shipping_shippingrate", "shipping_dutyrate", "shipping_shippingterms")


class Migration(migrations.Migration):
    """Policies and composite keys."""

    dependencies = [("shipping", "0001_initial"), ("accounts", "0002_isolate")]
    operations = [
        *(isolate(table) for table in _TABLES),
        *(within_workspace(table, "brand_id", "accounts_brand") for table in _TABLES),
    ]

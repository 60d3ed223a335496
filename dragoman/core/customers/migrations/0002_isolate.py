"""Put customers under row security and make them findable."""

from django.db import migrations

from dragoman.ground.database.rules import isolate, search_function, within_workspace


class Migration(migrations.Migration):
    """Policies, composite keys, search."""

    dependencies = [("customers", "0001_initial"), ("accounts", "0002_isolate")]
    operations = [
        isolate("customers_customer"),
        isolate("customers_identity"),
        within_workspace("customers_identity", "customer_id", "customers_customer"),
        *search_function("customers_customer", name="search_customers"),
    ]

"""Search customers from any place in the list."""

from django.db import migrations

from dragoman.ground.database.rules import paging_search


class Migration(migrations.Migration):
    """A function of the database."""

    dependencies = [("customers", "0004_merging")]
    operations = [paging_search("customers_customer", name="search_customers_from", group="id")]

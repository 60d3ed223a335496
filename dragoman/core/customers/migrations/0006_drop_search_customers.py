"""Drop a search function that the one from any place has replaced."""

from django.db import migrations

from dragoman.ground.database.rules import search_function


class Migration(migrations.Migration):
    """One function less; going back makes it again."""

    dependencies = [("customers", "0005_search_from_any_place")]
    operations = [
        migrations.RunSQL(
            "DROP FUNCTION search_customers(tsquery, int)",
            search_function("customers_customer", name="search_customers")[1].sql,
        )
    ]

"""Drop a search function that the one from any place has replaced."""

from django.db import migrations

from dragoman.ground.database.rules import search_function


class Migration(migrations.Migration):
    """One function less; going back makes it again."""

    dependencies = [("conversations", "0010_search_from_any_place")]
    operations = [
        migrations.RunSQL(
            "DROP FUNCTION search_messages(tsquery, int)",
            search_function("conversations_message", name="search_messages")[1].sql,
        )
    ]

"""Find an order by its number however its parts are kept apart."""

from django.db import migrations, models
from django.db.models import F, Func, Value


class Migration(migrations.Migration):
    """What PostgreSQL makes of the number, also for the orders that are here, and its index."""

    dependencies = [("commerce", "0017_returns_told")]
    operations = [
        migrations.AddField(
            "order",
            "search_key",
            models.GeneratedField(
                db_persist=True,
                expression=Func(F("number_key"), Value("/\\._:|,;+"), Value(""), function="translate"),
                output_field=models.CharField(max_length=120),
            ),
        ),
        migrations.RemoveIndex("order", "order_number"),
        migrations.AddIndex("order", models.Index("workspace", "search_key", name="order_number")),
    ]

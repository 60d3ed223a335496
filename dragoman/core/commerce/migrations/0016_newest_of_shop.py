"""Find the newest order of a shop without walking them all."""

from django.db import migrations, models
from django.db.models import F


class Migration(migrations.Migration):
    """An index."""

    dependencies = [("commerce", "0015_isolate_order_imports")]
    operations = [
        migrations.AddIndex(
            "order",
            models.Index("workspace", "shop", F("placed_at").desc(), name="order_newest_of_shop"),
        ),
    ]

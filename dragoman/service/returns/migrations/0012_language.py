"""Keep in which language a customer asked for a return."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """An addition alone."""

    dependencies = [("returns", "0011_isolate_places")]
    operations = [
        migrations.AddField(
            "return", "language", models.CharField(max_length=20, default="", db_default="", blank=True)
        ),
    ]

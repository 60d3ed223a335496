"""Some regions are called by their name ("São Paulo Capital"), not by a code."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """A wider column: nothing is rewritten."""

    dependencies = [("accounts", "0013_isolate_hours")]
    operations = [
        migrations.AlterField(
            "servicehours", "region", models.CharField(blank=True, default="", max_length=40)
        ),
    ]

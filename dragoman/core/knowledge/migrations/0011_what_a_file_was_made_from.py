"""What a file of an article was made from."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """A text with a default that the old code need not know."""

    dependencies = [("knowledge", "0010_who_was_told")]

    operations = [
        migrations.AddField(
            model_name="articlefile",
            name="digest",
            field=models.CharField(blank=True, db_default="", default="", max_length=64),
        ),
    ]

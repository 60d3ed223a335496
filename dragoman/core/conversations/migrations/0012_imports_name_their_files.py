"""An import tells which of its files could not be read."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("conversations", "0011_drop_search_messages")]

    operations = [
        migrations.AddField("mailimport", "files", models.JSONField(db_default={}, default=dict)),
    ]

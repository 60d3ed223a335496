"""A column for what a brand decided about its chat."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0004_undo_send"),
    ]

    operations = [
        migrations.AddField(
            model_name="brand",
            name="chat",
            field=models.JSONField(blank=True, db_default=models.Value({}, models.JSONField()), default=dict),
        ),
    ]

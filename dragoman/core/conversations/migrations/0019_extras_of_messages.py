"""What a bot's answer carries beside its text: sources, choices, a card."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """One column."""

    dependencies = [("conversations", "0018_promised_answers")]
    operations = [
        migrations.AddField(
            model_name="message",
            name="extras",
            field=models.JSONField(blank=True, db_default={}, default=dict),
        ),
    ]

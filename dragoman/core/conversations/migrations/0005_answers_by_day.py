"""Find the answers of a day by an index of their own."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0003_signatures"),
        ("conversations", "0004_acknowledgement"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="message",
            index=models.Index(
                models.F("workspace"),
                models.F("created_at"),
                condition=models.Q(("direction", "out")),
                name="message_out",
            ),
        ),
    ]

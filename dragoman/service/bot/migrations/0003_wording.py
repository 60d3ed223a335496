"""A brand may let a chat model put the help centre's sentences into other words."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """The switch, off for every bot there is."""

    dependencies = [("bot", "0002_isolate")]
    operations = [
        migrations.AddField("bot", "wording", models.BooleanField(db_default=False, default=False)),
    ]

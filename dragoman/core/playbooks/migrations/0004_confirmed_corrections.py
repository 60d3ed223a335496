"""A correction below what was read of the law is confirmed; the history tells what the playbook said before."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Two columns with a default in the database: nothing is rewritten."""

    dependencies = [("playbooks", "0003_longer_regions")]
    operations = [
        migrations.AddField(
            "factoverride", "confirmed", models.BooleanField(default=False, db_default=False)
        ),
        migrations.AddField(
            "factchange", "from_playbook", models.BooleanField(default=False, db_default=False)
        ),
    ]

"""Put notifications under row security and keep their keys within one workspace."""

from django.db import migrations

from dragoman.ground.database.rules import isolate, within_workspace

TABLES = ("notification", "preference", "pushsubscription")


class Migration(migrations.Migration):
    """Policies and composite keys."""

    dependencies = [("notifications", "0001_initial"), ("accounts", "0002_isolate")]
    operations = [
        *(isolate(f"notifications_{table}") for table in TABLES),
        *(within_workspace(f"notifications_{table}", "agent_id", "accounts_agent") for table in TABLES),
    ]

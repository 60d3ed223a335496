"""Put saved views, recent searches and bulk runs under row security, their keys within one workspace."""

from django.db import migrations

from dragoman.ground.database.rules import isolate, within_workspace


class Migration(migrations.Migration):
    """Policies and composite keys."""

    dependencies = [("segments", "0001_initial"), ("accounts", "0002_isolate")]
    operations = [
        *(isolate(f"segments_{table}") for table in ("savedview", "recentsearch", "bulkrun", "bulkstep")),
        within_workspace("segments_savedview", "owner_id", "accounts_agent", on_delete="SET NULL"),
        within_workspace("segments_savedview", "team_id", "accounts_team"),
        within_workspace("segments_recentsearch", "agent_id", "accounts_agent"),
        within_workspace("segments_bulkrun", "agent_id", "accounts_agent", on_delete="SET NULL"),
        within_workspace("segments_bulkstep", "run_id", "segments_bulkrun"),
    ]

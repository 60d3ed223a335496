"""Put suggestions under row security and keep their keys within one workspace."""

from django.db import migrations

from dragoman.ground.database.rules import isolate, within_workspace


class Migration(migrations.Migration):
    """Policy and composite keys."""

    dependencies = [
        ("assist", "0001_initial"),
        ("conversations", "0001_initial"),
        ("accounts", "0002_isolate"),
    ]
    operations = [
        isolate("assist_suggestion"),
        within_workspace("assist_suggestion", "conversation_id", "conversations_conversation"),
        within_workspace("assist_suggestion", "agent_id", "accounts_agent", on_delete="SET NULL"),
    ]

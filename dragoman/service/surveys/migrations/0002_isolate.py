"""Put answers under row security, and tie them to their workspace."""

from django.db import migrations

from dragoman.ground.database.rules import isolate, within_workspace

_KEYS = (
    ("brand_id", "accounts_brand", "CASCADE"),
    ("conversation_id", "conversations_conversation", "CASCADE"),
    ("agent_id", "accounts_agent", "SET NULL"),
)


class Migration(migrations.Migration):
    """Policies and composite keys."""

    dependencies = [
        ("surveys", "0001_initial"),
        ("accounts", "0002_isolate"),
        ("conversations", "0002_isolate"),
    ]
    operations = [
        isolate("surveys_survey"),
        *(
            within_workspace("surveys_survey", column, parent, on_delete=action)
            for column, parent, action in _KEYS
        ),
    ]

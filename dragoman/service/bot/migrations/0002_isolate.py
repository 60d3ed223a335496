"""Put the bot's tables under row security, and tie them to their workspace."""

from django.db import migrations

from dragoman.ground.database.rules import isolate, within_workspace

_TABLES = ("bot", "flow", "flowversion", "talk", "turn", "proofcode", "teamrule")
_TO = {
    "brand_id": "accounts_brand",
    "agent_id": "accounts_agent",
    "team_id": "accounts_team",
    "flow_id": "bot_flow",
    "conversation_id": "conversations_conversation",
    "order_id": "commerce_order",
}


def _within(table: str, column: str, *, on_delete: str = "CASCADE") -> migrations.RunSQL:
    return within_workspace(f"bot_{table}", column, _TO[column], on_delete=on_delete)


class Migration(migrations.Migration):
    """Policies and composite keys."""

    dependencies = [
        ("bot", "0001_initial"),
        ("accounts", "0002_isolate"),
        ("commerce", "0002_isolate"),
        ("conversations", "0002_isolate"),
    ]
    operations = [
        *(isolate(f"bot_{table}") for table in _TABLES),
        _within("bot", "brand_id"),
        _within("bot", "team_id", on_delete="SET NULL"),
        _within("bot", "agent_id", on_delete="SET NULL"),
        _within("flow", "brand_id"),
        _within("flowversion", "flow_id"),
        _within("flowversion", "agent_id", on_delete="SET NULL"),
        _within("talk", "conversation_id"),
        _within("turn", "conversation_id"),
        _within("proofcode", "conversation_id"),
        _within("proofcode", "order_id"),
        _within("teamrule", "brand_id"),
        _within("teamrule", "team_id"),
    ]

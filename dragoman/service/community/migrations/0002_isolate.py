"""Put the community's tables under row security, tie them to their workspace, and make threads findable."""

from django.db import migrations

from dragoman.ground.database.rules import isolate, search_function, within_workspace

_TABLES = (
    "community", "space", "member", "joincode", "thread", "post", "vote", "follow", "rendering", "decision", "report",
    "appeal",
)  # fmt: skip
_TO = {
    "brand_id": "accounts_brand",
    "agent_id": "accounts_agent",
    "space_id": "community_space",
    "member_id": "community_member",
    "thread_id": "community_thread",
    "post_id": "community_post",
    "accepted_id": "community_post",
    "decision_id": "community_decision",
    "conversation_id": "conversations_conversation",
}


def _within(table: str, column: str, *, on_delete: str = "CASCADE") -> migrations.RunSQL:
    return within_workspace(f"community_{table}", column, _TO[column], on_delete=on_delete)


class Migration(migrations.Migration):
    """Policies, composite keys and the search."""

    dependencies = [
        ("community", "0001_initial"),
        ("accounts", "0002_isolate"),
        ("conversations", "0002_isolate"),
    ]
    operations = [
        *(isolate(f"community_{table}") for table in _TABLES),
        _within("community", "brand_id"),
        _within("community", "agent_id", on_delete="SET NULL"),
        _within("space", "brand_id"),
        _within("member", "brand_id"),
        _within("joincode", "brand_id"),
        _within("thread", "brand_id"),
        _within("thread", "space_id"),
        _within("thread", "member_id"),
        _within("thread", "accepted_id", on_delete="SET NULL"),
        _within("thread", "conversation_id", on_delete="SET NULL"),
        _within("post", "thread_id"),
        _within("post", "member_id"),
        _within("post", "agent_id", on_delete="SET NULL"),
        _within("vote", "post_id"),
        _within("vote", "member_id"),
        _within("follow", "thread_id"),
        _within("follow", "member_id"),
        _within("rendering", "post_id"),
        _within("decision", "brand_id"),
        _within("decision", "post_id"),
        _within("decision", "member_id"),
        _within("decision", "agent_id", on_delete="SET NULL"),
        _within("report", "post_id"),
        _within("report", "member_id", on_delete="SET NULL"),
        _within("report", "decision_id", on_delete="SET NULL"),
        _within("appeal", "decision_id"),
        _within("appeal", "agent_id", on_delete="SET NULL"),
        *search_function("community_thread", name="search_community"),
    ]

"""Put the heart under row security, keep its keys within one workspace, make messages findable."""

from django.db import migrations

from dragoman.ground.database.rules import isolate, search_function, within_workspace

TABLES = ("envelope", "conversation", "message", "translation", "attachment")


class Migration(migrations.Migration):
    """Policies, composite keys, search."""

    dependencies = [("conversations", "0001_initial"), ("customers", "0002_isolate")]
    operations = [
        *(isolate(f"conversations_{table}") for table in TABLES),
        within_workspace("conversations_conversation", "brand_id", "accounts_brand"),
        within_workspace("conversations_conversation", "customer_id", "customers_customer"),
        within_workspace("conversations_conversation", "assignee_id", "accounts_agent", on_delete="SET NULL"),
        within_workspace("conversations_conversation", "team_id", "accounts_team", on_delete="SET NULL"),
        within_workspace(
            "conversations_conversation", "previous_id", "conversations_conversation", on_delete="SET NULL"
        ),
        within_workspace("conversations_message", "conversation_id", "conversations_conversation"),
        within_workspace("conversations_message", "agent_id", "accounts_agent", on_delete="SET NULL"),
        within_workspace("conversations_translation", "message_id", "conversations_message"),
        within_workspace("conversations_attachment", "message_id", "conversations_message"),
        *search_function("conversations_message", name="search_messages"),
    ]

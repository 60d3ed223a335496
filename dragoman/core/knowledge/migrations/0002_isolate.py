"""Put articles under row security and keep their keys within one workspace."""

from django.db import migrations

from dragoman.ground.database.rules import isolate, within_workspace


class Migration(migrations.Migration):
    """Policies and composite keys."""

    dependencies = [("knowledge", "0001_initial"), ("accounts", "0002_isolate")]
    operations = [
        isolate("knowledge_category"),
        isolate("knowledge_article"),
        isolate("knowledge_articletext"),
        isolate("knowledge_articleversion"),
        isolate("knowledge_articlequestion"),
        isolate("knowledge_synonym"),
        within_workspace("knowledge_category", "brand_id", "accounts_brand"),
        within_workspace("knowledge_article", "brand_id", "accounts_brand"),
        within_workspace("knowledge_article", "category_id", "knowledge_category", on_delete="SET NULL"),
        within_workspace("knowledge_article", "owner_id", "accounts_agent", on_delete="SET NULL"),
        within_workspace("knowledge_articletext", "article_id", "knowledge_article"),
        within_workspace(
            "knowledge_articletext", "head_id", "knowledge_articleversion", on_delete="SET NULL"
        ),
        within_workspace(
            "knowledge_articletext", "live_id", "knowledge_articleversion", on_delete="SET NULL"
        ),
        within_workspace("knowledge_articletext", "checked_by_id", "accounts_agent", on_delete="SET NULL"),
        within_workspace(
            "knowledge_articletext", "review_asked_by_id", "accounts_agent", on_delete="SET NULL"
        ),
        within_workspace("knowledge_articleversion", "text_id", "knowledge_articletext"),
        within_workspace("knowledge_articleversion", "agent_id", "accounts_agent", on_delete="SET NULL"),
        within_workspace("knowledge_articlequestion", "article_id", "knowledge_article"),
        within_workspace("knowledge_synonym", "brand_id", "accounts_brand"),
    ]

"""Put what is known of reading under row security and keep its keys within one workspace."""

from django.db import migrations

from dragoman.ground.database.rules import isolate, within_workspace

_TABLES = (
    "knowledge_feedback",
    "knowledge_search",
    "knowledge_visiting",
    "knowledge_readingday",
)


class Migration(migrations.Migration):
    """Policies and composite keys."""

    dependencies = [("knowledge", "0003_reading"), ("accounts", "0002_isolate")]
    operations = [
        *(isolate(table) for table in _TABLES),
        *(within_workspace(table, "brand_id", "accounts_brand") for table in _TABLES),
        within_workspace("knowledge_feedback", "article_id", "knowledge_article"),
        within_workspace("knowledge_readingday", "article_id", "knowledge_article"),
        within_workspace("knowledge_search", "opened_id", "knowledge_article", on_delete="SET NULL"),
    ]

"""Put the index under row security, and let a large one be asked for its rarest words."""

from django.db import migrations

from dragoman.ground.database.rules import isolate, search_function, within_workspace


class Migration(migrations.Migration):
    """Policies, composite keys and the function that asks the index."""

    dependencies = [("knowledge", "0006_passages")]
    operations = [
        isolate("knowledge_passage"),
        isolate("knowledge_indexstate"),
        within_workspace("knowledge_passage", "article_id", "knowledge_article"),
        within_workspace("knowledge_passage", "text_id", "knowledge_articletext"),
        *search_function("knowledge_passage", name="find_passages"),
    ]

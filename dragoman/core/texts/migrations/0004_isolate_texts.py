"""Put localised texts under row security and keep their keys within one workspace."""

from django.db import migrations

from dragoman.ground.database.rules import isolate, within_workspace


class Migration(migrations.Migration):
    """Policies and composite keys."""

    dependencies = [("texts", "0003_localised_texts"), ("accounts", "0002_isolate")]
    operations = [
        isolate("texts_localisedtext"),
        isolate("texts_variant"),
        isolate("texts_earlierwording"),
        within_workspace("texts_localisedtext", "brand_id", "accounts_brand"),
        within_workspace("texts_localisedtext", "macro_id", "texts_macro"),
        within_workspace("texts_variant", "text_id", "texts_localisedtext"),
        within_workspace("texts_variant", "agent_id", "accounts_agent", on_delete="SET NULL"),
        within_workspace("texts_earlierwording", "variant_id", "texts_variant"),
        within_workspace("texts_earlierwording", "agent_id", "accounts_agent", on_delete="SET NULL"),
    ]

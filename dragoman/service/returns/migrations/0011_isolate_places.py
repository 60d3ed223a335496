"""Put return places under row security, and tie them and their returns to their workspace."""

from django.db import migrations

from dragoman.ground.database.rules import isolate, within_workspace


class Migration(migrations.Migration):
    """Policies and composite keys."""

    dependencies = [("returns", "0010_places")]
    operations = [
        isolate("returns_returnplace"),
        within_workspace("returns_returnplace", "brand_id", "accounts_brand", on_delete="CASCADE"),
        within_workspace("returns_returnplace", "agent_id", "accounts_agent", on_delete="SET NULL"),
        within_workspace("returns_return", "place_id", "returns_returnplace", on_delete="SET NULL"),
    ]

"""Put return policies under row security, and tie them to their workspace."""

from django.db import migrations

from dragoman.ground.database.rules import isolate, within_workspace


class Migration(migrations.Migration):
    """Policies and composite keys."""

    dependencies = [
        ("returns", "0001_initial"),
        ("accounts", "0002_isolate"),
        ("commerce", "0002_isolate"),
        ("segments", "0005_segment_in_workspace"),
    ]
    operations = [
        isolate("returns_returnpolicy"),
        within_workspace("returns_returnpolicy", "brand_id", "accounts_brand"),
        within_workspace("returns_returnpolicy", "segment_id", "segments_segment"),
        within_workspace("returns_returnpolicy", "agent_id", "accounts_agent", on_delete="SET NULL"),
    ]

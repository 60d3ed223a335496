"""Put playbooks under row security and keep their keys within one workspace."""

from django.db import migrations

from dragoman.ground.database.rules import isolate, within_workspace

_TABLES = ("playbooks_brandmarket", "playbooks_factoverride", "playbooks_factchange", "playbooks_marketnote")


class Migration(migrations.Migration):
    """Policies and composite keys."""

    dependencies = [("playbooks", "0001_initial"), ("accounts", "0002_isolate")]
    operations = [
        *[isolate(table) for table in _TABLES],
        *[within_workspace(table, "brand_id", "accounts_brand") for table in _TABLES],
        *[
            within_workspace(table, "agent_id", "accounts_agent", on_delete="SET NULL")
            for table in _TABLES
            if table != "playbooks_brandmarket"
        ],
    ]

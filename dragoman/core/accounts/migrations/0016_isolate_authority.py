"""Put authority under row security and keep its keys within one workspace."""

from django.db import migrations

from dragoman.ground.database.rules import isolate, within_workspace


class Migration(migrations.Migration):
    """Policies and composite keys."""

    dependencies = [("accounts", "0015_authority")]
    operations = [
        *(
            isolate(f"accounts_{table}")
            for table in ("authoritylimit", "authorityuse", "approval", "standin")
        ),
        within_workspace("accounts_authoritylimit", "agent_id", "accounts_agent"),
        within_workspace("accounts_authorityuse", "holder_id", "accounts_agent"),
        within_workspace("accounts_approval", "requester_id", "accounts_agent"),
        within_workspace("accounts_approval", "decided_by_id", "accounts_agent", on_delete="SET NULL"),
        within_workspace("accounts_approval", "stands_for_id", "accounts_agent", on_delete="SET NULL"),
        within_workspace("accounts_standin", "agent_id", "accounts_agent"),
        within_workspace("accounts_standin", "deputy_id", "accounts_agent"),
    ]

"""Put accounts under row security and keep their keys within one workspace."""

from django.db import migrations

from dragoman.ground.database.rules import isolate, within_workspace


class Migration(migrations.Migration):
    """Policies and composite keys."""

    dependencies = [("accounts", "0001_initial")]
    operations = [
        isolate("accounts_workspace", column="id"),
        *(
            isolate(f"accounts_{table}")
            for table in ("brand", "agent", "team", "teammember", "invitation", "apitoken")
        ),
        within_workspace("accounts_teammember", "team_id", "accounts_team"),
        within_workspace("accounts_teammember", "agent_id", "accounts_agent"),
        within_workspace("accounts_invitation", "invited_by_id", "accounts_agent"),
    ]

"""Put service hours under row security and keep their keys within one workspace."""

from django.db import migrations

from dragoman.ground.database.rules import isolate, within_workspace


class Migration(migrations.Migration):
    """Policies and composite keys."""

    dependencies = [("accounts", "0012_service_hours")]
    operations = [
        isolate("accounts_servicehours"),
        isolate("accounts_holidayfeed"),
        within_workspace("accounts_servicehours", "brand_id", "accounts_brand"),
        within_workspace("accounts_servicehours", "team_id", "accounts_team"),
        within_workspace("accounts_holidayfeed", "hours_id", "accounts_servicehours"),
    ]

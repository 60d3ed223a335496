"""Put the webhooks of carriers under row security, and tie them to their workspace."""

from django.db import migrations

from dragoman.ground.database.rules import isolate, within_workspace

_TABLES = ("carrierdoor", "carrierhook")


class Migration(migrations.Migration):
    """Policies and composite keys."""

    dependencies = [("commerce", "0009_carrier_hooks")]
    operations = [
        *(isolate(f"commerce_{table}") for table in _TABLES),
        *(
            within_workspace(f"commerce_{table}", "account_id", "connections_vendoraccount")
            for table in _TABLES
        ),
    ]

"""What a brand says by itself are localised texts now.

The columns stay for the old code, with defaults, because it may still run; nothing reads them any more.
"""

from django.db import migrations

_DEFAULTS = {"signature": "''", "signatures": "'{}'::jsonb", "acknowledgements": "'{}'::jsonb"}


class Migration(migrations.Migration):
    """Out of the model, after the words were carried over."""

    dependencies = [("accounts", "0010_masking"), ("texts", "0005_carry_over")]
    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[migrations.RemoveField(model_name="brand", name=name) for name in _DEFAULTS],
            database_operations=[
                migrations.RunSQL(
                    f"ALTER TABLE accounts_brand ALTER COLUMN {name} SET DEFAULT {value}",
                    f"ALTER TABLE accounts_brand ALTER COLUMN {name} DROP DEFAULT",
                )
                for name, value in _DEFAULTS.items()
            ],
        )
    ]

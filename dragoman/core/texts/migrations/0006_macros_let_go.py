"""The words of macros are localised texts now.

The column stays for the old code, with a default, because it may still run; nothing reads it any more.
"""

from django.db import migrations


class Migration(migrations.Migration):
    """Out of the model, after the words were carried over."""

    dependencies = [("texts", "0005_carry_over")]
    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[migrations.RemoveField(model_name="macro", name="texts")],
            database_operations=[
                migrations.RunSQL(
                    "ALTER TABLE texts_macro ALTER COLUMN texts SET DEFAULT '{}'::jsonb",
                    "ALTER TABLE texts_macro ALTER COLUMN texts DROP DEFAULT",
                )
            ],
        )
    ]

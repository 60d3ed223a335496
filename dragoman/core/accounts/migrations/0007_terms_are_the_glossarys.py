"""A brand's words that nobody translates are entries of the glossary now.

The column stays for the old code, with a default, because it may still run; nothing reads it any more.
"""

from django.db import migrations


class Migration(migrations.Migration):
    """Out of the model, after the words were carried over."""

    dependencies = [("accounts", "0006_density"), ("language", "0006_words_of_brands")]
    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[migrations.RemoveField(model_name="brand", name="terms")],
            database_operations=[
                migrations.RunSQL(
                    "ALTER TABLE accounts_brand ALTER COLUMN terms SET DEFAULT '[]'::jsonb",
                    "ALTER TABLE accounts_brand ALTER COLUMN terms DROP DEFAULT",
                )
            ],
        )
    ]

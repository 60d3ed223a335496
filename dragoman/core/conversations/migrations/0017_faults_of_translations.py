"""What is known to be wrong with the translation of a message that came in."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Faults beside a translation; those made before have none that is known."""

    dependencies = [("conversations", "0016_envelopes_with_masked_data")]
    operations = [
        migrations.AddField(
            model_name="translation",
            name="faults",
            field=models.JSONField(db_default=[], default=list),
        ),
    ]

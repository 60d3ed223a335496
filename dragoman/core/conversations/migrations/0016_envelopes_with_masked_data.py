"""Which envelopes hold what was masked: they expire sooner."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """A mark of envelopes, found by age."""

    dependencies = [("conversations", "0015_review")]
    operations = [
        migrations.AddField(
            model_name="envelope", name="masked", field=models.BooleanField(db_default=False, default=False)
        ),
        migrations.AddIndex(
            model_name="envelope",
            index=models.Index(
                fields=["received_at"], name="envelope_masked_age", condition=models.Q(masked=True)
            ),
        ),
    ]

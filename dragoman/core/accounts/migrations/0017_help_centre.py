"""What a brand decided about its help centre."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """A setting of a brand."""

    dependencies = [("accounts", "0016_isolate_authority")]
    operations = [
        migrations.AddField(
            model_name="brand",
            name="help",
            field=models.JSONField(blank=True, db_default=models.Value({}, models.JSONField()), default=dict),
        ),
    ]

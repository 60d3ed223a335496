"""Let other rooms' rows point at a segment of their own workspace."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """The unique pair that composite keys refer to."""

    dependencies = [("segments", "0004_segments")]
    operations = [
        migrations.AddConstraint(
            "segment", models.UniqueConstraint("workspace", "id", name="segment_in_workspace")
        ),
    ]

"""Whether urgent messages raise the priority, and whether a language model may be asked where ours is unsure."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Two settings of a workspace."""

    dependencies = [("accounts", "0007_terms_are_the_glossarys")]
    operations = [
        migrations.AddField(
            "workspace", "raise_priority", models.BooleanField(db_default=True, default=True)
        ),
        migrations.AddField(
            "workspace", "refine_meaning", models.BooleanField(db_default=False, default=False)
        ),
    ]

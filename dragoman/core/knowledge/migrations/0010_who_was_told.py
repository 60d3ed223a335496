"""Who was told of which move of a webinar."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Two numbers with defaults that the old code need not know."""

    dependencies = [("knowledge", "0009_what_is_not_meant")]

    operations = [
        migrations.AddField(
            model_name="signup", name="telling", field=models.PositiveIntegerField(default=0, db_default=0)
        ),
        migrations.AddField(
            model_name="signup", name="told", field=models.PositiveIntegerField(default=0, db_default=0)
        ),
    ]

"""How long a sent answer can be taken back."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Two settings of a workspace."""

    dependencies = [
        ("accounts", "0003_signatures"),
    ]

    operations = [
        migrations.AddField(
            model_name="workspace",
            name="undo_send_chat",
            field=models.PositiveSmallIntegerField(db_default=3, default=3),
        ),
        migrations.AddField(
            model_name="workspace",
            name="undo_send_mail",
            field=models.PositiveSmallIntegerField(db_default=10, default=10),
        ),
    ]

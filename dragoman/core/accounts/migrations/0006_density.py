"""How much a row of the conversation list shows, an agent's own choice."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """A setting of an agent."""

    dependencies = [("accounts", "0005_brand_chat")]
    operations = [
        migrations.AddField(
            model_name="agent",
            name="density",
            field=models.CharField(
                choices=[("one", "One line"), ("three", "Three lines")],
                db_default="three",
                default="three",
                max_length=5,
            ),
        ),
    ]

"""Files of texts wait as those of terms and sentences do."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """One more kind; the column is as it was."""

    dependencies = [("language", "0010_waiting_files")]
    operations = [
        migrations.AlterField(
            model_name="waitingfile",
            name="kind",
            field=models.CharField(
                choices=[("glossary", "Glossary"), ("memory", "Memory"), ("texts", "Texts")], max_length=8
            ),
        )
    ]

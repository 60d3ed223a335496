"""By when a customer was told to have an answer."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """One column."""

    dependencies = [("conversations", "0017_faults_of_translations")]
    operations = [
        migrations.AddField(
            model_name="acknowledgement", name="answer_by", field=models.DateTimeField(null=True)
        ),
    ]

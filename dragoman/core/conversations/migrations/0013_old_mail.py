"""An import says whether its mails keep their dates or come in as new."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("conversations", "0012_imports_name_their_files")]

    operations = [
        migrations.AddField("mailimport", "as_new", models.BooleanField(db_default=False, default=False)),
    ]

"""Put a workspace's decisions about languages under row security."""

from django.db import migrations

from dragoman.ground.database.rules import isolate


class Migration(migrations.Migration):
    """Policy."""

    dependencies = [("language", "0001_initial"), ("accounts", "0002_isolate")]
    operations = [isolate("language_languagepolicy")]

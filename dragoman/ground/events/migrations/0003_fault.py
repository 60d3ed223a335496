"""Keep the reason why a job failed."""

import django.db.models.functions
from django.db import migrations, models

from dragoman.ground.database.rules import isolate


class Migration(migrations.Migration):
    """A table of its own: the queue's tables belong to the queue."""

    dependencies = [("events", "0002_isolate")]
    operations = [
        migrations.CreateModel(
            name="Fault",
            fields=[
                ("job_id", models.BigIntegerField(primary_key=True, serialize=False)),
                ("workspace_id", models.BigIntegerField()),
                ("words", models.TextField()),
                ("at", models.DateTimeField(db_default=django.db.models.functions.Now())),
            ],
            options={
                "db_table": "events_fault",
                "indexes": [
                    models.Index(models.F("workspace_id"), models.F("at"), name="fault_at"),
                ],
            },
        ),
        isolate("events_fault"),
    ]

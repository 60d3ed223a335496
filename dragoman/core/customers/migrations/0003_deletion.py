"""Let customers be deleted in the background, and keep figures of it."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models

from dragoman.ground.database.rules import isolate


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0003_signatures"),
        ("customers", "0002_isolate"),
    ]

    operations = [
        migrations.AddField(
            model_name="customer",
            name="leaving_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.CreateModel(
            name="Deletion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("customer_id", models.BigIntegerField()),
                ("asked_by_id", models.BigIntegerField(null=True)),
                ("market", models.CharField(blank=True, default="", max_length=2)),
                ("language", models.CharField(blank=True, default="", max_length=20)),
                ("counts", models.JSONField(default=dict)),
                ("asked_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("finished_at", models.DateTimeField(null=True)),
                (
                    "workspace",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        to="accounts.workspace",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        models.F("workspace"), models.F("customer_id"), name="deletion_once"
                    )
                ],
            },
        ),
        isolate("customers_deletion"),
    ]

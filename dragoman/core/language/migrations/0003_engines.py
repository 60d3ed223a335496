"""Orders of engines, their answers, what left the house, and budgets."""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models

from dragoman.ground.database.rules import isolate


class Migration(migrations.Migration):
    """Tables and columns."""

    dependencies = [
        ("accounts", "0006_density"),
        ("language", "0002_isolate"),
    ]

    operations = [
        migrations.AddField(
            model_name="languagepolicy",
            name="currency",
            field=models.CharField(db_default="EUR", default="EUR", max_length=3),
        ),
        migrations.AddField(
            model_name="languagepolicy",
            name="most_characters",
            field=models.PositiveBigIntegerField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="languagepolicy",
            name="most_money",
            field=models.PositiveBigIntegerField(blank=True, null=True),
        ),
        migrations.CreateModel(
            name="Departure",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("engine", models.CharField(max_length=120)),
                ("vendor", models.CharField(max_length=30)),
                ("host", models.CharField(max_length=253)),
                ("source", models.CharField(max_length=20)),
                ("target", models.CharField(max_length=20)),
                ("texts", models.PositiveIntegerField()),
                ("characters", models.PositiveIntegerField()),
                ("purpose", models.CharField(max_length=20)),
                ("conversation_id", models.BigIntegerField(null=True)),
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
                "indexes": [
                    models.Index(
                        models.F("workspace"),
                        models.OrderBy(models.F("at"), descending=True),
                        name="departure_newest",
                    ),
                    models.Index(models.F("workspace"), models.F("conversation_id"), name="departure_of"),
                ],
            },
        ),
        migrations.CreateModel(
            name="EngineAnswer",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("digest", models.CharField(max_length=64)),
                ("engine", models.CharField(max_length=30)),
                ("text", models.TextField()),
                ("confidence", models.FloatField()),
                ("faults", models.JSONField(default=list)),
                (
                    "conversation_ids",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(), default=list, size=None
                    ),
                ),
                ("expires_at", models.DateTimeField()),
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
                "indexes": [
                    models.Index(models.F("expires_at"), name="engine_answer_expires"),
                    django.contrib.postgres.indexes.GinIndex(
                        models.F("conversation_ids"), name="engine_answer_of"
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        models.F("workspace"), models.F("digest"), name="engine_answer_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="EngineOrder",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("source", models.CharField(default="*", max_length=20)),
                ("target", models.CharField(default="*", max_length=20)),
                ("engines", models.JSONField(default=list)),
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
                        models.F("workspace"),
                        models.F("source"),
                        models.F("target"),
                        name="engine_order_once",
                    )
                ],
            },
        ),
        isolate("language_departure"),
        isolate("language_engineanswer"),
        isolate("language_engineorder"),
    ]

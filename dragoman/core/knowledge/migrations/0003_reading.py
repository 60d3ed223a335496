"""What is known of reading: verdicts, reads by day, searches, visits."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models


class Migration(migrations.Migration):
    """Four tables."""

    dependencies = [
        ("accounts", "0017_help_centre"),
        ("knowledge", "0002_isolate"),
    ]

    operations = [
        migrations.CreateModel(
            name="Feedback",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("language", models.CharField(max_length=20)),
                ("market", models.CharField(blank=True, default="", max_length=2)),
                ("version", models.PositiveIntegerField(default=0)),
                ("helped", models.BooleanField()),
                (
                    "reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("unclear", "It is hard to understand"),
                            ("missing", "Something is missing"),
                            ("wrong", "It is wrong or out of date"),
                            ("other", "I was looking for something else"),
                        ],
                        default="",
                        max_length=8,
                    ),
                ),
                ("words", models.CharField(blank=True, default="", max_length=2000)),
                ("visit", models.CharField(blank=True, default="", max_length=32)),
                ("said_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                (
                    "article",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="feedback",
                        to="knowledge.article",
                    ),
                ),
                (
                    "brand",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        to="accounts.brand",
                    ),
                ),
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
                        models.F("article"),
                        models.F("said_at"),
                        name="feedback_of_article",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        models.F("workspace"), models.F("id"), name="feedback_in_workspace"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("visit", ""), _negated=True),
                        fields=("workspace", "article", "language", "visit"),
                        name="feedback_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ReadingDay",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("language", models.CharField(max_length=20)),
                ("market", models.CharField(blank=True, default="", max_length=2)),
                ("day", models.DateField()),
                ("times", models.PositiveIntegerField(default=0)),
                ("fallback", models.PositiveIntegerField(default=0)),
                (
                    "article",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="reading",
                        to="knowledge.article",
                    ),
                ),
                (
                    "brand",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        to="accounts.brand",
                    ),
                ),
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
                "indexes": [models.Index(models.F("workspace"), models.F("day"), name="reading_by_day")],
                "constraints": [
                    models.UniqueConstraint(
                        models.F("workspace"),
                        models.F("article"),
                        models.F("brand"),
                        models.F("language"),
                        models.F("market"),
                        models.F("day"),
                        name="reading_day_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Search",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "where",
                    models.CharField(
                        choices=[
                            ("help", "Help centre"),
                            ("chat", "Chat"),
                            ("bot", "Bot"),
                            ("shop", "Shop page"),
                        ],
                        default="help",
                        max_length=4,
                    ),
                ),
                ("language", models.CharField(max_length=20)),
                ("market", models.CharField(blank=True, default="", max_length=2)),
                ("words", models.CharField(max_length=200)),
                ("folded", models.CharField(max_length=200)),
                ("found", models.PositiveIntegerField(default=0)),
                ("elsewhere", models.BooleanField(default=False)),
                ("answered", models.BooleanField(default=False)),
                ("visit", models.CharField(blank=True, default="", max_length=32)),
                ("at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                (
                    "brand",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        to="accounts.brand",
                    ),
                ),
                (
                    "opened",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="knowledge.article",
                    ),
                ),
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
                    models.Index(models.F("workspace"), models.F("at"), name="search_by_time"),
                    models.Index(
                        models.F("workspace"), models.F("visit"), models.F("at"), name="search_of_visit"
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(models.F("workspace"), models.F("id"), name="search_in_workspace")
                ],
            },
        ),
        migrations.CreateModel(
            name="Visiting",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("visit", models.CharField(max_length=32)),
                ("language", models.CharField(max_length=20)),
                ("market", models.CharField(blank=True, default="", max_length=2)),
                ("searched", models.PositiveIntegerField(default=0)),
                ("read", models.PositiveIntegerField(default=0)),
                ("wrote_at", models.DateTimeField(null=True)),
                ("began_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("last_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                (
                    "brand",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        to="accounts.brand",
                    ),
                ),
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
                    models.Index(models.F("workspace"), models.F("began_at"), name="visiting_by_time")
                ],
                "constraints": [
                    models.UniqueConstraint(
                        models.F("workspace"), models.F("id"), name="visiting_in_workspace"
                    ),
                    models.UniqueConstraint(
                        models.F("workspace"), models.F("brand"), models.F("visit"), name="visiting_once"
                    ),
                ],
            },
        ),
    ]

"""Accounts at vendors, and what was used of them."""

import django.core.validators
import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models

from dragoman.ground.database.rules import isolate


class Migration(migrations.Migration):
    """Tables and columns."""

    dependencies = [
        ("accounts", "0006_density"),
        ("connections", "0003_vendor_apps"),
    ]

    operations = [
        migrations.CreateModel(
            name="VendorAccount",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("family", models.CharField(max_length=20)),
                ("vendor", models.CharField(max_length=30)),
                ("name", models.CharField(max_length=80)),
                ("address", models.CharField(blank=True, default="", max_length=200)),
                ("settings", models.JSONField(default=dict)),
                ("sealed", models.BinaryField(default=bytes)),
                (
                    "patience",
                    models.PositiveSmallIntegerField(
                        default=20,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(120),
                        ],
                    ),
                ),
                ("price", models.PositiveIntegerField(default=0)),
                ("most_characters", models.PositiveBigIntegerField(blank=True, null=True)),
                ("most_money", models.PositiveBigIntegerField(blank=True, null=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("new", "Not tried yet"),
                            ("working", "Working"),
                            ("failing", "Failing"),
                            ("off", "Switched off"),
                        ],
                        default="new",
                        max_length=10,
                    ),
                ),
                ("last_error", models.TextField(blank=True, default="")),
                ("last_tried_at", models.DateTimeField(null=True)),
                ("last_worked_at", models.DateTimeField(null=True)),
                ("created_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
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
                        models.F("workspace"), models.F("id"), name="vendor_account_in_workspace"
                    ),
                    models.UniqueConstraint(
                        models.F("workspace"),
                        models.F("family"),
                        models.F("name"),
                        name="vendor_account_name_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="VendorUsage",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("family", models.CharField(max_length=20)),
                ("month", models.DateField()),
                ("engine", models.CharField(blank=True, default="", max_length=120)),
                ("calls", models.PositiveBigIntegerField(default=0)),
                ("failures", models.PositiveBigIntegerField(default=0)),
                ("characters", models.PositiveBigIntegerField(default=0)),
                ("cost", models.PositiveBigIntegerField(default=0)),
                ("told_at", models.DateTimeField(null=True)),
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
                        models.F("family"),
                        models.F("month"),
                        models.F("engine"),
                        name="vendor_usage_once",
                    )
                ],
            },
        ),
        isolate("connections_vendoraccount"),
        isolate("connections_vendorusage"),
    ]

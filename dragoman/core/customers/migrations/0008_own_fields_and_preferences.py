"""Keep own fields of customers, and preferences with consent, under row security."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models

from dragoman.ground.database.rules import isolate, within_workspace


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0010_masking"),
        ("customers", "0007_forms_of_address"),
    ]

    operations = [
        migrations.AddField(
            model_name="customer",
            name="own",
            field=models.JSONField(blank=True, db_default=models.Value({}, models.JSONField()), default=dict),
        ),
        migrations.AddField(
            model_name="customer",
            name="own_at",
            field=models.JSONField(blank=True, db_default=models.Value({}, models.JSONField()), default=dict),
        ),
        migrations.CreateModel(
            name="CustomerField",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.CharField(max_length=40)),
                ("label", models.CharField(max_length=80)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("text", "Text"),
                            ("number", "Number"),
                            ("date", "Date"),
                            ("yes_no", "Yes or no"),
                            ("choice", "Choice"),
                        ],
                        max_length=6,
                    ),
                ),
                ("choices", models.JSONField(blank=True, default=list)),
                ("position", models.PositiveIntegerField(default=0)),
                ("removed_at", models.DateTimeField(null=True)),
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
                        models.F("workspace"),
                        models.F("key"),
                        condition=models.Q(("removed_at", None)),
                        name="customer_field_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="CustomerPreference",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=40)),
                ("value", models.CharField(max_length=500)),
                ("given_by", models.CharField(blank=True, default="", max_length=120)),
                (
                    "how",
                    models.CharField(
                        choices=[
                            ("message", "In a message"),
                            ("call", "On the phone"),
                            ("person", "In person"),
                            ("form", "In a form"),
                            ("document", "On paper"),
                        ],
                        max_length=8,
                    ),
                ),
                ("explicit", models.BooleanField(default=False)),
                ("given_at", models.DateTimeField()),
                ("current", models.BooleanField(default=True)),
                ("created_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                (
                    "agent",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="accounts.agent",
                    ),
                ),
                (
                    "customer",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="preferences",
                        to="customers.customer",
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
                    models.Index(models.F("workspace"), models.F("customer"), name="preference_customer"),
                    models.Index(
                        models.F("workspace"), models.F("kind"), models.F("customer"), name="preference_kind"
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        models.F("workspace"),
                        models.F("customer"),
                        models.F("kind"),
                        condition=models.Q(("current", True)),
                        name="customer_preference_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PreferenceKind",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.CharField(max_length=40)),
                ("label", models.CharField(blank=True, default="", max_length=80)),
                ("special", models.BooleanField(default=False)),
                ("kept", models.BooleanField(default=True)),
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
                        models.F("workspace"), models.F("key"), name="preference_kind_once"
                    )
                ],
            },
        ),
        isolate("customers_customerfield"),
        isolate("customers_preferencekind"),
        isolate("customers_customerpreference"),
        within_workspace("customers_customerpreference", "customer_id", "customers_customer"),
        within_workspace("customers_customerpreference", "agent_id", "accounts_agent", on_delete="SET NULL"),
    ]

"""Rules and people of review, and orders of translations."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models

from dragoman.ground.database.rules import isolate, within_workspace


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0006_density"),
        ("language", "0008_own_phrases"),
    ]

    operations = [
        migrations.CreateModel(
            name="TranslationOrder",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("title", models.CharField(max_length=120)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("sent", "Sent"),
                            ("in_work", "In work"),
                            ("returned", "Returned"),
                            ("checked", "Checked"),
                            ("done", "Done"),
                            ("cancelled", "Cancelled"),
                        ],
                        default="draft",
                        max_length=9,
                    ),
                ),
                ("source", models.CharField(max_length=20)),
                ("targets", models.JSONField(default=list)),
                ("vendor", models.TextField(blank=True, default="")),
                ("note", models.TextField(blank=True, default="")),
                ("cost", models.BigIntegerField(null=True)),
                ("currency", models.CharField(blank=True, default="", max_length=3)),
                ("due_on", models.DateField(null=True)),
                ("created_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("changed_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                (
                    "agent",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        to="accounts.agent",
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
        ),
        migrations.CreateModel(
            name="OrderText",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=20)),
                ("ref", models.CharField(max_length=60)),
                ("title", models.CharField(default="", max_length=200)),
                ("text", models.TextField()),
                ("target", models.CharField(max_length=20)),
                ("said", models.TextField(blank=True, default="")),
                ("checked", models.TextField(blank=True, default="")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "Not returned"),
                            ("returned", "To be checked"),
                            ("checked", "Checked"),
                            ("rejected", "Sent back"),
                        ],
                        default="open",
                        max_length=8,
                    ),
                ),
                ("reason", models.TextField(blank=True, default="")),
                ("returned_at", models.DateTimeField(null=True)),
                ("decided_at", models.DateTimeField(null=True)),
                (
                    "reviewer",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        to="accounts.agent",
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
                (
                    "order",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="texts",
                        to="language.translationorder",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Reviewer",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("source", models.CharField(blank=True, default="", max_length=20)),
                ("target", models.CharField(blank=True, default="", max_length=20)),
                (
                    "agent",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        to="accounts.agent",
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
                "constraints": [
                    models.UniqueConstraint(
                        models.F("workspace"),
                        models.F("agent"),
                        models.F("source"),
                        models.F("target"),
                        name="reviewer_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ReviewPolicy",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("send", "Send at once"),
                            ("after", "Send, review after"),
                            ("hold", "Hold for review"),
                        ],
                        default="send",
                        max_length=5,
                    ),
                ),
                ("sample", models.PositiveSmallIntegerField(default=1)),
                (
                    "faults",
                    models.CharField(
                        choices=[("ask", "Ask the agent, then send"), ("hold", "Hold for review")],
                        default="ask",
                        max_length=4,
                    ),
                ),
                ("own", models.BooleanField(default=False)),
                ("assigned_only", models.BooleanField(default=False)),
                (
                    "stand_in",
                    models.CharField(
                        choices=[
                            ("wait", "It goes on waiting"),
                            ("lead", "The leads are told"),
                            ("release", "It goes out unreviewed, and is reviewed after"),
                        ],
                        default="lead",
                        max_length=7,
                    ),
                ),
                ("stand_in_minutes", models.PositiveSmallIntegerField(default=60)),
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
                "constraints": [models.UniqueConstraint(models.F("workspace"), name="review_policy_once")],
            },
        ),
        migrations.CreateModel(
            name="ReviewRule",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("place", models.PositiveIntegerField(default=0)),
                ("name", models.CharField(blank=True, default="", max_length=120)),
                ("when", models.JSONField(blank=True, default=dict)),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("send", "Send at once"),
                            ("after", "Send, review after"),
                            ("hold", "Hold for review"),
                        ],
                        default="hold",
                        max_length=5,
                    ),
                ),
                ("sample", models.PositiveSmallIntegerField(default=1)),
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
                        models.F("workspace"), models.F("place"), models.F("id"), name="review_rule_order"
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        models.F("workspace"), models.F("id"), name="review_rule_in_workspace"
                    )
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="translationorder",
            constraint=models.UniqueConstraint(
                models.F("workspace"), models.F("id"), name="translation_order_in_workspace"
            ),
        ),
        migrations.AddIndex(
            model_name="ordertext",
            index=models.Index(
                models.F("workspace"),
                models.F("id"),
                condition=models.Q(("state", "returned")),
                name="order_text_waiting",
            ),
        ),
        migrations.AddConstraint(
            model_name="ordertext",
            constraint=models.UniqueConstraint(
                models.F("workspace"),
                models.F("order"),
                models.F("kind"),
                models.F("ref"),
                models.F("target"),
                name="order_text_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="ordertext",
            constraint=models.UniqueConstraint(
                models.F("workspace"), models.F("id"), name="order_text_in_workspace"
            ),
        ),
        isolate("language_reviewpolicy"),
        isolate("language_reviewrule"),
        isolate("language_reviewer"),
        isolate("language_translationorder"),
        isolate("language_ordertext"),
        within_workspace("language_reviewer", "agent_id", "accounts_agent"),
        within_workspace("language_translationorder", "agent_id", "accounts_agent", on_delete="SET NULL"),
        within_workspace("language_ordertext", "order_id", "language_translationorder"),
        within_workspace("language_ordertext", "reviewer_id", "accounts_agent", on_delete="SET NULL"),
    ]

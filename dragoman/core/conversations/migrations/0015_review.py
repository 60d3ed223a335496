"""Keep what waits for a reviewer."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models

from dragoman.ground.database.rules import isolate, within_workspace


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0006_density"),
        ("conversations", "0014_understanding"),
    ]

    operations = [
        migrations.CreateModel(
            name="ReviewItem",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "mode",
                    models.CharField(
                        choices=[("hold", "Held"), ("after", "Sent, to be looked at")], max_length=5
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting"),
                            ("accepted", "Accepted"),
                            ("edited", "Edited"),
                            ("rejected", "Rejected"),
                            ("withdrawn", "Taken back"),
                        ],
                        default="waiting",
                        max_length=9,
                    ),
                ),
                ("reason", models.JSONField(default=dict)),
                ("source", models.CharField(max_length=20)),
                ("target", models.CharField(max_length=20)),
                ("made", models.CharField(default="machine", max_length=10)),
                ("engine", models.CharField(default="", max_length=60)),
                ("confidence", models.FloatField(null=True)),
                ("faults", models.JSONField(default=list)),
                ("text", models.TextField()),
                ("said", models.TextField()),
                ("machine", models.TextField(default="")),
                ("kept", models.TextField(default="")),
                ("distance", models.FloatField(null=True)),
                ("comment", models.TextField(default="")),
                ("created_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("decided_at", models.DateTimeField(null=True)),
                ("overdue_at", models.DateTimeField(null=True)),
                (
                    "author",
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
                    "conversation",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        to="conversations.conversation",
                    ),
                ),
                (
                    "message",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        to="conversations.message",
                    ),
                ),
                (
                    "reviewer",
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
                        models.F("id"),
                        condition=models.Q(("state", "waiting")),
                        name="review_waiting",
                    ),
                    models.Index(models.F("workspace"), models.F("created_at"), name="review_by_day"),
                    models.Index(
                        models.F("workspace"), models.F("conversation"), name="review_of_conversation"
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(models.F("workspace"), models.F("message"), name="review_once"),
                    models.UniqueConstraint(
                        models.F("workspace"), models.F("id"), name="review_item_in_workspace"
                    ),
                ],
            },
        ),
        isolate("conversations_reviewitem"),
        within_workspace("conversations_reviewitem", "conversation_id", "conversations_conversation"),
        within_workspace("conversations_reviewitem", "message_id", "conversations_message"),
        within_workspace("conversations_reviewitem", "author_id", "accounts_agent", on_delete="SET NULL"),
        within_workspace("conversations_reviewitem", "reviewer_id", "accounts_agent", on_delete="SET NULL"),
    ]

"""Keep drafts on the server, and who follows a conversation."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models

from dragoman.ground.database.rules import isolate, within_workspace


class Migration(migrations.Migration):
    """Two tables under row security."""

    dependencies = [
        ("accounts", "0002_isolate"),
        ("conversations", "0005_answers_by_day"),
    ]

    operations = [
        migrations.CreateModel(
            name="Draft",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(choices=[("reply", "Reply"), ("note", "Note")], max_length=5)),
                ("text", models.TextField(blank=True, default="")),
                ("fields", models.JSONField(default=dict)),
                ("attachments", models.JSONField(default=list)),
                ("earlier", models.TextField(blank=True, default="")),
                ("revision", models.PositiveIntegerField(default=1)),
                ("device", models.CharField(blank=True, default="", max_length=80)),
                ("after", models.BigIntegerField(default=0)),
                ("updated_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
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
                    "conversation",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        to="conversations.conversation",
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
                        models.F("agent"),
                        models.F("conversation"),
                        name="draft_of_agent",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        models.F("workspace"),
                        models.F("conversation"),
                        models.F("agent"),
                        models.F("kind"),
                        name="draft_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Follower",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("active", models.BooleanField(default=True)),
                ("created_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
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
                    "conversation",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        to="conversations.conversation",
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
                        models.F("conversation"),
                        models.F("agent"),
                        name="follower_once",
                    )
                ],
            },
        ),
        isolate("conversations_draft"),
        isolate("conversations_follower"),
        within_workspace("conversations_draft", "conversation_id", "conversations_conversation"),
        within_workspace("conversations_draft", "agent_id", "accounts_agent"),
        within_workspace("conversations_follower", "conversation_id", "conversations_conversation"),
        within_workspace("conversations_follower", "agent_id", "accounts_agent"),
    ]

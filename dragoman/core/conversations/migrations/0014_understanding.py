"""What builds up in a conversation, what people set by hand, and what a workspace learned from them."""

import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models

from dragoman.ground.database.rules import isolate, within_workspace


def _workspace() -> models.ForeignKey:
    return models.ForeignKey(
        db_constraint=False,
        db_index=False,
        on_delete=django.db.models.deletion.CASCADE,
        to="accounts.workspace",
    )


class Migration(migrations.Migration):
    """Two columns of conversations, and the tables of lessons."""

    dependencies = [
        ("accounts", "0008_understanding"),
        ("conversations", "0013_old_mail"),
    ]

    operations = [
        migrations.AddField(
            model_name="conversation",
            name="by_hand",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=20),
                blank=True,
                db_default=[],
                default=list,
                size=None,
            ),
        ),
        migrations.AddField(
            model_name="conversation",
            name="tension",
            field=models.PositiveSmallIntegerField(db_default=0, default=0),
        ),
        migrations.CreateModel(
            name="Learned",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "question",
                    models.CharField(choices=[("intent", "Purpose"), ("sentiment", "Mood")], max_length=9),
                ),
                ("labels", models.JSONField(default=list)),
                ("weights", models.BinaryField(default=bytes)),
                ("lessons", models.PositiveIntegerField(default=0)),
                ("right_before", models.FloatField(default=0)),
                ("right_after", models.FloatField(default=0)),
                ("active", models.BooleanField(default=False)),
                ("at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("workspace", _workspace()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(models.F("workspace"), models.F("question"), name="learned_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Lesson",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "question",
                    models.CharField(choices=[("intent", "Purpose"), ("sentiment", "Mood")], max_length=9),
                ),
                ("guessed", models.CharField(blank=True, default="", max_length=30)),
                ("meant", models.CharField(max_length=30)),
                (
                    "source",
                    models.CharField(
                        choices=[("agent", "Agent"), ("api", "API"), ("survey", "Survey")], max_length=6
                    ),
                ),
                ("at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
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
                    "message",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="conversations.message",
                    ),
                ),
                ("workspace", _workspace()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        models.F("workspace"),
                        models.F("message"),
                        models.F("question"),
                        name="lesson_once",
                    )
                ],
            },
        ),
        isolate("conversations_learned"),
        isolate("conversations_lesson"),
        within_workspace("conversations_lesson", "message_id", "conversations_message"),
        within_workspace("conversations_lesson", "agent_id", "accounts_agent", on_delete="SET NULL"),
    ]

"""Links from what was merged or split to where it went, under row security."""

import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models

from dragoman.ground.database.rules import isolate, within_workspace


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_isolate"),
        ("conversations", "0007_scheduled_and_side"),
        ("customers", "0004_merging"),
    ]

    operations = [
        migrations.CreateModel(
            name="Merge",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kept", models.JSONField(default=dict)),
                ("at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
            ],
        ),
        migrations.CreateModel(
            name="Split",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("messages", models.JSONField(default=list)),
                ("at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
            ],
        ),
        migrations.AddField(
            model_name="conversation",
            name="joined",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.BigIntegerField(), null=True, size=None
            ),
        ),
        migrations.AddField(
            model_name="conversation",
            name="merged_into",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="conversations.conversation",
            ),
        ),
        migrations.AddIndex(
            model_name="conversation",
            index=models.Index(
                models.F("workspace"),
                models.F("id"),
                condition=models.Q(("merged_into__isnull", False)),
                include=("merged_into",),
                name="conversation_merged",
            ),
        ),
        migrations.AddConstraint(
            model_name="conversation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("merged_into", None),
                    models.Q(("merged_into", models.F("id")), _negated=True),
                    _connector="OR",
                ),
                name="conversation_not_into_itself",
            ),
        ),
        migrations.AddField(
            model_name="merge",
            name="agent",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                to="accounts.agent",
            ),
        ),
        migrations.AddField(
            model_name="merge",
            name="merged",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="conversations.conversation",
            ),
        ),
        migrations.AddField(
            model_name="merge",
            name="survivor",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="conversations.conversation",
            ),
        ),
        migrations.AddField(
            model_name="merge",
            name="workspace",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                to="accounts.workspace",
            ),
        ),
        migrations.AddField(
            model_name="split",
            name="agent",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                to="accounts.agent",
            ),
        ),
        migrations.AddField(
            model_name="split",
            name="made",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="conversations.conversation",
            ),
        ),
        migrations.AddField(
            model_name="split",
            name="origin",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="conversations.conversation",
            ),
        ),
        migrations.AddField(
            model_name="split",
            name="workspace",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                to="accounts.workspace",
            ),
        ),
        migrations.AddIndex(
            model_name="merge",
            index=models.Index(models.F("workspace"), models.F("survivor"), name="merge_survivor"),
        ),
        migrations.AddConstraint(
            model_name="merge",
            constraint=models.UniqueConstraint(models.F("workspace"), models.F("merged"), name="merged_once"),
        ),
        migrations.AddIndex(
            model_name="split",
            index=models.Index(models.F("workspace"), models.F("origin"), name="split_origin"),
        ),
        migrations.AddConstraint(
            model_name="split",
            constraint=models.UniqueConstraint(models.F("workspace"), models.F("made"), name="split_once"),
        ),
        isolate("conversations_merge"),
        isolate("conversations_split"),
        within_workspace("conversations_merge", "merged_id", "conversations_conversation"),
        within_workspace("conversations_merge", "survivor_id", "conversations_conversation"),
        within_workspace("conversations_merge", "agent_id", "accounts_agent", on_delete="SET NULL"),
        within_workspace("conversations_split", "origin_id", "conversations_conversation"),
        within_workspace("conversations_split", "made_id", "conversations_conversation"),
        within_workspace("conversations_split", "agent_id", "accounts_agent", on_delete="SET NULL"),
        within_workspace("conversations_conversation", "merged_into_id", "conversations_conversation"),
    ]

"""Let conversations be junk, and keep verdicts, rules for senders and what a filter has learned."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models

from dragoman.ground.database.rules import isolate, within_workspace


class Migration(migrations.Migration):
    """A flag on conversations, four tables, and lists that leave junk out."""

    dependencies = [
        ("accounts", "0002_isolate"),
        ("conversations", "0002_isolate"),
        ("customers", "0002_isolate"),
    ]

    operations = [
        migrations.CreateModel(
            name="JunkFilter",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("active", models.BooleanField(default=True)),
                ("keep_days", models.PositiveSmallIntegerField(default=0)),
                ("junk", models.PositiveIntegerField(default=0)),
                ("good", models.PositiveIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name="JunkVerdict",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("junk", models.BooleanField(default=False)),
                ("why", models.JSONField(default=dict)),
                (
                    "taught",
                    models.CharField(
                        blank=True,
                        choices=[("", "None"), ("junk", "Junk"), ("good", "Good")],
                        default="",
                        max_length=4,
                    ),
                ),
                ("at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
            ],
        ),
        migrations.CreateModel(
            name="JunkWord",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("word", models.CharField(max_length=60)),
                ("junk", models.IntegerField(default=0)),
                ("good", models.IntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name="SenderRule",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("value", models.CharField(max_length=254)),
                ("passes", models.BooleanField(default=False)),
                ("note", models.CharField(blank=True, default="", max_length=200)),
                ("created_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
            ],
        ),
        migrations.RemoveIndex(
            model_name="conversation",
            name="conversation_inbox",
        ),
        migrations.RemoveIndex(
            model_name="conversation",
            name="conversation_mine",
        ),
        migrations.AddField(
            model_name="conversation",
            name="junk",
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.AddIndex(
            model_name="conversation",
            index=models.Index(
                models.F("workspace"),
                models.F("status"),
                models.OrderBy(models.F("last_message_at"), descending=True),
                models.OrderBy(models.F("id"), descending=True),
                condition=models.Q(("junk", False)),
                name="conversation_inbox",
            ),
        ),
        migrations.AddIndex(
            model_name="conversation",
            index=models.Index(
                models.F("workspace"),
                models.F("assignee"),
                models.F("status"),
                models.OrderBy(models.F("last_message_at"), descending=True),
                models.OrderBy(models.F("id"), descending=True),
                condition=models.Q(("junk", False)),
                name="conversation_mine",
            ),
        ),
        migrations.AddIndex(
            model_name="conversation",
            index=models.Index(
                models.F("workspace"),
                models.OrderBy(models.F("last_message_at"), descending=True),
                models.OrderBy(models.F("id"), descending=True),
                condition=models.Q(("junk", True)),
                name="conversation_junk",
            ),
        ),
        migrations.AddField(
            model_name="junkfilter",
            name="workspace",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                to="accounts.workspace",
            ),
        ),
        migrations.AddField(
            model_name="junkverdict",
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
            model_name="junkverdict",
            name="conversation",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                to="conversations.conversation",
            ),
        ),
        migrations.AddField(
            model_name="junkverdict",
            name="workspace",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                to="accounts.workspace",
            ),
        ),
        migrations.AddField(
            model_name="junkword",
            name="workspace",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                to="accounts.workspace",
            ),
        ),
        migrations.AddField(
            model_name="senderrule",
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
            model_name="senderrule",
            name="workspace",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                to="accounts.workspace",
            ),
        ),
        migrations.AddConstraint(
            model_name="junkfilter",
            constraint=models.UniqueConstraint(models.F("workspace"), name="junk_filter_once"),
        ),
        migrations.AddConstraint(
            model_name="junkverdict",
            constraint=models.UniqueConstraint(
                models.F("workspace"), models.F("conversation"), name="junk_verdict_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="junkword",
            constraint=models.UniqueConstraint(
                models.F("workspace"), models.F("word"), name="junk_word_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="senderrule",
            constraint=models.UniqueConstraint(
                models.F("workspace"), models.F("value"), name="sender_rule_once"
            ),
        ),
        *(
            isolate(f"conversations_{table}")
            for table in ("junkverdict", "junkfilter", "junkword", "senderrule")
        ),
        within_workspace("conversations_junkverdict", "conversation_id", "conversations_conversation"),
        within_workspace("conversations_junkverdict", "agent_id", "accounts_agent", on_delete="SET NULL"),
        within_workspace("conversations_senderrule", "agent_id", "accounts_agent", on_delete="SET NULL"),
    ]

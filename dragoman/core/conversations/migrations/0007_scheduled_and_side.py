"""Answers that wait for their time, and side threads with outsiders."""

import django.db.models.deletion
from django.db import migrations, models

from dragoman.ground.database.rules import within_workspace


class Migration(migrations.Migration):
    """Columns, an index, a key."""

    dependencies = [
        ("accounts", "0004_undo_send"),
        ("conversations", "0006_drafts_and_followers"),
        ("customers", "0002_isolate"),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name="message",
            name="message_due",
        ),
        migrations.AddField(
            model_name="conversation",
            name="side_of",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="side_threads",
                to="conversations.conversation",
            ),
        ),
        migrations.AlterField(
            model_name="message",
            name="delivery",
            field=models.CharField(
                blank=True,
                choices=[
                    ("scheduled", "Scheduled"),
                    ("queued", "Queued"),
                    ("sending", "Sending"),
                    ("sent", "Sent"),
                    ("delivered", "Delivered"),
                    ("read", "Read"),
                    ("failed", "Failed"),
                    ("unconfirmed", "Unconfirmed"),
                ],
                default="",
                max_length=11,
            ),
        ),
        migrations.AddIndex(
            model_name="conversation",
            index=models.Index(
                models.F("workspace"),
                models.F("side_of"),
                condition=models.Q(("side_of__isnull", False)),
                name="conversation_sides",
            ),
        ),
        migrations.AddIndex(
            model_name="message",
            index=models.Index(
                models.F("due_at"),
                condition=models.Q(("delivery__in", ["scheduled", "queued", "sending"])),
                name="message_due",
            ),
        ),
        within_workspace("conversations_conversation", "side_of_id", "conversations_conversation"),
    ]

"""Keep uploaded files of mails, and how far they have come in."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models

from dragoman.ground.database.rules import isolate, within_workspace


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0005_brand_chat"),
        ("connections", "0003_vendor_apps"),
        ("conversations", "0008_merging"),
    ]

    operations = [
        migrations.CreateModel(
            name="MailImport",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=255)),
                ("pieces", models.JSONField(default=list)),
                ("size", models.BigIntegerField(default=0)),
                ("read", models.BigIntegerField(default=0)),
                (
                    "state",
                    models.CharField(
                        choices=[("uploading", "Uploading"), ("running", "Running"), ("done", "Done")],
                        default="uploading",
                        max_length=10,
                    ),
                ),
                ("seen", models.PositiveIntegerField(default=0)),
                ("taken", models.PositiveIntegerField(default=0)),
                ("doubled", models.PositiveIntegerField(default=0)),
                ("unreadable", models.PositiveIntegerField(default=0)),
                ("created_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("finished_at", models.DateTimeField(null=True)),
                (
                    "agent",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        to="accounts.agent",
                    ),
                ),
                (
                    "mailbox",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        to="connections.connection",
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
                        models.F("workspace"), models.F("id"), name="mail_import_in_workspace"
                    )
                ],
            },
        ),
        isolate("conversations_mailimport"),
        within_workspace("conversations_mailimport", "mailbox_id", "connections_connection"),
        within_workspace("conversations_mailimport", "agent_id", "accounts_agent", on_delete="SET NULL"),
    ]

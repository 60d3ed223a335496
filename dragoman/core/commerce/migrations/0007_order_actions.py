"""What people had shops do with orders."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models


class Migration(migrations.Migration):
    """One table."""

    dependencies = [
        ("accounts", "0016_isolate_authority"),
        ("commerce", "0006_isolate_connected_shops"),
    ]

    operations = [
        migrations.CreateModel(
            name="OrderAction",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("refund", "Refund"),
                            ("cancel", "Cancel"),
                            ("address", "Change of address"),
                            ("reship", "Send again"),
                            ("exchange", "Exchange"),
                            ("discount", "Discount code"),
                            ("store_credit", "Store credit"),
                            ("duplicate", "Same order again"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting_approval", "Waiting for approval"),
                            ("queued", "Held for a moment"),
                            ("running", "Being done"),
                            ("done", "Done"),
                            ("failed", "Not done"),
                            ("unconfirmed", "Unconfirmed"),
                            ("undone", "Taken back"),
                            ("cancelled", "Not approved"),
                        ],
                        max_length=20,
                    ),
                ),
                ("key", models.CharField(max_length=255)),
                ("request_hash", models.CharField(max_length=64)),
                ("wanted", models.JSONField(default=dict)),
                ("goods", models.JSONField(default=list)),
                (
                    "reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("damaged", "Arrived damaged"),
                            ("faulty", "Does not work"),
                            ("wrong", "Wrong item"),
                            ("different", "Not as described"),
                            ("late", "Late"),
                            ("lost", "Lost on the way"),
                            ("withdrawn", "Customer withdrew"),
                            ("unpaid", "Not paid"),
                            ("fraud", "Suspected fraud"),
                            ("goodwill", "Goodwill"),
                            ("other", "Other reason"),
                        ],
                        default="",
                        max_length=20,
                    ),
                ),
                ("note", models.CharField(blank=True, default="", max_length=500)),
                ("amount", models.BigIntegerField(default=0)),
                ("shipping", models.BigIntegerField(default=0)),
                ("currency", models.CharField(max_length=3)),
                ("before", models.BigIntegerField(default=0)),
                ("conversation_id", models.BigIntegerField(null=True)),
                ("external_id", models.CharField(blank=True, default="", max_length=120)),
                ("code", models.CharField(blank=True, default="", max_length=120)),
                ("failure", models.CharField(blank=True, default="", max_length=1000)),
                ("left", models.CharField(blank=True, default="", max_length=1000)),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("asked_again", models.PositiveSmallIntegerField(default=0)),
                ("settled", models.BooleanField(default=False)),
                ("due_at", models.DateTimeField(null=True)),
                ("started_at", models.DateTimeField(null=True)),
                ("done_at", models.DateTimeField(null=True)),
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
                    "approval",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="accounts.approval",
                    ),
                ),
                (
                    "order",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="actions",
                        to="commerce.order",
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
                        models.F("order"),
                        models.OrderBy(models.F("id"), descending=True),
                        name="order_action_of_order",
                    ),
                    models.Index(
                        models.F("due_at"),
                        condition=models.Q(("due_at__isnull", False)),
                        name="order_action_due",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        models.F("workspace"), models.F("id"), name="order_action_in_workspace"
                    ),
                    models.UniqueConstraint(
                        models.F("workspace"), models.F("key"), name="order_action_key_once"
                    ),
                    models.UniqueConstraint(
                        models.F("workspace"),
                        models.F("order"),
                        condition=models.Q(("state__in", ["running", "unconfirmed"])),
                        name="order_action_runs_alone",
                    ),
                ],
            },
        ),
    ]

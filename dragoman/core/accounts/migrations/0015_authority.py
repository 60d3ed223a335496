"""Limits, what was used of them, requests for approval, stand-ins; how long an action is held."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models


class Migration(migrations.Migration):
    """Four tables, two settings."""

    dependencies = [
        ("accounts", "0014_longer_regions"),
    ]

    operations = [
        migrations.AddField(
            model_name="workspace",
            name="approval_hours",
            field=models.PositiveSmallIntegerField(db_default=24, default=24),
        ),
        migrations.AddField(
            model_name="workspace",
            name="undo_order_action",
            field=models.PositiveSmallIntegerField(db_default=10, default=10),
        ),
        migrations.CreateModel(
            name="Approval",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("subject", models.CharField(max_length=60)),
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
                ("market", models.CharField(blank=True, default="", max_length=2)),
                ("reason", models.CharField(blank=True, default="", max_length=20)),
                ("amount", models.BigIntegerField(default=0)),
                ("currency", models.CharField(blank=True, default="", max_length=3)),
                ("customer_id", models.BigIntegerField(null=True)),
                ("facts", models.JSONField(blank=True, default=dict)),
                ("comment", models.CharField(blank=True, default="", max_length=1000)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting"),
                            ("approved", "Approved"),
                            ("declined", "Declined"),
                            ("expired", "Expired"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="waiting",
                        max_length=10,
                    ),
                ),
                ("answer", models.CharField(blank=True, default="", max_length=1000)),
                ("decided_at", models.DateTimeField(null=True)),
                ("expires_at", models.DateTimeField()),
                ("created_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                (
                    "decided_by",
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
                    "requester",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="accounts.agent",
                    ),
                ),
                (
                    "stands_for",
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
                        models.OrderBy(models.F("id"), descending=True),
                        name="approval_newest",
                    ),
                    models.Index(
                        models.F("expires_at"),
                        condition=models.Q(("state", "waiting")),
                        name="approval_expiry",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        models.F("workspace"), models.F("id"), name="approval_in_workspace"
                    ),
                    models.UniqueConstraint(
                        models.F("workspace"),
                        models.F("subject"),
                        condition=models.Q(("state", "waiting")),
                        name="approval_waits_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AuthorityLimit",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("owner", "Owners"),
                            ("lead", "Leads"),
                            ("agent", "Agents"),
                            ("api", "Programs (API)"),
                        ],
                        default="",
                        max_length=12,
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        blank=True,
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
                        default="",
                        max_length=20,
                    ),
                ),
                ("market", models.CharField(blank=True, default="", max_length=2)),
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
                (
                    "decision",
                    models.CharField(
                        choices=[
                            ("allow", "Alone, up to these sums"),
                            ("ask", "Always with approval"),
                            ("refuse", "Never"),
                        ],
                        default="allow",
                        max_length=8,
                    ),
                ),
                ("sums", models.JSONField(blank=True, default=dict)),
                ("other_currencies", models.BooleanField(default=False)),
                ("per_day", models.PositiveIntegerField(null=True)),
                ("changed_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                (
                    "agent",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
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
                "constraints": [
                    models.UniqueConstraint(
                        fields=("workspace", "role", "agent", "kind", "market", "reason"),
                        name="authority_limit_once",
                        nulls_distinct=False,
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("agent", None), ("role__gt", "")),
                            models.Q(("agent__isnull", False), ("role", "")),
                            _connector="OR",
                        ),
                        name="authority_limit_of_somebody",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AuthorityUse",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=20)),
                ("market", models.CharField(blank=True, default="", max_length=2)),
                ("reason", models.CharField(blank=True, default="", max_length=20)),
                ("amount", models.BigIntegerField(default=0)),
                ("currency", models.CharField(blank=True, default="", max_length=3)),
                ("customer_id", models.BigIntegerField(null=True)),
                ("subject", models.CharField(max_length=60)),
                ("at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("released_at", models.DateTimeField(null=True)),
                (
                    "holder",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
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
                        models.F("holder"),
                        models.OrderBy(models.F("at"), descending=True),
                        condition=models.Q(("released_at", None)),
                        name="authority_use",
                    ),
                    models.Index(
                        models.F("workspace"),
                        models.F("customer_id"),
                        models.OrderBy(models.F("at"), descending=True),
                        condition=models.Q(("customer_id__isnull", False), ("released_at", None)),
                        name="authority_use_customer",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        models.F("workspace"),
                        models.F("subject"),
                        condition=models.Q(("released_at", None)),
                        name="authority_used_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="StandIn",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("starts_at", models.DateTimeField()),
                ("ends_at", models.DateTimeField()),
                (
                    "agent",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="accounts.agent",
                    ),
                ),
                (
                    "deputy",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
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
                "constraints": [
                    models.UniqueConstraint(models.F("workspace"), models.F("agent"), name="stand_in_once"),
                    models.CheckConstraint(
                        condition=models.Q(("agent", models.F("deputy")), _negated=True),
                        name="stand_in_is_another",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ends_at__gt", models.F("starts_at"))), name="stand_in_ends_later"
                    ),
                ],
            },
        ),
    ]

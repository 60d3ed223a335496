"""Accounts at payment vendors, their webhooks, and disputes."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models


class Migration(migrations.Migration):
    """Tables and indexes."""

    dependencies = [
        ("accounts", "0016_isolate_authority"),
        ("commerce", "0011_inward_parcels"),
        ("connections", "0004_vendor_accounts"),
    ]

    operations = [
        migrations.CreateModel(
            name="Dispute",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("vendor", models.CharField(max_length=20)),
                ("external_id", models.CharField(max_length=120)),
                ("payment", models.CharField(blank=True, default="", max_length=120)),
                ("reference", models.CharField(blank=True, default="", max_length=120)),
                ("amount", models.BigIntegerField()),
                ("currency", models.CharField(max_length=3)),
                ("scheme", models.CharField(blank=True, default="", max_length=40)),
                ("code", models.CharField(blank=True, default="", max_length=40)),
                ("reason", models.CharField(blank=True, default="", max_length=200)),
                ("status", models.CharField(blank=True, default="", max_length=60)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "To be answered"),
                            ("review", "Being decided"),
                            ("won", "Won"),
                            ("lost", "Lost"),
                            ("closed", "Closed"),
                        ],
                        default="open",
                        max_length=8,
                    ),
                ),
                ("opened_at", models.DateTimeField()),
                ("due_by", models.DateTimeField(null=True)),
                ("moved_at", models.DateTimeField(null=True)),
                ("warned_at", models.DateTimeField(null=True)),
                ("statement", models.TextField(blank=True, default="")),
                (
                    "answer",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "Not answered"),
                            ("queued", "Being sent"),
                            ("unsure", "Sent, and not confirmed yet"),
                            ("sent", "Sent"),
                            ("failed", "Not sent"),
                        ],
                        default="",
                        max_length=8,
                    ),
                ),
                ("answer_error", models.CharField(blank=True, default="", max_length=500)),
                ("answer_due_at", models.DateTimeField(null=True)),
                ("answer_tries", models.PositiveSmallIntegerField(default=0)),
                ("answered_at", models.DateTimeField(null=True)),
                ("paper_hash", models.CharField(blank=True, default="", max_length=64)),
                ("created_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
            ],
        ),
        migrations.CreateModel(
            name="PaymentAccount",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("vendor", models.CharField(max_length=20)),
                ("title", models.CharField(max_length=120)),
                ("settings", models.JSONField(blank=True, default=dict)),
                ("hook_key", models.CharField(max_length=40)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("new", "Not tried yet"),
                            ("working", "Working"),
                            ("failing", "Failing"),
                            ("off", "Switched off"),
                        ],
                        default="new",
                        max_length=10,
                    ),
                ),
                ("last_error", models.CharField(blank=True, default="", max_length=500)),
                ("last_worked_at", models.DateTimeField(null=True)),
                ("last_hook_at", models.DateTimeField(null=True)),
                ("asked_at", models.DateTimeField(null=True)),
                ("created_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
            ],
        ),
        migrations.CreateModel(
            name="PaymentHook",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.CharField(max_length=80)),
                ("sealed", models.BinaryField(default=bytes)),
                (
                    "state",
                    models.CharField(
                        choices=[("waiting", "Waiting"), ("done", "Done"), ("failed", "Failed")],
                        default="waiting",
                        max_length=8,
                    ),
                ),
                ("error", models.CharField(blank=True, default="", max_length=500)),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("due_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("received_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
            ],
        ),
        migrations.AddIndex(
            model_name="payment",
            index=models.Index(
                models.F("workspace"),
                models.F("external_id"),
                condition=models.Q(("external_id", ""), _negated=True),
                name="payment_external",
            ),
        ),
        migrations.AddField(
            model_name="dispute",
            name="answered_by",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="accounts.agent",
            ),
        ),
        migrations.AddField(
            model_name="dispute",
            name="order",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="disputes",
                to="commerce.order",
            ),
        ),
        migrations.AddField(
            model_name="dispute",
            name="workspace",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                to="accounts.workspace",
            ),
        ),
        migrations.AddField(
            model_name="paymentaccount",
            name="account",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                to="connections.vendoraccount",
            ),
        ),
        migrations.AddField(
            model_name="paymentaccount",
            name="workspace",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                to="accounts.workspace",
            ),
        ),
        migrations.AddField(
            model_name="dispute",
            name="account",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="disputes",
                to="commerce.paymentaccount",
            ),
        ),
        migrations.AddField(
            model_name="paymenthook",
            name="account",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="hooks",
                to="commerce.paymentaccount",
            ),
        ),
        migrations.AddField(
            model_name="paymenthook",
            name="workspace",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                to="accounts.workspace",
            ),
        ),
        migrations.AddConstraint(
            model_name="paymentaccount",
            constraint=models.UniqueConstraint(
                models.F("workspace"), models.F("id"), name="payment_account_in_workspace"
            ),
        ),
        migrations.AddConstraint(
            model_name="paymentaccount",
            constraint=models.UniqueConstraint(models.F("hook_key"), name="payment_account_hook_once"),
        ),
        migrations.AddIndex(
            model_name="dispute",
            index=models.Index(
                models.F("workspace"),
                models.OrderBy(models.F("due_by"), nulls_last=True),
                models.F("id"),
                condition=models.Q(("state", "open")),
                name="dispute_open",
            ),
        ),
        migrations.AddIndex(
            model_name="dispute",
            index=models.Index(
                models.F("workspace"),
                models.OrderBy(models.F("opened_at"), descending=True),
                models.OrderBy(models.F("id"), descending=True),
                name="dispute_newest",
            ),
        ),
        migrations.AddIndex(
            model_name="dispute",
            index=models.Index(models.F("workspace"), models.F("order"), name="dispute_order"),
        ),
        migrations.AddIndex(
            model_name="dispute",
            index=models.Index(
                models.F("answer_due_at"),
                condition=models.Q(("answer_due_at__isnull", False)),
                name="dispute_answer_due",
            ),
        ),
        migrations.AddConstraint(
            model_name="dispute",
            constraint=models.UniqueConstraint(
                models.F("workspace"), models.F("id"), name="dispute_in_workspace"
            ),
        ),
        migrations.AddConstraint(
            model_name="dispute",
            constraint=models.UniqueConstraint(
                models.F("workspace"), models.F("vendor"), models.F("external_id"), name="dispute_once"
            ),
        ),
        migrations.AddIndex(
            model_name="paymenthook",
            index=models.Index(
                models.F("due_at"), condition=models.Q(("state", "waiting")), name="payment_hook_due"
            ),
        ),
        migrations.AddIndex(
            model_name="paymenthook",
            index=models.Index(models.F("workspace"), models.F("received_at"), name="payment_hook_age"),
        ),
        migrations.AddConstraint(
            model_name="paymenthook",
            constraint=models.UniqueConstraint(
                models.F("workspace"), models.F("id"), name="payment_hook_in_workspace"
            ),
        ),
        migrations.AddConstraint(
            model_name="paymenthook",
            constraint=models.UniqueConstraint(
                models.F("workspace"), models.F("account"), models.F("key"), name="payment_hook_once"
            ),
        ),
    ]

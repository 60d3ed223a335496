"""Returns with their lines and history, and notes on how much a customer sends back."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0016_isolate_authority"),
        ("commerce", "0002_isolate"),
        ("customers", "0008_own_fields_and_preferences"),
        ("returns", "0002_isolate"),
    ]

    operations = [
        migrations.CreateModel(
            name="Return",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.CharField(max_length=100)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("withdrawal", "Withdrawal by law"),
                            ("policy", "By our policy"),
                            ("guarantee", "Legal guarantee"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("requested", "Requested"),
                            ("approved", "Approved"),
                            ("label", "Label sent"),
                            ("in_transit", "On its way back"),
                            ("received", "Arrived"),
                            ("inspected", "Inspected"),
                            ("refunded", "Refunded"),
                            ("exchanged", "Exchanged"),
                            ("credited", "Credited"),
                            ("rejected", "Rejected"),
                            ("cancelled", "Cancelled"),
                        ],
                        default="requested",
                        max_length=12,
                    ),
                ),
                (
                    "method",
                    models.CharField(
                        choices=[
                            ("prepaid_label", "Prepaid label"),
                            ("drop_off", "Drop-off point"),
                            ("in_store", "In a shop"),
                            ("pick_up", "Pick-up at home"),
                            ("keep_item", "Keep it"),
                            ("own_carrier", "By a carrier of one’s own"),
                        ],
                        default="own_carrier",
                        max_length=16,
                    ),
                ),
                ("country", models.CharField(blank=True, default="", max_length=2)),
                ("payer", models.CharField(blank=True, default="", max_length=10)),
                ("law", models.CharField(blank=True, default="", max_length=300)),
                ("words", models.TextField(blank=True, default="")),
                ("currency", models.CharField(max_length=3)),
                ("amount", models.BigIntegerField(null=True)),
                ("reference", models.CharField(blank=True, default="", max_length=200)),
                ("refund_key", models.CharField(blank=True, default="", max_length=100)),
                ("carrier", models.CharField(blank=True, default="", max_length=60)),
                ("tracking_number", models.CharField(blank=True, default="", max_length=80)),
                ("label_url", models.CharField(blank=True, default="", max_length=1000)),
                ("refund_due_on", models.DateField(null=True)),
                ("notice_at", models.DateTimeField()),
                ("sent_at", models.DateTimeField(null=True)),
                ("received_at", models.DateTimeField(null=True)),
                ("refunded_at", models.DateTimeField(null=True)),
                ("closed_at", models.DateTimeField(null=True)),
                ("created_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                (
                    "brand",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        to="accounts.brand",
                    ),
                ),
                (
                    "order",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="returns",
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
        ),
        migrations.CreateModel(
            name="ReturnEvent",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("before", models.CharField(blank=True, default="", max_length=12)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("requested", "Requested"),
                            ("approved", "Approved"),
                            ("label", "Label sent"),
                            ("in_transit", "On its way back"),
                            ("received", "Arrived"),
                            ("inspected", "Inspected"),
                            ("refunded", "Refunded"),
                            ("exchanged", "Exchanged"),
                            ("credited", "Credited"),
                            ("rejected", "Rejected"),
                            ("cancelled", "Cancelled"),
                        ],
                        max_length=12,
                    ),
                ),
                ("actor", models.CharField(max_length=10)),
                ("note", models.TextField(blank=True, default="")),
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
                    "parent",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="events",
                        to="returns.return",
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
        ),
        migrations.CreateModel(
            name="ReturnLine",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("quantity", models.PositiveIntegerField()),
                (
                    "reason",
                    models.CharField(
                        choices=[
                            ("size", "Does not fit"),
                            ("damaged", "Arrived damaged"),
                            ("wrong_item", "The wrong thing came"),
                            ("not_as_described", "Not as described"),
                            ("changed_mind", "Changed their mind"),
                            ("late", "Came too late"),
                            ("other", "Another reason"),
                        ],
                        default="other",
                        max_length=20,
                    ),
                ),
                ("words", models.TextField(blank=True, default="")),
                ("amount", models.BigIntegerField()),
                ("accepted", models.PositiveIntegerField(null=True)),
                ("condition", models.CharField(blank=True, default="", max_length=200)),
                (
                    "line",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        to="commerce.orderline",
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="lines",
                        to="returns.return",
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
        ),
        migrations.CreateModel(
            name="ReturnsNote",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("text", models.TextField()),
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
                    "customer",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="customers.customer",
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
        ),
        migrations.AddIndex(
            model_name="return",
            index=models.Index(
                models.F("workspace"), models.OrderBy(models.F("id"), descending=True), name="return_newest"
            ),
        ),
        migrations.AddIndex(
            model_name="return",
            index=models.Index(
                models.F("workspace"),
                models.F("state"),
                models.OrderBy(models.F("id"), descending=True),
                name="return_by_state",
            ),
        ),
        migrations.AddIndex(
            model_name="return",
            index=models.Index(
                models.F("workspace"),
                models.F("refund_due_on"),
                condition=models.Q(("closed_at", None)),
                name="return_due",
            ),
        ),
        migrations.AddConstraint(
            model_name="return",
            constraint=models.UniqueConstraint(
                models.F("workspace"), models.F("id"), name="return_in_workspace"
            ),
        ),
        migrations.AddConstraint(
            model_name="return",
            constraint=models.UniqueConstraint(
                models.F("workspace"), models.F("order"), models.F("number"), name="return_number_once"
            ),
        ),
        migrations.AddIndex(
            model_name="returnevent",
            index=models.Index(
                models.F("workspace"), models.F("parent"), models.F("id"), name="return_event_of"
            ),
        ),
        migrations.AddIndex(
            model_name="returnline",
            index=models.Index(models.F("workspace"), models.F("line"), name="return_line_line"),
        ),
        migrations.AddConstraint(
            model_name="returnline",
            constraint=models.UniqueConstraint(
                models.F("workspace"), models.F("parent"), models.F("line"), name="return_line_once"
            ),
        ),
        migrations.AddIndex(
            model_name="returnsnote",
            index=models.Index(
                models.F("workspace"), models.F("customer"), models.F("id"), name="returns_note_of"
            ),
        ),
    ]

"""Links from what was merged or split to where it went, under row security."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models

from dragoman.ground.database.rules import isolate, within_workspace


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_isolate"),
        ("customers", "0003_deletion"),
    ]

    operations = [
        migrations.CreateModel(
            name="CustomerMerge",
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
        migrations.AddField(
            model_name="customer",
            name="merged_into",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="customers.customer",
            ),
        ),
        migrations.AddIndex(
            model_name="customer",
            index=models.Index(
                models.F("workspace"),
                models.F("merged_into"),
                condition=models.Q(("merged_into__isnull", False)),
                name="customer_merged",
            ),
        ),
        migrations.AddConstraint(
            model_name="customer",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("merged_into", None),
                    models.Q(("merged_into", models.F("id")), _negated=True),
                    _connector="OR",
                ),
                name="customer_not_into_itself",
            ),
        ),
        migrations.AddField(
            model_name="customermerge",
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
            model_name="customermerge",
            name="merged",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="customers.customer",
            ),
        ),
        migrations.AddField(
            model_name="customermerge",
            name="survivor",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="customers.customer",
            ),
        ),
        migrations.AddField(
            model_name="customermerge",
            name="workspace",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                to="accounts.workspace",
            ),
        ),
        migrations.AddIndex(
            model_name="customermerge",
            index=models.Index(models.F("workspace"), models.F("survivor"), name="customer_merge_survivor"),
        ),
        migrations.AddConstraint(
            model_name="customermerge",
            constraint=models.UniqueConstraint(
                models.F("workspace"), models.F("merged"), name="customer_merged_once"
            ),
        ),
        isolate("customers_customermerge"),
        within_workspace("customers_customermerge", "merged_id", "customers_customer"),
        within_workspace("customers_customermerge", "survivor_id", "customers_customer"),
        within_workspace("customers_customermerge", "agent_id", "accounts_agent", on_delete="SET NULL"),
        within_workspace("customers_customer", "merged_into_id", "customers_customer"),
    ]

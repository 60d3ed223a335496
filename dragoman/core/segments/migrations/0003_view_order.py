"""The order in which an agent wants to see views: their own, nobody else's column moves."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

from dragoman.ground.database.rules import isolate, within_workspace


class Migration(migrations.Migration):
    """One row an agent."""

    dependencies = [("segments", "0002_isolate")]
    operations = [
        migrations.CreateModel(
            name="ViewOrder",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "ids",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(), default=list, size=None
                    ),
                ),
                (
                    "agent",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
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
                    models.UniqueConstraint(models.F("workspace"), models.F("agent"), name="view_order_once")
                ],
            },
        ),
        isolate("segments_vieworder"),
        within_workspace("segments_vieworder", "agent_id", "accounts_agent"),
    ]

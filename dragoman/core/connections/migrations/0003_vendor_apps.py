"""Keep our program's name at mail houses, one each for a workspace."""

import django.db.models.deletion
from django.db import migrations, models

from dragoman.ground.database.rules import isolate


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0004_undo_send"),
        ("connections", "0002_isolate"),
    ]

    operations = [
        migrations.CreateModel(
            name="VendorApp",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("vendor", models.CharField(max_length=20)),
                ("client_id", models.CharField(max_length=400)),
                ("tenant", models.CharField(blank=True, default="", max_length=100)),
                ("sealed", models.BinaryField(default=bytes)),
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
                    models.UniqueConstraint(models.F("workspace"), models.F("vendor"), name="vendor_app_once")
                ],
            },
        ),
        isolate("connections_vendorapp"),
    ]

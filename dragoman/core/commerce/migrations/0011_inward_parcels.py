"""Know parcels that bring goods back."""

from django.db import migrations, models
from django.db.models import F

_MOVING = [
    "pending", "info_received", "in_transit", "out_for_delivery", "attempt_failed", "ready_to_collect", "exception",
    "returning",
]  # fmt: skip


class Migration(migrations.Migration):
    """An addition with its index."""

    dependencies = [("commerce", "0010_isolate_carrier_hooks")]
    operations = [
        migrations.AddField("shipment", "inward", models.BooleanField(default=False, db_default=False)),
        migrations.AddIndex(
            "shipment",
            models.Index(
                "workspace",
                F("due_at").asc(nulls_first=True),
                name="shipment_due_inward",
                condition=models.Q(status__in=_MOVING, inward=True) & ~models.Q(tracking_key=""),
            ),
        ),
    ]

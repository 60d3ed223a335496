"""Tie a return to the parcel that brings its goods back."""

import django.db.models.deletion
from django.db import migrations, models

from dragoman.ground.database.rules import within_workspace


class Migration(migrations.Migration):
    """An addition."""

    dependencies = [("returns", "0005_endings"), ("commerce", "0011_inward_parcels")]
    operations = [
        migrations.AddField(
            "return",
            "parcel",
            models.ForeignKey(
                to="commerce.shipment",
                on_delete=django.db.models.deletion.SET_NULL,
                null=True,
                db_constraint=False,
                db_index=False,
                related_name="+",
            ),
        ),
        migrations.AddIndex(
            "return",
            models.Index(
                "workspace", "parcel", name="return_by_parcel", condition=models.Q(parcel__isnull=False)
            ),
        ),
        within_workspace("returns_return", "parcel_id", "commerce_shipment", on_delete="SET NULL"),
    ]

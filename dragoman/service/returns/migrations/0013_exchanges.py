"""Know what is wished for instead, what was exchanged before a return was opened, and what the shop keeps of it."""

import django.db.models.deletion
from django.db import migrations, models

from dragoman.ground.database.rules import within_workspace


class Migration(migrations.Migration):
    """Additions."""

    dependencies = [("returns", "0012_language"), ("commerce", "0017_returns_told")]
    operations = [
        migrations.AddField(
            "return",
            "exchange",
            models.ForeignKey(
                to="commerce.orderaction",
                on_delete=django.db.models.deletion.SET_NULL,
                null=True,
                db_constraint=False,
                db_index=False,
                related_name="+",
            ),
        ),
        migrations.AddField(
            "return", "shop_key", models.CharField(blank=True, db_default="", default="", max_length=100)
        ),
        migrations.AddField(
            "return", "shop_return", models.CharField(blank=True, db_default="", default="", max_length=120)
        ),
        migrations.AddField(
            "returnline", "instead", models.CharField(blank=True, db_default="", default="", max_length=120)
        ),
        migrations.AddConstraint(
            "return",
            models.UniqueConstraint(
                "workspace", "shop_key", name="return_told_once", condition=~models.Q(shop_key="")
            ),
        ),
        migrations.AddConstraint(
            "return",
            models.UniqueConstraint(
                "workspace",
                "exchange",
                name="return_of_exchange_once",
                condition=models.Q(exchange__isnull=False),
            ),
        ),
        within_workspace("returns_return", "exchange_id", "commerce_orderaction", on_delete="SET NULL"),
    ]

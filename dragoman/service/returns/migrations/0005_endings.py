"""Keep what a shop was asked to end a return with, and what an inspection keeps back of a line."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Additions alone."""

    dependencies = [("returns", "0004_isolate_returns")]
    operations = [
        migrations.AddField("return", "difference", models.BigIntegerField(null=True)),
        migrations.AddField(
            "return", "ending", models.CharField(max_length=12, default="", db_default="", blank=True)
        ),
        migrations.AddField(
            "return",
            "refund_failure",
            models.CharField(max_length=1000, default="", db_default="", blank=True),
        ),
        migrations.AddField("returnline", "deduction", models.BigIntegerField(default=0, db_default=0)),
        migrations.AddField(
            "returnline",
            "deduction_reason",
            models.CharField(max_length=300, default="", db_default="", blank=True),
        ),
        migrations.AddField("returnline", "restock", models.BooleanField(null=True)),
        migrations.AddConstraint(
            "return",
            models.UniqueConstraint(
                "workspace", "refund_key", name="return_refund_key_once", condition=~models.Q(refund_key="")
            ),
        ),
    ]

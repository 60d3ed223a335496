"""Let a shop be told of returns, and keep which of them it called off."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """An addition."""

    dependencies = [("commerce", "0016_newest_of_shop")]
    operations = [
        migrations.AddField(
            "order", "returns_called_off", models.JSONField(blank=True, db_default=[], default=list)
        ),
        migrations.AlterField(
            "orderaction",
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
                    ("return", "Return told to the shop"),
                    ("return_off", "Return called off in the shop"),
                ],
                max_length=20,
            ),
        ),
    ]

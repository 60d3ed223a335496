"""Keep files of returns, gifts, and whose word a note is."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models

from dragoman.ground.database.rules import isolate, within_workspace


def _to(model: str, **more: object) -> models.ForeignKey:
    return models.ForeignKey(to=model, db_constraint=False, db_index=False, **more)


class Migration(migrations.Migration):
    """Additions alone."""

    dependencies = [("returns", "0008_isolate_portal"), ("accounts", "0016_isolate_authority")]
    operations = [
        migrations.AddField("return", "gift", models.BooleanField(default=False, db_default=False)),
        migrations.AddField(
            "return", "recipient", models.CharField(max_length=254, default="", db_default="", blank=True)
        ),
        migrations.AddField(
            "returnsnote", "signal", models.CharField(max_length=40, default="", db_default="", blank=True)
        ),
        migrations.AddField(
            "returnsnote", "actor", models.CharField(max_length=10, default="agent", db_default="agent")
        ),
        migrations.CreateModel(
            "ReturnFile",
            [
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("workspace", _to("accounts.workspace", on_delete=django.db.models.deletion.CASCADE)),
                (
                    "parent",
                    _to("returns.return", on_delete=django.db.models.deletion.CASCADE, related_name="files"),
                ),
                ("kind", models.CharField(max_length=8, choices=[("label", "Label"), ("photo", "Photo")])),
                ("name", models.CharField(max_length=120)),
                ("media_type", models.CharField(max_length=60)),
                ("size", models.PositiveIntegerField()),
                ("file_key", models.CharField(max_length=200)),
                ("actor", models.CharField(max_length=10)),
                ("agent", _to("accounts.agent", on_delete=django.db.models.deletion.SET_NULL, null=True)),
                ("at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
            ],
            options={"indexes": [models.Index("workspace", "parent", "id", name="return_file_of")]},
        ),
        isolate("returns_returnfile"),
        within_workspace("returns_returnfile", "parent_id", "returns_return", on_delete="CASCADE"),
        within_workspace("returns_returnfile", "agent_id", "accounts_agent", on_delete="SET NULL"),
    ]

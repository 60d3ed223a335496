"""Keep where goods come back to, when they are fetched, and what customs are told of them."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models


def _to(model: str, **more: object) -> models.ForeignKey:
    return models.ForeignKey(to=model, db_constraint=False, db_index=False, **more)


def _text(length: int, **more: object) -> models.CharField:
    return models.CharField(max_length=length, **more)


def _later(length: int) -> models.CharField:
    return _text(length, default="", db_default="", blank=True)


_KINDS = [("hub", "Hub: parcels go there"), ("store", "Shop"), ("drop_off", "Drop-off point")]


class Migration(migrations.Migration):
    """Additions alone."""

    dependencies = [("returns", "0009_files_and_gifts"), ("accounts", "0016_isolate_authority")]
    operations = [
        migrations.CreateModel(
            "ReturnPlace",
            [
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("workspace", _to("accounts.workspace", on_delete=django.db.models.deletion.CASCADE)),
                ("brand", _to("accounts.brand", on_delete=django.db.models.deletion.CASCADE)),
                ("kind", _text(8, choices=_KINDS, default="hub")),
                ("name", _text(120)),
                ("street", _text(200)),
                ("postcode", _text(20, default="", blank=True)),
                ("city", _text(100)),
                ("region", _text(100, default="", blank=True)),
                ("country", _text(2)),
                ("phone", _text(40, default="", blank=True)),
                ("reference", _text(60, default="", blank=True)),
                ("languages", models.JSONField(default=list, blank=True)),
                ("hours", _text(300, default="", blank=True)),
                ("takes_from", models.JSONField(default=list, blank=True)),
                ("is_open", models.BooleanField(default=True)),
                ("agent", _to("accounts.agent", on_delete=django.db.models.deletion.SET_NULL, null=True)),
                ("changed_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint("workspace", "id", name="return_place_in_workspace"),
                    models.UniqueConstraint("workspace", "brand", "name", name="return_place_once"),
                ]
            },
        ),
        migrations.AddField(
            "return",
            "place",
            _to(
                "returns.returnplace",
                on_delete=django.db.models.deletion.SET_NULL,
                null=True,
                related_name="+",
            ),
        ),
        migrations.AddField("return", "fetch_from", models.DateField(null=True)),
        migrations.AddField("return", "fetch_until", models.DateField(null=True)),
        migrations.AddField("return", "fetch_note", _later(200)),
        migrations.AddField("returnline", "customs_text", _later(200)),
        migrations.AddField("returnline", "hs_code", _later(14)),
        migrations.AddField("returnline", "origin", _later(2)),
        migrations.AddField("returnline", "weight", models.PositiveIntegerField(null=True)),
        migrations.AddIndex(
            "return",
            models.Index(
                "workspace", "place", name="return_by_place", condition=models.Q(place__isnull=False)
            ),
        ),
    ]

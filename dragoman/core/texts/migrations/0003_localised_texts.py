"""One object for every text in all its languages and markets, with what each variant said before."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models


def _id() -> models.BigAutoField:
    return models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")


def _key(to: str, on_delete=django.db.models.deletion.CASCADE, **more) -> models.ForeignKey:
    return models.ForeignKey(db_constraint=False, db_index=False, on_delete=on_delete, to=to, **more)


_MADE = {
    "choices": [("person", "Written by a person"), ("machine", "Written by a machine")],
    "default": "person",
    "max_length": 8,
}
_SET_NULL = django.db.models.deletion.SET_NULL


class Migration(migrations.Migration):
    """Three tables."""

    dependencies = [("texts", "0002_isolate"), ("accounts", "0002_isolate")]

    operations = [
        migrations.CreateModel(
            name="LocalisedText",
            fields=[
                ("id", _id()),
                ("kind", models.CharField(max_length=20)),
                ("key", models.CharField(max_length=80)),
                ("title", models.CharField(blank=True, default="", max_length=120)),
                ("source", models.CharField(blank=True, default="", max_length=20)),
                ("created_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("brand", _key("accounts.brand", null=True)),
                ("macro", _key("texts.macro", null=True, related_name="localised")),
                ("workspace", _key("accounts.workspace")),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        models.F("workspace"), models.F("id"), name="localised_text_in_workspace"
                    ),
                    models.UniqueConstraint(
                        models.F("workspace"),
                        models.F("kind"),
                        models.F("key"),
                        models.F("brand"),
                        name="localised_text_once",
                        nulls_distinct=False,
                    ),
                    models.UniqueConstraint(
                        models.F("workspace"), models.F("macro"), name="localised_text_of_macro"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Variant",
            fields=[
                ("id", _id()),
                ("language", models.CharField(max_length=20)),
                ("market", models.CharField(blank=True, default="", max_length=2)),
                ("words", models.TextField()),
                ("version", models.PositiveIntegerField(default=1)),
                ("source_version", models.PositiveIntegerField(default=0)),
                ("made", models.CharField(**_MADE)),
                ("written_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("confirmed_at", models.DateTimeField(null=True)),
                ("agent", _key("accounts.agent", _SET_NULL, null=True)),
                ("text", _key("texts.localisedtext", related_name="variants")),
                ("workspace", _key("accounts.workspace")),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        models.F("workspace"), models.F("id"), name="text_variant_in_workspace"
                    ),
                    models.UniqueConstraint(
                        models.F("workspace"),
                        models.F("text"),
                        models.F("language"),
                        models.F("market"),
                        name="text_variant_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="EarlierWording",
            fields=[
                ("id", _id()),
                ("version", models.PositiveIntegerField()),
                ("words", models.TextField()),
                ("made", models.CharField(**_MADE)),
                ("written_at", models.DateTimeField()),
                ("agent", _key("accounts.agent", _SET_NULL, null=True)),
                ("variant", _key("texts.variant", related_name="earlier")),
                ("workspace", _key("accounts.workspace")),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        models.F("workspace"),
                        models.F("variant"),
                        models.F("version"),
                        name="earlier_wording_once",
                    )
                ],
            },
        ),
    ]

"""When customers are answered: service hours by scope, and calendars of days off."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models.functions import Now


def _key(to: str, *, null: bool = False) -> models.ForeignKey:
    return models.ForeignKey(
        to, db_constraint=False, db_index=False, null=null, on_delete=django.db.models.deletion.CASCADE
    )


def _id() -> models.BigAutoField:
    return models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")


class Migration(migrations.Migration):
    """Two tables."""

    dependencies = [("accounts", "0011_texts_let_go")]
    operations = [
        migrations.CreateModel(
            name="ServiceHours",
            fields=[
                ("id", _id()),
                ("market", models.CharField(blank=True, default="", max_length=2)),
                ("channel", models.CharField(blank=True, default="", max_length=30)),
                ("time_zone", models.CharField(max_length=64)),
                ("week", models.JSONField()),
                ("country", models.CharField(blank=True, default="", max_length=2)),
                ("region", models.CharField(blank=True, default="", max_length=8)),
                ("days", models.JSONField(blank=True, default=list)),
                ("targets", models.JSONField(blank=True, default=dict)),
                ("changed_at", models.DateTimeField(db_default=Now())),
                ("brand", _key("accounts.brand", null=True)),
                ("team", _key("accounts.team", null=True)),
                ("workspace", _key("accounts.workspace")),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint("workspace", "id", name="hours_in_workspace"),
                    models.UniqueConstraint(
                        fields=("workspace", "brand", "market", "team", "channel"),
                        name="hours_once",
                        nulls_distinct=False,
                    ),
                ]
            },
        ),
        migrations.CreateModel(
            name="HolidayFeed",
            fields=[
                ("id", _id()),
                ("name", models.CharField(max_length=80)),
                ("url", models.CharField(max_length=2000)),
                ("days", models.JSONField(blank=True, default=list)),
                ("error", models.CharField(blank=True, default="", max_length=30)),
                ("asked_at", models.DateTimeField(null=True)),
                ("good_at", models.DateTimeField(null=True)),
                ("hours", _key("accounts.servicehours", null=True)),
                ("workspace", _key("accounts.workspace")),
            ],
            options={"constraints": [models.UniqueConstraint("workspace", "url", "hours", name="feed_once")]},
        ),
    ]

"""Files of articles, and where articles were brought in from, under row security."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models

import dragoman.core.knowledge.file_models
from dragoman.ground.database.rules import isolate, within_workspace


class Migration(migrations.Migration):
    """Two tables, their policies and composite keys."""

    dependencies = [
        ("accounts", "0016_isolate_authority"),
        ("knowledge", "0004_isolate_reading"),
    ]

    operations = [
        migrations.CreateModel(
            name="ArticleFile",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "token",
                    models.CharField(default=dragoman.core.knowledge.file_models.new_token, max_length=32),
                ),
                ("name", models.CharField(max_length=120)),
                ("media_type", models.CharField(max_length=60)),
                ("size", models.PositiveIntegerField()),
                ("width", models.PositiveIntegerField(default=0)),
                ("height", models.PositiveIntegerField(default=0)),
                ("file_key", models.CharField(max_length=200)),
                ("created_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                (
                    "agent",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        to="accounts.agent",
                    ),
                ),
                (
                    "article",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="files",
                        to="knowledge.article",
                    ),
                ),
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
                "indexes": [models.Index(models.F("workspace"), models.F("article"), name="article_file_of")],
                "constraints": [
                    models.UniqueConstraint(
                        models.F("workspace"), models.F("id"), name="article_file_in_workspace"
                    ),
                    models.UniqueConstraint(
                        models.F("workspace"), models.F("token"), name="article_file_once"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ArticleOrigin",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("origin", models.CharField(max_length=120)),
                ("created_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                (
                    "article",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="origins",
                        to="knowledge.article",
                    ),
                ),
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
                "indexes": [
                    models.Index(models.F("workspace"), models.F("article"), name="article_origin_of")
                ],
                "constraints": [
                    models.UniqueConstraint(
                        models.F("workspace"), models.F("id"), name="article_origin_in_workspace"
                    ),
                    models.UniqueConstraint(
                        models.F("workspace"), models.F("origin"), name="article_origin_once"
                    ),
                ],
            },
        ),
        isolate("knowledge_articlefile"),
        isolate("knowledge_articleorigin"),
        within_workspace("knowledge_articlefile", "article_id", "knowledge_article"),
        within_workspace("knowledge_articlefile", "agent_id", "accounts_agent", on_delete="SET NULL"),
        within_workspace("knowledge_articleorigin", "article_id", "knowledge_article"),
    ]

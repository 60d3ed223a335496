"""Webinars, who comes, and paths of articles, under row security."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models

import dragoman.core.knowledge.learning_models
from dragoman.ground.database.rules import isolate, within_workspace


class Migration(migrations.Migration):
    """Four tables, their policies and composite keys."""

    dependencies = [
        ("accounts", "0017_help_centre"),
        ("knowledge", "0007_isolate_passages"),
    ]

    operations = [
        migrations.CreateModel(
            name="Path",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.CharField(max_length=120)),
                ("names", models.JSONField(default=dict)),
                ("about", models.JSONField(blank=True, default=dict)),
                ("shown", models.BooleanField(default=False)),
                ("position", models.PositiveIntegerField(default=0)),
                ("created_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                (
                    "brand",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        to="accounts.brand",
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
        ),
        migrations.CreateModel(
            name="PathStep",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveIntegerField()),
                (
                    "article",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="knowledge.article",
                    ),
                ),
                (
                    "path",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="steps",
                        to="knowledge.path",
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
        ),
        migrations.CreateModel(
            name="Webinar",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("title", models.CharField(max_length=200)),
                ("about", models.TextField(blank=True, default="")),
                ("language", models.CharField(max_length=20)),
                ("starts_at", models.DateTimeField()),
                ("minutes", models.PositiveIntegerField(default=60)),
                ("time_zone", models.CharField(default="UTC", max_length=64)),
                ("host", models.CharField(blank=True, default="", max_length=120)),
                ("place", models.CharField(blank=True, default="", max_length=200)),
                ("link", models.URLField(blank=True, default="", max_length=500)),
                ("seats", models.PositiveIntegerField(default=0)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("open", "Open for sign-up"),
                            ("called_off", "Called off"),
                        ],
                        default="draft",
                        max_length=10,
                    ),
                ),
                ("sequence", models.PositiveIntegerField(default=0)),
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
                    "brand",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        to="accounts.brand",
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
        ),
        migrations.CreateModel(
            name="SignUp",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(blank=True, default="", max_length=120)),
                ("email", models.EmailField(max_length=254)),
                ("language", models.CharField(max_length=20)),
                ("time_zone", models.CharField(blank=True, default="", max_length=64)),
                (
                    "token",
                    models.CharField(
                        default=dragoman.core.knowledge.learning_models.new_token, max_length=40
                    ),
                ),
                ("cancelled_at", models.DateTimeField(null=True)),
                ("created_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                (
                    "workspace",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        to="accounts.workspace",
                    ),
                ),
                (
                    "webinar",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="sign_ups",
                        to="knowledge.webinar",
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="path",
            constraint=models.UniqueConstraint(
                models.F("workspace"), models.F("id"), name="learning_path_in_workspace"
            ),
        ),
        migrations.AddConstraint(
            model_name="path",
            constraint=models.UniqueConstraint(
                models.F("workspace"), models.F("key"), name="learning_path_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="pathstep",
            constraint=models.UniqueConstraint(
                models.F("workspace"), models.F("id"), name="path_step_in_workspace"
            ),
        ),
        migrations.AddConstraint(
            model_name="pathstep",
            constraint=models.UniqueConstraint(
                models.F("workspace"), models.F("path"), models.F("article"), name="path_step_once"
            ),
        ),
        migrations.AddIndex(
            model_name="webinar",
            index=models.Index(
                models.F("workspace"), models.F("brand"), models.F("starts_at"), name="webinar_by_time"
            ),
        ),
        migrations.AddConstraint(
            model_name="webinar",
            constraint=models.UniqueConstraint(
                models.F("workspace"), models.F("id"), name="webinar_in_workspace"
            ),
        ),
        migrations.AddConstraint(
            model_name="signup",
            constraint=models.UniqueConstraint(
                models.F("workspace"), models.F("id"), name="sign_up_in_workspace"
            ),
        ),
        migrations.AddConstraint(
            model_name="signup",
            constraint=models.UniqueConstraint(
                models.F("workspace"), models.F("webinar"), models.F("email"), name="sign_up_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="signup",
            constraint=models.UniqueConstraint(
                models.F("workspace"), models.F("token"), name="sign_up_token"
            ),
        ),
        isolate("knowledge_webinar"),
        isolate("knowledge_signup"),
        isolate("knowledge_path"),
        isolate("knowledge_pathstep"),
        within_workspace("knowledge_webinar", "brand_id", "accounts_brand"),
        within_workspace("knowledge_webinar", "agent_id", "accounts_agent", on_delete="SET NULL"),
        within_workspace("knowledge_signup", "webinar_id", "knowledge_webinar"),
        within_workspace("knowledge_path", "brand_id", "accounts_brand"),
        within_workspace("knowledge_pathstep", "path_id", "knowledge_path"),
        within_workspace("knowledge_pathstep", "article_id", "knowledge_article"),
    ]

"""Search from any place in the history, and note how far a workspace is indexed."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models

from dragoman.ground.database.rules import isolate, paging_search


class Migration(migrations.Migration):
    """A function of the database, and one row a workspace."""

    dependencies = [("conversations", "0009_mail_imports")]
    operations = [
        paging_search("conversations_message", name="search_messages_from", group="conversation_id"),
        migrations.CreateModel(
            name="SearchIndex",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("scheme", models.PositiveSmallIntegerField()),
                ("messages_below", models.BigIntegerField(null=True)),
                ("customers_below", models.BigIntegerField(null=True)),
                ("changed_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
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
        migrations.AddConstraint(
            model_name="searchindex",
            constraint=models.UniqueConstraint(models.F("workspace"), name="search_index_once"),
        ),
        isolate("conversations_searchindex"),
    ]

"""What is masked where it comes in, and who reads what came in word for word, how long."""

from django.db import migrations, models

import dragoman.core.accounts.models


class Migration(migrations.Migration):
    """Settings of a workspace and of a brand."""

    dependencies = [("accounts", "0009_forms_of_address")]
    operations = [
        migrations.AddField(
            model_name="workspace",
            name="envelope_masked_days",
            field=models.PositiveSmallIntegerField(db_default=30, default=30),
        ),
        migrations.AddField(
            model_name="workspace",
            name="envelopes_for_owners",
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.AddField(
            model_name="workspace",
            name="masks",
            field=models.JSONField(
                blank=True,
                db_default=models.Value(
                    ["card", "iban", "national_id", "password", "token"], models.JSONField()
                ),
                default=dragoman.core.accounts.models.masked_by_default,
            ),
        ),
        migrations.AddField(model_name="brand", name="masks", field=models.JSONField(blank=True, null=True)),
    ]

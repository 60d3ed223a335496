"""Signatures and automatic answers in every language; whether a workspace was set up."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_isolate"),
    ]

    operations = [
        migrations.AddField(
            model_name="agent",
            name="signatures",
            field=models.JSONField(blank=True, default=dict),
        ),
        migrations.AddField(
            model_name="brand",
            name="acknowledge",
            field=models.CharField(
                choices=[("never", "Never"), ("always", "Always")],
                db_default="never",
                default="never",
                max_length=8,
            ),
        ),
        migrations.AddField(
            model_name="brand",
            name="acknowledgements",
            field=models.JSONField(blank=True, default=dict),
        ),
        migrations.AddField(
            model_name="brand",
            name="signatures",
            field=models.JSONField(blank=True, default=dict),
        ),
        migrations.AddField(
            model_name="workspace",
            name="welcomed_at",
            field=models.DateTimeField(null=True),
        ),
    ]

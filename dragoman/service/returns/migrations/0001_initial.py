import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '0014_longer_regions'),
        ('segments', '0005_segment_in_workspace'),
    ]

    operations = [
        migrations.CreateModel(
            name='ReturnPolicy',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120)),
                ('country', models.CharField(blank=True, default='', max_length=2)),
                ('category', models.CharField(blank=True, default='', max_length=120)),
                ('days', models.PositiveSmallIntegerField()),
                ('starts', models.CharField(choices=[('delivery', 'After delivery'), ('dispatch', 'After dispatch'), ('order', 'After the order')], default='delivery', max_length=10)),
                ('payer', models.CharField(choices=[('customer', 'The customer pays'), ('seller', 'We pay')], default='customer', max_length=10)),
                ('methods', models.JSONField(default=list)),
                ('excludes', models.JSONField(blank=True, default=list)),
                ('keep_below', models.BigIntegerField(default=0)),
                ('keep_currency', models.CharField(blank=True, default='', max_length=3)),
                ('refund_days', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('changed_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('agent', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, to='accounts.agent')),
                ('brand', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, to='accounts.brand')),
                ('segment', models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='segments.segment')),
                ('workspace', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, to='accounts.workspace')),
            ],
            options={
                'indexes': [models.Index(models.F('workspace'), models.F('segment'), name='return_policy_segment')],
                'constraints': [models.UniqueConstraint(models.F('workspace'), models.F('id'), name='return_policy_in_workspace'), models.UniqueConstraint(models.F('workspace'), models.F('brand'), models.F('country'), models.F('category'), condition=models.Q(('segment', None)), name='return_policy_once'), models.UniqueConstraint(models.F('workspace'), models.F('brand'), models.F('country'), models.F('category'), models.F('segment'), condition=models.Q(('segment__isnull', False)), name='return_policy_segment_once')],
            },
        ),
    ]

"""What a brand decided about its bot, flows and their versions, talks, turns, codes and rules for teams."""


import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models


class Migration(migrations.Migration):
    """All tables of the room."""

    initial = True

    dependencies = [
        ('accounts', '0016_isolate_authority'),
        ('commerce', '0018_search_key'),
        ('conversations', '0019_extras_of_messages'),
    ]

    operations = [
        migrations.CreateModel(
            name='Flow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=60)),
                ('name', models.CharField(max_length=120)),
                ('is_on', models.BooleanField(default=True)),
                ('head', models.PositiveIntegerField(default=0)),
                ('live', models.PositiveIntegerField(default=0)),
                ('changed_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('brand', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.CASCADE, to='accounts.brand')),
                ('workspace', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, to='accounts.workspace')),
            ],
        ),
        migrations.CreateModel(
            name='FlowVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField()),
                ('body', models.JSONField()),
                ('note', models.CharField(blank=True, default='', max_length=200)),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('agent', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, to='accounts.agent')),
                ('flow', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='versions', to='bot.flow')),
                ('workspace', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, to='accounts.workspace')),
            ],
        ),
        migrations.CreateModel(
            name='ProofCode',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('language', models.CharField(default='en', max_length=20)),
                ('code_hash', models.CharField(blank=True, default='', max_length=64)),
                ('tries', models.PositiveSmallIntegerField(default=0)),
                ('used_at', models.DateTimeField(null=True)),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('conversation', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, to='conversations.conversation')),
                ('order', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.CASCADE, to='commerce.order')),
                ('workspace', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, to='accounts.workspace')),
            ],
        ),
        migrations.CreateModel(
            name='Talk',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('talking', 'The bot answers'), ('handed_over', 'Handed over'), ('resolved', 'Resolved by the bot')], default='talking', max_length=11)),
                ('memory', models.JSONField(default=dict)),
                ('heard', models.BigIntegerField(default=0)),
                ('changed_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('conversation', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, to='conversations.conversation')),
                ('workspace', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, to='accounts.workspace')),
            ],
        ),
        migrations.CreateModel(
            name='TeamRule',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('intent', models.CharField(blank=True, default='', max_length=30)),
                ('language', models.CharField(blank=True, default='', max_length=20)),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('brand', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.CASCADE, to='accounts.brand')),
                ('team', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, to='accounts.team')),
                ('workspace', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, to='accounts.workspace')),
            ],
        ),
        migrations.CreateModel(
            name='Turn',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('message_id', models.BigIntegerField()),
                ('answer_id', models.BigIntegerField(null=True)),
                ('outcome', models.CharField(choices=[('waiting', 'Waits for a person'), ('left', 'Left to people'), ('answered', 'Answered from the help centre'), ('told', 'Told from an order or a list'), ('asked', 'Asked something'), ('done', 'Did something'), ('declined', 'Did not know'), ('handed_over', 'Handed over'), ('resolved', 'Resolved')], max_length=11)),
                ('why', models.CharField(blank=True, default='', max_length=60)),
                ('flow', models.CharField(blank=True, default='', max_length=60)),
                ('intent', models.CharField(blank=True, default='', max_length=30)),
                ('language', models.CharField(blank=True, default='', max_length=20)),
                ('due_at', models.DateTimeField(null=True)),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('conversation', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, to='conversations.conversation')),
                ('workspace', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, to='accounts.workspace')),
            ],
        ),
        migrations.CreateModel(
            name='Bot',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('is_on', models.BooleanField(default=False)),
                ('name', models.CharField(default='Mira', max_length=40)),
                ('channels', models.JSONField(blank=True, default=list)),
                ('languages', models.JSONField(blank=True, default=list)),
                ('intents', models.JSONField(blank=True, default=list)),
                ('hours', models.CharField(choices=[('always', 'Always'), ('outside', 'Outside service hours'), ('unanswered', 'While nobody answers')], default='always', max_length=10)),
                ('after_minutes', models.PositiveSmallIntegerField(default=5)),
                ('changed_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('agent', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, to='accounts.agent')),
                ('brand', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, to='accounts.brand')),
                ('team', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, to='accounts.team')),
                ('workspace', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, to='accounts.workspace')),
            ],
            options={
                'constraints': [models.UniqueConstraint(models.F('workspace'), models.F('brand'), name='bot_once')],
            },
        ),
        migrations.AddConstraint(
            model_name='flow',
            constraint=models.UniqueConstraint(models.F('workspace'), models.F('id'), name='bot_flow_in_workspace'),
        ),
        migrations.AddConstraint(
            model_name='flow',
            constraint=models.UniqueConstraint(models.F('workspace'), models.F('key'), name='bot_flow_once'),
        ),
        migrations.AddConstraint(
            model_name='flowversion',
            constraint=models.UniqueConstraint(models.F('workspace'), models.F('flow'), models.F('number'), name='bot_version_once'),
        ),
        migrations.AddIndex(
            model_name='proofcode',
            index=models.Index(models.F('workspace'), models.F('conversation'), models.F('created_at'), name='bot_code_of'),
        ),
        migrations.AddIndex(
            model_name='proofcode',
            index=models.Index(models.F('workspace'), models.F('order'), models.F('created_at'), name='bot_code_order'),
        ),
        migrations.AddConstraint(
            model_name='talk',
            constraint=models.UniqueConstraint(models.F('workspace'), models.F('conversation'), name='bot_talk_once'),
        ),
        migrations.AddConstraint(
            model_name='teamrule',
            constraint=models.UniqueConstraint(models.F('workspace'), models.F('brand'), models.F('intent'), models.F('language'), name='bot_team_rule_once', nulls_distinct=False),
        ),
        migrations.AddIndex(
            model_name='turn',
            index=models.Index(models.F('workspace'), models.F('created_at'), name='bot_turn_day'),
        ),
        migrations.AddIndex(
            model_name='turn',
            index=models.Index(models.F('workspace'), models.F('conversation'), name='bot_turn_of'),
        ),
        migrations.AddIndex(
            model_name='turn',
            index=models.Index(models.F('due_at'), condition=models.Q(('due_at__isnull', False)), name='bot_turn_due'),
        ),
        migrations.AddConstraint(
            model_name='turn',
            constraint=models.UniqueConstraint(models.F('workspace'), models.F('message_id'), name='bot_turn_once'),
        ),
    ]

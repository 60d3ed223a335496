"""Places, members, codes, threads with their posts, votes, translations, reports, decisions and appeals."""

import django.contrib.postgres.search
import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models


class Migration(migrations.Migration):
    """All tables of the room."""

    initial = True

    dependencies = [
        ('accounts', '0016_isolate_authority'),
        ('conversations', '0019_extras_of_messages'),
    ]

    operations = [
        migrations.CreateModel(
            name='Member',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('email', models.CharField(blank=True, default='', max_length=254)),
                ('name', models.CharField(blank=True, default='', max_length=40)),
                ('name_key', models.CharField(blank=True, default='', max_length=80)),
                ('language', models.CharField(default='en', max_length=20)),
                ('time_zone', models.CharField(blank=True, default='', max_length=64)),
                ('passes', models.PositiveIntegerField(default=0)),
                ('wants_digest', models.BooleanField(default=True)),
                ('wants_answers', models.BooleanField(default=True)),
                ('digest_from', models.DateTimeField(null=True)),
                ('digest_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('joined_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('left_at', models.DateTimeField(null=True)),
                ('brand', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, to='accounts.brand')),
                ('workspace', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, to='accounts.workspace')),
            ],
        ),
        migrations.CreateModel(
            name='Post',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('is_staff', models.BooleanField(default=False)),
                ('is_question', models.BooleanField(default=False)),
                ('language', models.CharField(max_length=20)),
                ('body', models.TextField()),
                ('state', models.CharField(choices=[('live', 'Public'), ('held', 'Waits for a moderator'), ('removed', 'Removed'), ('withdrawn', 'Withdrawn by its writer')], default='held', max_length=9)),
                ('why', models.JSONField(blank=True, default=list)),
                ('words', models.CharField(blank=True, default='', max_length=64)),
                ('votes', models.PositiveIntegerField(default=0)),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('live_at', models.DateTimeField(null=True)),
                ('changed_at', models.DateTimeField(null=True)),
                ('agent', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, to='accounts.agent')),
                ('member', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.CASCADE, to='community.member')),
                ('workspace', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, to='accounts.workspace')),
            ],
        ),
        migrations.CreateModel(
            name='Decision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('approve', 'Published'), ('remove', 'Removed'), ('restore', 'Put back'), ('keep', 'Left as it is'), ('ban', 'Suspended from writing'), ('lift', 'Suspension ended early')], max_length=7)),
                ('ground', models.CharField(blank=True, choices=[('illegal', 'Against the law'), ('spam', 'Advertising or spam'), ('abuse', 'Insults, hate or threats'), ('personal', 'Personal data'), ('harmful', 'Dangerous advice'), ('off_topic', 'Does not belong here'), ('other', 'Another rule of this community')], default='', max_length=9)),
                ('rule', models.CharField(blank=True, default='', max_length=300)),
                ('reason', models.TextField(blank=True, default='')),
                ('found_by', models.CharField(choices=[('own', 'Seen by the team'), ('report', 'Reported'), ('filter', 'Held by a filter')], default='own', max_length=6)),
                ('until', models.DateTimeField(null=True)),
                ('lifted_at', models.DateTimeField(null=True)),
                ('code', models.CharField(max_length=40)),
                ('agent_name', models.CharField(blank=True, default='', max_length=120)),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('agent', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, to='accounts.agent')),
                ('brand', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, to='accounts.brand')),
                ('workspace', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, to='accounts.workspace')),
                ('member', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.CASCADE, to='community.member')),
                ('post', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.CASCADE, to='community.post')),
            ],
        ),
        migrations.CreateModel(
            name='Rendering',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('language', models.CharField(max_length=20)),
                ('title', models.CharField(blank=True, default='', max_length=400)),
                ('body', models.TextField()),
                ('engine', models.CharField(blank=True, default='', max_length=40)),
                ('is_machine', models.BooleanField(default=True)),
                ('confidence', models.FloatField(default=0)),
                ('of', models.CharField(max_length=64)),
                ('made_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('post', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='renderings', to='community.post')),
                ('workspace', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, to='accounts.workspace')),
            ],
        ),
        migrations.CreateModel(
            name='Report',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ground', models.CharField(choices=[('illegal', 'Against the law'), ('spam', 'Advertising or spam'), ('abuse', 'Insults, hate or threats'), ('personal', 'Personal data'), ('harmful', 'Dangerous advice'), ('off_topic', 'Does not belong here'), ('other', 'Another rule of this community')], max_length=9)),
                ('reason', models.TextField()),
                ('name', models.CharField(blank=True, default='', max_length=120)),
                ('email', models.CharField(blank=True, default='', max_length=254)),
                ('language', models.CharField(default='en', max_length=20)),
                ('code', models.CharField(max_length=40)),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('decision', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='reports', to='community.decision')),
                ('member', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, to='community.member')),
                ('post', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, to='community.post')),
                ('workspace', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, to='accounts.workspace')),
            ],
        ),
        migrations.CreateModel(
            name='Space',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=60)),
                ('names', models.JSONField(default=dict)),
                ('abouts', models.JSONField(blank=True, default=dict)),
                ('language', models.CharField(blank=True, default='', max_length=20)),
                ('position', models.PositiveIntegerField(default=0)),
                ('is_open', models.BooleanField(default=True)),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('brand', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, to='accounts.brand')),
                ('workspace', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, to='accounts.workspace')),
            ],
        ),
        migrations.CreateModel(
            name='Thread',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=200)),
                ('language', models.CharField(max_length=20)),
                ('is_live', models.BooleanField(default=False)),
                ('is_closed', models.BooleanField(default=False)),
                ('answers', models.PositiveIntegerField(default=0)),
                ('article_key', models.CharField(blank=True, default='', max_length=120)),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('last_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('tsv', django.contrib.postgres.search.SearchVectorField(null=True)),
                ('accepted', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='community.post')),
                ('brand', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, to='accounts.brand')),
                ('conversation', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='conversations.conversation')),
                ('member', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, to='community.member')),
                ('space', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, to='community.space')),
                ('workspace', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, to='accounts.workspace')),
            ],
        ),
        migrations.AddField(
            model_name='post',
            name='thread',
            field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='posts', to='community.thread'),
        ),
        migrations.CreateModel(
            name='Follow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('workspace', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, to='accounts.workspace')),
                ('member', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, to='community.member')),
                ('thread', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, to='community.thread')),
            ],
        ),
        migrations.CreateModel(
            name='Vote',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('member', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, to='community.member')),
                ('post', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, to='community.post')),
                ('workspace', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, to='accounts.workspace')),
            ],
        ),
        migrations.CreateModel(
            name='Community',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('is_on', models.BooleanField(default=False)),
                ('first_posts', models.PositiveSmallIntegerField(default=1)),
                ('stop_words', models.JSONField(blank=True, default=list)),
                ('changed_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('agent', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, to='accounts.agent')),
                ('brand', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, to='accounts.brand')),
                ('workspace', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, to='accounts.workspace')),
            ],
            options={
                'constraints': [models.UniqueConstraint(models.F('workspace'), models.F('brand'), name='community_once')],
            },
        ),
        migrations.CreateModel(
            name='Appeal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('by', models.CharField(choices=[('writer', 'Who wrote it'), ('reporter', 'Who reported it')], max_length=8)),
                ('reason', models.TextField()),
                ('email', models.CharField(blank=True, default='', max_length=254)),
                ('language', models.CharField(default='en', max_length=20)),
                ('outcome', models.CharField(blank=True, choices=[('upheld', 'The decision stands'), ('reversed', 'The decision was taken back')], default='', max_length=8)),
                ('reply', models.TextField(blank=True, default='')),
                ('agent_name', models.CharField(blank=True, default='', max_length=120)),
                ('decided_at', models.DateTimeField(null=True)),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('agent', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, to='accounts.agent')),
                ('workspace', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, to='accounts.workspace')),
                ('decision', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='appeals', to='community.decision')),
            ],
            options={
                'indexes': [models.Index(models.F('workspace'), models.F('created_at'), condition=models.Q(('decided_at', None)), name='community_appeal_open'), models.Index(models.F('workspace'), models.F('created_at'), name='community_appeal_day')],
                'constraints': [models.UniqueConstraint(models.F('workspace'), models.F('decision'), models.F('by'), name='community_appeal_once')],
            },
        ),
        migrations.CreateModel(
            name='JoinCode',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('email', models.CharField(max_length=254)),
                ('handle', models.CharField(max_length=64)),
                ('language', models.CharField(default='en', max_length=20)),
                ('is_sent', models.BooleanField(default=True)),
                ('code_hash', models.CharField(blank=True, default='', max_length=64)),
                ('tries', models.PositiveSmallIntegerField(default=0)),
                ('used_at', models.DateTimeField(null=True)),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('brand', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, to='accounts.brand')),
                ('workspace', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, to='accounts.workspace')),
            ],
            options={
                'indexes': [models.Index(models.F('workspace'), models.F('email'), models.F('created_at'), name='community_code_of'), models.Index(models.F('workspace'), models.F('created_at'), name='community_code_old')],
                'constraints': [models.UniqueConstraint(models.F('workspace'), models.F('handle'), name='community_code_once')],
            },
        ),
        migrations.AddIndex(
            model_name='member',
            index=models.Index(models.F('workspace'), models.F('email'), name='community_member_of'),
        ),
        migrations.AddIndex(
            model_name='member',
            index=models.Index(models.F('digest_at'), condition=models.Q(('left_at', None), ('wants_digest', True)), name='community_digest_due'),
        ),
        migrations.AddConstraint(
            model_name='member',
            constraint=models.UniqueConstraint(models.F('workspace'), models.F('id'), name='community_member_in_workspace'),
        ),
        migrations.AddConstraint(
            model_name='member',
            constraint=models.UniqueConstraint(condition=models.Q(('email__gt', '')), fields=('workspace', 'brand', 'email'), name='community_member_once'),
        ),
        migrations.AddConstraint(
            model_name='member',
            constraint=models.UniqueConstraint(condition=models.Q(('name_key__gt', '')), fields=('workspace', 'brand', 'name_key'), name='community_name_once'),
        ),
        migrations.AddIndex(
            model_name='decision',
            index=models.Index(models.F('workspace'), models.F('post'), name='community_decision_of'),
        ),
        migrations.AddIndex(
            model_name='decision',
            index=models.Index(models.F('workspace'), models.F('member'), models.F('kind'), name='community_decision_on'),
        ),
        migrations.AddIndex(
            model_name='decision',
            index=models.Index(models.F('workspace'), models.F('created_at'), name='community_decision_day'),
        ),
        migrations.AddConstraint(
            model_name='decision',
            constraint=models.UniqueConstraint(models.F('workspace'), models.F('id'), name='community_decision_in_workspace'),
        ),
        migrations.AddConstraint(
            model_name='decision',
            constraint=models.UniqueConstraint(models.F('workspace'), models.F('code'), name='community_decision_once'),
        ),
        migrations.AddConstraint(
            model_name='rendering',
            constraint=models.UniqueConstraint(models.F('workspace'), models.F('post'), models.F('language'), name='community_rendering_once'),
        ),
        migrations.AddIndex(
            model_name='report',
            index=models.Index(models.F('workspace'), models.F('post'), name='community_report_of'),
        ),
        migrations.AddIndex(
            model_name='report',
            index=models.Index(models.F('workspace'), models.F('created_at'), condition=models.Q(('decision', None)), name='community_report_open'),
        ),
        migrations.AddIndex(
            model_name='report',
            index=models.Index(models.F('workspace'), models.F('created_at'), name='community_report_day'),
        ),
        migrations.AddConstraint(
            model_name='report',
            constraint=models.UniqueConstraint(models.F('workspace'), models.F('code'), name='community_report_once'),
        ),
        migrations.AddConstraint(
            model_name='space',
            constraint=models.UniqueConstraint(models.F('workspace'), models.F('id'), name='community_space_in_workspace'),
        ),
        migrations.AddConstraint(
            model_name='space',
            constraint=models.UniqueConstraint(models.F('workspace'), models.F('brand'), models.F('key'), name='community_space_once'),
        ),
        migrations.AddIndex(
            model_name='thread',
            index=models.Index(models.F('workspace'), models.F('brand'), models.F('is_live'), models.F('last_at'), name='community_thread_new'),
        ),
        migrations.AddIndex(
            model_name='thread',
            index=models.Index(models.F('workspace'), models.F('space'), models.F('is_live'), models.F('last_at'), name='community_thread_space'),
        ),
        migrations.AddIndex(
            model_name='thread',
            index=models.Index(models.F('workspace'), models.F('member'), name='community_thread_of'),
        ),
        migrations.AddIndex(
            model_name='thread',
            index=models.Index(models.F('workspace'), models.F('conversation'), name='community_thread_talk'),
        ),
        migrations.AddConstraint(
            model_name='thread',
            constraint=models.UniqueConstraint(models.F('workspace'), models.F('id'), name='community_thread_in_workspace'),
        ),
        migrations.AddIndex(
            model_name='post',
            index=models.Index(models.F('workspace'), models.F('thread'), models.F('state'), models.F('created_at'), name='community_post_of'),
        ),
        migrations.AddIndex(
            model_name='post',
            index=models.Index(models.F('workspace'), models.F('member'), models.F('state'), name='community_post_by'),
        ),
        migrations.AddIndex(
            model_name='post',
            index=models.Index(models.F('workspace'), models.F('words'), models.F('created_at'), name='community_post_words'),
        ),
        migrations.AddIndex(
            model_name='post',
            index=models.Index(models.F('workspace'), models.F('live_at'), name='community_post_live'),
        ),
        migrations.AddIndex(
            model_name='post',
            index=models.Index(models.F('workspace'), models.F('created_at'), condition=models.Q(('state', 'held')), name='community_post_held'),
        ),
        migrations.AddConstraint(
            model_name='post',
            constraint=models.UniqueConstraint(models.F('workspace'), models.F('id'), name='community_post_in_workspace'),
        ),
        migrations.AddConstraint(
            model_name='post',
            constraint=models.UniqueConstraint(condition=models.Q(('is_question', True)), fields=('workspace', 'thread'), name='community_question_once'),
        ),
        migrations.AddIndex(
            model_name='follow',
            index=models.Index(models.F('workspace'), models.F('thread'), name='community_follow_of'),
        ),
        migrations.AddConstraint(
            model_name='follow',
            constraint=models.UniqueConstraint(models.F('workspace'), models.F('member'), models.F('thread'), name='community_follow_once'),
        ),
        migrations.AddIndex(
            model_name='vote',
            index=models.Index(models.F('workspace'), models.F('member'), name='community_vote_by'),
        ),
        migrations.AddConstraint(
            model_name='vote',
            constraint=models.UniqueConstraint(models.F('workspace'), models.F('post'), models.F('member'), name='community_vote_once'),
        ),
    ]

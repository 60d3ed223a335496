"""Put events under row security; make the queue fast with locks and silent inside transactions."""

from django.db import migrations

from dragoman.ground.database.rules import isolate


class Migration(migrations.Migration):
    """The insert trigger would NOTIFY inside business transactions, which makes all commits queue."""

    dependencies = [("events", "0001_initial"), ("procrastinate", "__latest__")]
    operations = [
        isolate("events_event"),
        migrations.RunSQL(
            "ALTER TABLE procrastinate_jobs DISABLE TRIGGER procrastinate_jobs_notify_queue_job_inserted_v1",
            "ALTER TABLE procrastinate_jobs ENABLE TRIGGER procrastinate_jobs_notify_queue_job_inserted_v1",
        ),
        migrations.RunSQL(
            """CREATE INDEX dragoman_jobs_lock ON procrastinate_jobs (lock, priority, id)
               WHERE status IN ('todo', 'doing')""",
            "DROP INDEX dragoman_jobs_lock",
        ),
    ]

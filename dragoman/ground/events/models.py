"""The events table: outbox, audit trail and live stream in one."""

from django.db import models
from django.db.models.functions import Now


class StoredEvent(models.Model):
    """One thing that happened, told once; `topic` is the pointer that live screens get."""

    workspace_id = models.BigIntegerField()
    name = models.CharField(max_length=60)
    topic = models.CharField(max_length=60)
    facts = models.JSONField()
    at = models.DateTimeField(db_default=Now())
    told_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "events_event"
        indexes = [
            models.Index("id", name="event_untold", condition=models.Q(told_at__isnull=True)),
            models.Index("workspace_id", "topic", "id", name="event_topic"),
            models.Index("at", name="event_at"),
        ]


class Fault(models.Model):
    """Why a job failed last; the queue keeps the job and forgets the reason."""

    job_id = models.BigIntegerField(primary_key=True)
    workspace_id = models.BigIntegerField()
    words = models.TextField()
    at = models.DateTimeField(db_default=Now())

    class Meta:
        db_table = "events_fault"
        indexes = [models.Index("workspace_id", "at", name="fault_at")]

"""Figures for Prometheus, read when asked."""

from django.db import connection
from prometheus_client import Gauge

from dragoman.kit import workspace

from .hub import hub

STREAMS = Gauge("dragoman_live_streams", "Open live streams of this process")
DELIVERED = Gauge("dragoman_live_delivered", "Pointers handed to streams since this process started")
UNTOLD = Gauge("dragoman_events_untold", "Events that no teller has told yet")
JOBS = Gauge("dragoman_jobs", "Jobs by status", ["status"])
QUEUED = Gauge("dragoman_messages_waiting", "Outgoing messages by delivery", ["delivery"])
TRANSLATED = Gauge(
    "dragoman_translation_characters", "Characters given to engines this month, all workspaces", ["engine"]
)
DEPARTED = Gauge(
    "dragoman_translation_left_house",
    "Characters that left the house in 24 hours, all workspaces",
    ["vendor"],
)


def refresh() -> None:
    """Read every gauge."""
    STREAMS.set(hub.count())
    DELIVERED.set(hub.delivered)
    with workspace.everywhere(reason="metrics"), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM events_event WHERE told_at IS NULL")
        UNTOLD.set(cursor.fetchone()[0])
        cursor.execute("SELECT status::text, count(*) FROM procrastinate_jobs GROUP BY 1")
        for status, number in cursor.fetchall():
            JOBS.labels(status).set(number)
        cursor.execute(
            """SELECT delivery, count(*) FROM conversations_message
               WHERE delivery IN ('queued', 'sending') AND due_at IS NOT NULL GROUP BY 1"""
        )
        for delivery, number in cursor.fetchall():
            QUEUED.labels(delivery).set(number)
        cursor.execute(
            """SELECT CASE WHEN engine LIKE 'account:%' THEN 'account' ELSE engine END, sum(characters)
               FROM connections_vendorusage WHERE family = 'translation' AND engine <> ''
               AND month = date_trunc('month', now() AT TIME ZONE 'UTC') GROUP BY 1"""
        )
        for engine, number in cursor.fetchall():
            TRANSLATED.labels(engine).set(number)
        cursor.execute(
            """SELECT vendor, sum(characters) FROM language_departure
               WHERE at > now() - interval '24 hours' GROUP BY 1"""
        )
        for vendor, number in cursor.fetchall():
            DEPARTED.labels(vendor).set(number)

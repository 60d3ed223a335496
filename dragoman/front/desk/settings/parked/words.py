"""What parked work is, said for people."""

from django.utils.translation import gettext as _

from dragoman.ground.events.parked import ParkedJob

_KNOWN = "dragoman.core.conversations.tasks."


def said(job: ParkedJob) -> str:
    """Say what a job was to do; a kind without words of its own is named as the queue knows it."""
    if job.task == _KNOWN + "open_envelope":
        return _("Read what came in")
    if job.task == _KNOWN + "translate":
        return _("Translate a message")
    if job.task == _KNOWN + "deliver":
        return _("Send an answer")
    if job.arguments.get("listener"):
        return _("Work off “%(event)s”") % {"event": job.arguments.get("name", "")}
    return job.task.rpartition(".")[2]


def facts_of(job: ParkedJob) -> dict[str, int]:
    """Return the ids a job is about, from its own arguments or its event's."""
    inner = job.arguments.get("facts")
    known = {**job.arguments, **(inner if isinstance(inner, dict) else {})}
    return {name: value for name, value in known.items() if name.endswith("_id") and isinstance(value, int)}

"""Mail kept elsewhere on its way in."""

from typing import Any

from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from dragoman.core.accounts.models import Agent, InWorkspace
from dragoman.core.connections.models import Connection


class MailImport(InWorkspace):
    """Files of mails for one mailbox. `pieces` is [[number of the file, key]] in order; `seen` mails are behind us.

    `files` is {number of the file: its name, its `mails`, how many of them are `unreadable`, and how many pieces of it
    are `foreign`: no mail at all}. `as_new` says that the mails come in as if they had just arrived.
    """

    class State(models.TextChoices):
        """How far it is."""

        UPLOADING = "uploading", _("Uploading")
        RUNNING = "running", _("Running")
        DONE = "done", _("Done")

    mailbox = models.ForeignKey(Connection, models.CASCADE, db_constraint=False)
    agent = models.ForeignKey(Agent, models.SET_NULL, null=True, db_constraint=False)
    name = models.CharField(max_length=255)
    as_new = models.BooleanField(default=False, db_default=False)
    pieces = models.JSONField(default=list)
    files = models.JSONField(default=dict, db_default={})
    size = models.BigIntegerField(default=0)
    read = models.BigIntegerField(default=0)
    state = models.CharField(max_length=10, choices=State.choices, default=State.UPLOADING)
    seen = models.PositiveIntegerField(default=0)
    taken = models.PositiveIntegerField(default=0)
    doubled = models.PositiveIntegerField(default=0)
    unreadable = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField(db_default=Now())
    finished_at = models.DateTimeField(null=True)

    @property
    def faulty(self) -> list[dict[str, Any]]:
        """The files that had mails nobody could read, or none at all."""
        is_done = self.state == self.State.DONE
        return [
            one
            for one in self.files.values()
            if one.get("unreadable") or one.get("foreign") or (is_done and not one.get("mails"))
        ]

    class Meta:
        constraints = [models.UniqueConstraint("workspace", "id", name="mail_import_in_workspace")]

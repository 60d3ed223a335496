"""What a workspace decided about languages; the tables of each trade stand in a file of their own."""

from django.db import models

from dragoman.core.accounts.models import InWorkspace

__all__ = ["LanguagePolicy"]


class LanguagePolicy(InWorkspace):
    """A workspace's rules for texts; without a row the defaults count.

    `stays_home` says that no text leaves this machine: only the phrasebook and engines that run here are asked.
    """

    stays_home = models.BooleanField(default=False, db_default=False)

    class Meta:
        constraints = [models.UniqueConstraint("workspace", name="language_policy_once")]

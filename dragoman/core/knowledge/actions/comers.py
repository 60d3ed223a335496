"""Telling those who signed up that a webinar moved or is called off: each change once, never a second time."""

from django.db.models import F

from ..models import SignUp


def begin_telling(kept: SignUp, sequence: int) -> bool:
    """Note that a mail of this change begins; False where one has begun before: two workers never send two."""
    rows = SignUp.objects.filter(workspace_id=kept.workspace_id, pk=kept.pk, cancelled_at=None)
    return rows.filter(telling__lt=sequence).update(telling=sequence) == 1


def note_told(kept: SignUp, sequence: int) -> None:
    """Note that a server took the mail."""
    SignUp.objects.filter(workspace_id=kept.workspace_id, pk=kept.pk, told__lt=sequence).update(told=sequence)


def put_off_telling(kept: SignUp, sequence: int) -> None:
    """Let the mail be tried again: it is sure that nobody has it."""
    rows = SignUp.objects.filter(workspace_id=kept.workspace_id, pk=kept.pk, telling=sequence)
    rows.update(telling=F("told"))

"""What goes on in the background: digests of the day."""

from django.utils import timezone

from dragoman.ground.events.registry import every
from dragoman.kit import workspace

from . import offers  # noqa: F401  # found with its tasks
from .actions.digests import is_due, start_digest
from .models import Member

_AT_ONCE = 500


@every(seconds=600)
def start_digests() -> None:
    """Let digests go out whose morning it is."""
    now = timezone.now()
    with workspace.everywhere(reason="find members whose digest is due"):
        waiting = Member.objects.filter(wants_digest=True, left_at=None).order_by("digest_at")[:_AT_ONCE]
        due = [one for one in waiting if is_due(one, now)]
    for member in due:
        with workspace.acting_in(member.workspace_id):
            start_digest(member, now)

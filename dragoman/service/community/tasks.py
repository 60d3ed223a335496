"""What goes on in the background: digests of the day, and leads who hear that the moderators' queue has something."""

from django.utils import timezone

from dragoman.ground.events.registry import every, on
from dragoman.kit import workspace

from . import offers  # noqa: F401  # found with its tasks
from .actions.digests import is_due, start_digest
from .events import AppealMade, PostHeld, PostReported
from .models import Member
from .notices import tell_leads

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


@on(PostHeld)
def tell_of_held(event: PostHeld) -> None:
    """Tell leads that a post waits."""
    tell_leads(workspace.get_current_id())


@on(PostReported)
def tell_of_report(event: PostReported) -> None:
    """Tell leads that a post was reported."""
    tell_leads(workspace.get_current_id())


@on(AppealMade)
def tell_of_complaint(event: AppealMade) -> None:
    """Tell leads that somebody complains of a decision."""
    tell_leads(workspace.get_current_id())

"""What goes on in the background: calendars of days off are fetched anew, requests for approval expire."""

from datetime import timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from dragoman.ground.events.registry import every, task
from dragoman.kit import workspace

from .authority.actions.approvals import expire
from .hours import actions, feed
from .models import Approval, HolidayFeed

# a good calendar is asked again after a day, one that failed after an hour
GOOD_FOR, TRY_AGAIN_AFTER = timedelta(hours=24), timedelta(hours=1)
AT_ONCE = 20


@every(seconds=60)
def fetch_days_off() -> None:
    """Let the calendars be fetched whose time has come, each by a job of its own."""
    now = timezone.now()
    failed = Q(good_at=None) | ~Q(error="")
    due = Q(asked_at=None) | Q(asked_at__lt=now - GOOD_FOR) | (failed & Q(asked_at__lt=now - TRY_AGAIN_AFTER))
    with workspace.everywhere(reason="find calendars of days off to fetch"):
        waiting = list(HolidayFeed.objects.filter(due).order_by("pk")[:AT_ONCE])
    for one in waiting:
        with workspace.acting_in(one.workspace_id), transaction.atomic():
            # asked is noted first: a job that is lost does not keep the next sweep busy
            HolidayFeed.objects.filter(workspace_id=one.workspace_id, pk=one.pk).update(asked_at=now)
            fetch_feed.defer(workspace_id=one.workspace_id, feed_id=one.pk)


@task
def fetch_feed(workspace_id: int, feed_id: int) -> None:
    """Fetch a calendar and store its days, or why there are none: what it brought before is kept then."""
    one = HolidayFeed.objects.filter(workspace_id=workspace_id, pk=feed_id).first()
    if one is None:
        return
    try:
        days = feed.fetch_days(one.url, today=timezone.now().date())
    except feed.BadFeed as fault:
        actions.note_answer(one, days=None, error=fault.code)
    else:
        actions.note_answer(one, days=days, error="")


@every(seconds=30)
def expire_approvals() -> None:
    """End requests for approval that nobody decided in time."""
    with workspace.everywhere(reason="find requests for approval whose time is over"):
        over = Approval.objects.filter(state=Approval.State.WAITING, expires_at__lte=timezone.now())
        found = list(over.order_by("expires_at").values_list("workspace_id", "pk")[:200])
    for workspace_id, pk in found:
        with workspace.acting_in(workspace_id):
            expire(workspace_id, pk)

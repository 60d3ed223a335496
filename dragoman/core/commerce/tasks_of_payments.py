"""What runs later for payments: webhooks are read, answers sent, deadlines watched, what was missed asked for."""

from datetime import timedelta
from typing import Final

from django.db import transaction
from django.utils import timezone

from dragoman.core.accounts.queries import agents_of
from dragoman.core.notifications.actions import Notice, notify
from dragoman.ground.events.registry import every, on, task
from dragoman.ground.providers.statuses import DisputeState
from dragoman.kit import workspace

from .actions.disputes import ask_for_disputes, find_orders, look_at_answer, send_answer
from .actions.payment_hooks import forget_payment_hooks, read_payment_hook
from .events import DisputeAnswered, DisputeOpened, PaymentHookStored
from .models import Answer, Dispute, PaymentAccount, PaymentHook, ShopHook

WARN_BEFORE: Final = timedelta(days=3)
LOOK_BACK: Final = timedelta(days=120)
ASK_EVERY: Final = timedelta(hours=6)
_AT_ONCE: Final = 200


@on(PaymentHookStored, outside=True)
def take_in_what_was_told(event: PaymentHookStored) -> None:
    """Read a webhook at once; what fails is read again by the sweep."""
    _read(event.hook_id)


@task
def read_payment_hook_late(workspace_id: int, hook_id: int) -> None:
    """Read a webhook that could not be read at once."""
    _read(hook_id)


def _read(hook_id: int) -> None:
    hook = PaymentHook.objects.select_related("account__account").filter(pk=hook_id).first()
    if hook is not None:
        read_payment_hook(hook)


@on(DisputeAnswered, outside=True)
def send_evidence(event: DisputeAnswered) -> None:
    """Send an answer at once."""
    send_answer(workspace.get_current_id(), event.dispute_id)


@task
def go_on_with_answer(workspace_id: int, dispute_id: int) -> None:
    """Send an answer that waits, or ask what became of one."""
    send_answer(workspace_id, dispute_id)
    row = Dispute.objects.filter(workspace_id=workspace_id, pk=dispute_id).first()
    if (
        row is not None
        and row.answer == Answer.UNSURE
        and row.answer_due_at
        and row.answer_due_at < timezone.now()
    ):
        look_at_answer(workspace_id, dispute_id)


@on(DisputeOpened)
def tell_of_dispute(event: DisputeOpened) -> None:
    """Tell those who may answer that a dispute is open."""
    _tell(workspace.get_current_id(), event.dispute_id, "dispute_opened")


def _tell(workspace_id: int, dispute_id: int, kind: str) -> None:
    may = [one for one in agents_of(workspace_id) if one.can_lead]
    key = f"dispute{dispute_id}"
    notify(workspace_id, [Notice(one.pk, kind, key, f"dispute:{dispute_id}") for one in may])


@every(seconds=60)
def go_on_with_payments() -> None:
    """Pick up what waits: after a failure, a crash, or a time that a vendor named."""
    now = timezone.now()
    with workspace.everywhere(reason="look after payments of every workspace"):
        hooks = PaymentHook.objects.filter(
            state=ShopHook.State.WAITING, due_at__lte=now - timedelta(seconds=1)
        ).order_by("due_at")
        waiting = list(hooks.values_list("workspace_id", "pk")[:_AT_ONCE])
        answers = list(
            Dispute.objects.filter(answer_due_at__lte=now).values_list("workspace_id", "pk")[:_AT_ONCE]
        )
    for workspace_id, hook in waiting:
        with workspace.acting_in(workspace_id), transaction.atomic():
            read_payment_hook_late.defer(workspace_id=workspace_id, hook_id=hook)
    for workspace_id, dispute in answers:
        with workspace.acting_in(workspace_id), transaction.atomic():
            go_on_with_answer.defer(workspace_id=workspace_id, dispute_id=dispute)


@every(seconds=900)
def watch_deadlines() -> None:
    """Warn once, three days before evidence is due; ask vendors now and then; find orders that came late."""
    now = timezone.now()
    with workspace.everywhere(reason="watch deadlines of disputes"):
        open_ = Dispute.objects.filter(state=DisputeState.OPEN, answer__in=[Answer.NONE, Answer.FAILED])
        near = open_.filter(warned_at=None, due_by__gt=now, due_by__lte=now + WARN_BEFORE)
        due = list(near.values_list("workspace_id", "pk")[:_AT_ONCE])
        lonely = set(open_.filter(order=None).values_list("workspace_id", flat=True))
        mine = PaymentAccount.objects.exclude(state=PaymentAccount.State.OFF).filter(account__isnull=False)
        stale = [one for one in mine if one.asked_at is None or one.asked_at < now - ASK_EVERY]
    for workspace_id, dispute_id in due:
        with workspace.acting_in(workspace_id), transaction.atomic():
            rows = Dispute.objects.filter(workspace_id=workspace_id, pk=dispute_id, warned_at=None)
            if rows.update(warned_at=now):
                _tell(workspace_id, dispute_id, "dispute_due")
    for workspace_id in lonely:
        with workspace.acting_in(workspace_id):
            find_orders(workspace_id)
    for row in stale:
        with workspace.acting_in(row.workspace_id), transaction.atomic():
            ask_vendor.defer(workspace_id=row.workspace_id, payment_account_id=row.pk)


@task
def ask_vendor(workspace_id: int, payment_account_id: int) -> None:
    """Ask a vendor for its disputes, and forget webhooks that were read long ago."""
    rows = PaymentAccount.objects.filter(workspace_id=workspace_id, pk=payment_account_id)
    row = rows.select_related("account").first()
    if row is None or row.account is None:
        return
    rows.update(asked_at=timezone.now())
    ask_for_disputes(row, since=timezone.now() - LOOK_BACK)
    forget_payment_hooks(workspace_id)

"""What goes on in the background: shops are asked to do what is due, and what became of it."""

from django.db import transaction
from django.utils import timezone
from procrastinate.exceptions import AlreadyEnqueued

from dragoman.core.notifications.actions import Notice, notify
from dragoman.ground.events.registry import every, on, task
from dragoman.kit import workspace

from .action_models import ActionState, OrderAction
from .actions.executing import go_on
from .events import OrderActionChanged

MOST = 200


@every(seconds=5)
def sweep_actions() -> None:
    """Give every action whose time has come a job; one that waits already is not doubled."""
    with workspace.everywhere(reason="find actions on orders that are due"):
        due = OrderAction.objects.filter(due_at__lte=timezone.now()).order_by("due_at")
        found = list(due.values_list("workspace_id", "pk")[:MOST])
    for workspace_id, action_id in found:
        with workspace.acting_in(workspace_id):
            try:
                with transaction.atomic():
                    move_action.configure(queueing_lock=f"order_action:{action_id}").defer(
                        workspace_id=workspace_id, action_id=action_id
                    )
            except AlreadyEnqueued:
                pass


@task
def move_action(workspace_id: int, action_id: int) -> None:
    """Do what is next for an action: ask the shop, ask what became of it, or bring the order."""
    go_on(workspace_id, action_id)


@on(OrderActionChanged)
def tell_who_asked(event: OrderActionChanged) -> None:
    """Tell who asked that it was not done, or that nobody knows."""
    if event.state not in {ActionState.FAILED, ActionState.UNCONFIRMED}:
        return
    workspace_id = workspace.get_current_id()
    found = OrderAction.objects.filter(workspace_id=workspace_id, pk=event.action_id).first()
    if found is not None and found.agent_id is not None:
        kind = "action_failed" if event.state == ActionState.FAILED else "action_unsure"
        notify(
            workspace_id,
            [Notice(found.agent_id, kind, f"order_action{found.pk}", f"order:{found.order_id}")],
        )

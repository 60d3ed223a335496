"""Letting a return follow what happens elsewhere: to the action that its shop was asked for."""

from dragoman.core.commerce.action_models import ActionState, OrderAction

from ..models import Return
from ..shop_refunds import outcome_of
from .refunds import give_up, note_outcome
from .requests import By


def follow_action(workspace_id: int, action_id: int) -> None:
    """Take over what became of an action; the same news again changes nothing, other actions are nobody's return."""
    action = (
        OrderAction.objects.filter(workspace_id=workspace_id, pk=action_id).select_related("agent").first()
    )
    if action is None or not action.key.startswith("return-"):
        return
    made = Return.objects.filter(workspace_id=workspace_id, refund_key=action.key).first()
    if made is None:
        return
    outcome = outcome_of(action)
    by = By("agent", action.agent) if action.agent else By("api")
    if action.state == ActionState.DONE:
        note_outcome(workspace_id, made.pk, outcome, by=by, at=action.done_at)
    elif not action.is_open:
        give_up(workspace_id, made.pk, action.key, failure=outcome.message)

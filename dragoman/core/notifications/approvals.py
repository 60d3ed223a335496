"""Requests for approval, told to those who may decide, and how they ended to those who asked."""

from collections.abc import Mapping, Sequence

from dragoman.core.accounts.authority.queries import approvals_of, approvers_of
from dragoman.core.accounts.events import ApprovalDecided, ApprovalExpired, ApprovalRequested
from dragoman.core.accounts.models import Approval
from dragoman.ground.events.registry import on
from dragoman.kit import workspace

from .actions import Notice, notify
from .ports import Matter, matters


@on(ApprovalRequested)
def tell_approvers(event: ApprovalRequested) -> None:
    """Tell whoever has the authority, and who stands in for them."""
    row = _approval(event.approval_id)
    if row is not None and row.state == Approval.State.WAITING:
        actor = row.requester.name if row.requester else ""
        agents = approvers_of(row)
        notify(row.workspace_id, [_notice(row, one.pk, "approval_asked", actor=actor) for one in agents])


@on(ApprovalDecided)
def tell_requester(event: ApprovalDecided) -> None:
    """Tell who asked what became of it."""
    row = _approval(event.approval_id)
    if row is None or row.requester_id is None or row.state not in {"approved", "declined"}:
        return
    actor = row.decided_by.name if row.decided_by else ""
    notify(row.workspace_id, [_notice(row, row.requester_id, row.state, actor=actor, by=row.decided_by_id)])


@on(ApprovalExpired)
def tell_of_expiry(event: ApprovalExpired) -> None:
    """Tell who asked that nobody decided."""
    row = _approval(event.approval_id)
    if row is not None and row.requester_id is not None:
        notify(row.workspace_id, [_notice(row, row.requester_id, "approval_over")])


def _approval(approval_id: int) -> Approval | None:
    return approvals_of(workspace.get_current_id()).filter(pk=approval_id).first()


def _notice(row: Approval, agent_id: int, kind: str, *, actor: str = "", by: int | None = None) -> Notice:
    return Notice(agent_id, kind, f"approval{row.pk}", f"approval:{row.pk}", "", actor, by)


def _title(row: Approval) -> str:
    """Return what is asked for and of what, in the reader's language: the stored title is in the requester's."""
    number = row.facts.get("number")
    if not number:
        return str(row.facts.get("title") or row.get_kind_display())
    return f"{row.get_kind_display()} · {number}"


class ApprovalMatters:
    """Answers for topics such as `approval:42`; nothing is said at places of them."""

    def about(self, workspace_id: int, topics: Sequence[str]) -> Mapping[str, Matter]:
        """Return what each request is about and where it is decided."""
        ids = [int(number) for topic in topics if (number := topic.partition(":")[2]).isdigit()]
        found = Approval.objects.filter(workspace_id=workspace_id, pk__in=ids)
        return {
            f"approval:{one.pk}": Matter(_title(one), one.pk, f"/approvals#approval-{one.pk}")
            for one in found
        }

    def words(self, workspace_id: int, anchors: Sequence[str]) -> Mapping[str, str]:
        """Return nothing: a request has no places."""
        return {}


matters.register("approval")(ApprovalMatters())

"""What was given to a customer follows them into a merge and back out of it, as their orders do."""

from collections.abc import Mapping, Sequence

from ...authority_models import Approval, AuthorityUse


def move_sums(workspace_id: int, *, from_customer: int, to_customer: int) -> dict[str, list[int]]:
    """Count what one customer was given, and what is asked for them, for another; returns which it was.

    Requests first: one that is approved at this moment has its use counted by then.
    """
    waiting = Approval.objects.filter(workspace_id=workspace_id, state=Approval.State.WAITING)
    asked = list(waiting.filter(customer_id=from_customer).order_by("pk").values_list("pk", flat=True))
    Approval.objects.filter(workspace_id=workspace_id, pk__in=asked).update(customer_id=to_customer)
    counted = AuthorityUse.objects.filter(workspace_id=workspace_id, released_at=None)
    given = list(counted.filter(customer_id=from_customer).order_by("pk").values_list("pk", flat=True))
    AuthorityUse.objects.filter(workspace_id=workspace_id, pk__in=given).update(customer_id=to_customer)
    return {"uses": given, "approvals": asked}


def give_back_sums(workspace_id: int, moved: Mapping[str, Sequence[int]], *, holder: int, owner: int) -> None:
    """Let what came with a merge count for its own customer again; what somebody else has by now is left."""
    here = {"workspace_id": workspace_id, "customer_id": holder}
    requests = moved.get("approvals", ())
    Approval.objects.filter(**here, pk__in=requests).update(customer_id=owner)
    uses = AuthorityUse.objects.filter(**here)
    uses.filter(pk__in=moved.get("uses", ())).update(customer_id=owner)
    # what was approved meanwhile of a request that came along counts where the request belongs
    subjects = Approval.objects.filter(workspace_id=workspace_id, pk__in=requests).values("subject")
    uses.filter(subject__in=subjects).update(customer_id=owner)

"""Taking a deleted customer's words out of their returns; what came back of which order stays."""

from collections.abc import Mapping, Sequence
from functools import partial

from django.db import transaction
from django.db.models import Q

from dragoman.ground.files.store import forget

from ..models import Return, ReturnEvent, ReturnFile, ReturnLine, ReturnsNote, Withdrawal


class ReturnEraser:
    """Empties what was written about and by the customer, while their orders still name them."""

    def count(self, workspace_id: int, customer_id: int) -> Mapping[str, int]:
        """Return how many returns will name nobody."""
        mine = Return.objects.filter(workspace_id=workspace_id, order__customer_id=customer_id)
        return {"returns": mine.count()}

    @transaction.atomic
    def part(self, workspace_id: int, customer_id: int, addresses: Sequence[str]) -> None:
        """Do it at once: `erase` comes when the orders are nobody's any more."""
        mine = Return.objects.filter(workspace_id=workspace_id, order__customer_id=customer_id)
        ids = list(mine.values_list("pk", flat=True))
        here = {"workspace_id": workspace_id, "parent_id__in": ids}
        ReturnLine.objects.filter(**here).update(words="", condition="", deduction_reason="")
        ReturnEvent.objects.filter(**here).update(note="")
        Return.objects.filter(workspace_id=workspace_id, pk__in=ids).update(
            words="", tracking_number="", label_url="", recipient="", refund_failure="", fetch_note=""
        )
        # that something was declared, and when, stays; who declared it in which words does not
        declared = Withdrawal.objects.filter(workspace_id=workspace_id)
        theirs = declared.filter(Q(order__customer_id=customer_id) | Q(email__in=list(addresses)))
        theirs.update(name="", email="", part="", content="", order_number="")
        files = ReturnFile.objects.filter(**here)
        keys = list(files.values_list("file_key", flat=True))
        files.delete()
        for key in keys:
            transaction.on_commit(partial(forget, key))

    def erase(self, workspace_id: int, customer_id: int) -> bool:
        """Delete the notes on how much they send back."""
        ReturnsNote.objects.filter(workspace_id=workspace_id, customer_id=customer_id).delete()
        return False

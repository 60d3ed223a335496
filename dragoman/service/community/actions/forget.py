"""Taking a deleted customer out of the community: their posts name nobody any more."""

from collections.abc import Mapping, Sequence

from django.db import transaction

from dragoman.core.customers.models import Identity

from ..models import Appeal, JoinCode, Member, Post, Report
from .profile import forget_member


class CommunityEraser:
    """Anonymises what the customer wrote, while their addresses are still known."""

    def count(self, workspace_id: int, customer_id: int) -> Mapping[str, int]:
        """Return how many posts will name nobody."""
        known = Identity.objects.filter(workspace_id=workspace_id, customer_id=customer_id, kind="email")
        members = Member.objects.filter(
            workspace_id=workspace_id, email__in=list(known.values_list("value", flat=True))
        )
        posts = Post.objects.filter(workspace_id=workspace_id, member_id__in=members.values("pk"))
        return {"community posts": posts.count()}

    @transaction.atomic
    def part(self, workspace_id: int, customer_id: int, addresses: Sequence[str]) -> None:
        """Do it at once: members are known by their address."""
        mails = [one for one in addresses if "@" in one]
        for member in Member.objects.filter(workspace_id=workspace_id, email__in=mails):
            forget_member(member)
        here = {"workspace_id": workspace_id, "email__in": mails}
        Report.objects.filter(**here).update(name="", email="")
        Appeal.objects.filter(**here).update(email="")
        JoinCode.objects.filter(**here).delete()

    def erase(self, workspace_id: int, customer_id: int) -> bool:
        """Leave nothing over."""
        return False

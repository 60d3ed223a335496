"""Who helped: badges, worked out of accepted answers and votes, never given by hand."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from django.db.models import Count, F, Q, Sum

from .models import Post

# (badge, accepted answers, votes for answers): the highest that both reach
BADGES: Final = (("expert", 30, 100), ("guide", 10, 30), ("helper", 2, 5))


@dataclass(frozen=True)
class Standing:
    """What somebody gave to a community."""

    answers: int = 0
    accepted: int = 0
    votes: int = 0

    @property
    def badge(self) -> str:
        """Return `expert`, `guide`, `helper` or ""."""
        reached = (
            name for name, accepted, votes in BADGES if self.accepted >= accepted and self.votes >= votes
        )
        return next(reached, "")


def standings(workspace_id: int, member_ids: Iterable[int]) -> Mapping[int, Standing]:
    """Return what members gave, by their ids; answers to questions of their own count for nothing."""
    rows = Post.objects.filter(
        workspace_id=workspace_id, member_id__in=set(member_ids), state=Post.State.LIVE, is_question=False
    ).exclude(thread__member_id=F("member_id"))
    counted = rows.values("member_id").annotate(
        count=Count("pk"), good=Count("pk", filter=Q(pk=F("thread__accepted_id"))), liked=Sum("votes")
    )
    return {row["member_id"]: Standing(row["count"], row["good"], row["liked"] or 0) for row in counted}

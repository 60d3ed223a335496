"""What the room offers to lower floors: who takes a customer's words out."""

from collections.abc import Mapping, Sequence

from dragoman.core.customers.ports import erasers

from .models import Survey


class SurveyEraser:
    """Takes comments out; the numbers stay, for they name nobody."""

    def count(self, workspace_id: int, customer_id: int) -> Mapping[str, int]:
        """Return how many comments go."""
        mine = Survey.objects.filter(workspace_id=workspace_id, conversation__customer_id=customer_id)
        return {"survey comments": mine.exclude(comment="").count()}

    def part(self, workspace_id: int, customer_id: int, addresses: Sequence[str]) -> None:
        """Do it at once: later the conversations may be gone, and their answers with them."""
        mine = Survey.objects.filter(workspace_id=workspace_id, conversation__customer_id=customer_id)
        mine.update(comment="", translated="")

    def erase(self, workspace_id: int, customer_id: int) -> bool:
        """Delete what nothing more is left of."""
        return False


erasers.register("surveys")(SurveyEraser())

"""What was read and searched is forgotten after a while."""

from dragoman.core.accounts.models import Workspace
from dragoman.ground.events.registry import every
from dragoman.kit import workspace

from .actions.reading import forget_reading


@every(seconds=86400)
def forget_old_reading() -> None:
    """Forget visits and searches that are older than anybody counts."""
    with workspace.everywhere(reason="forget old visits of every help centre"):
        every_one = list(Workspace.objects.values_list("pk", flat=True))
    for workspace_id in every_one:
        with workspace.acting_in(workspace_id):
            forget_reading(workspace_id)

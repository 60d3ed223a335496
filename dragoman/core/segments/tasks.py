"""What goes on in the background: large bulk changes."""

from dragoman.ground.events.registry import on
from dragoman.kit import workspace

from . import offers  # noqa: F401  # found with its tasks
from .actions.bulk import run_batch
from .events import BulkRunStarted


@on(BulkRunStarted, outside=True)
def run_bulk(event: BulkRunStarted) -> None:
    """Change batch after batch until the run is over or stopped; after a crash it goes on where it was."""
    while not run_batch(workspace.get_current_id(), event.run_id):
        pass

"""What the room does later: it forgets."""

from dragoman.ground.events.registry import every
from dragoman.kit import workspace

from . import offers  # noqa: F401  # found with its tasks
from .actions.engines import forget_old


@every(seconds=3600)
def forget_answers() -> None:
    """Forget what engines said some days ago, and the oldest of the log."""
    with workspace.everywhere(reason="forget old answers of engines in every workspace"):
        forget_old()

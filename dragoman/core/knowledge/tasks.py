"""What is done later with articles: those that were given a day are published."""

from dragoman.ground.events.registry import every

from . import offers, tasks_of_reading  # noqa: F401  # found with its tasks
from .actions.standing import publish_due


@every(seconds=30)
def publish_what_is_due() -> None:
    """Publish every text whose moment has come."""
    publish_due()

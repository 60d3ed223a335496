"""What is done later with articles: those that were given a day are published, what they mean is found out."""

from dragoman.ground.events.registry import every, on
from dragoman.kit import workspace

from . import offers, tasks_of_reading  # noqa: F401  # found with its tasks
from .actions.index import add_meanings_due
from .actions.standing import publish_due
from .events import ArticleReviewAsked
from .notices import tell_of_review


@every(seconds=30)
def publish_what_is_due() -> None:
    """Publish every text whose moment has come."""
    publish_due()


# half of the time: whoever writes to us meanwhile is answered by the same machine
@every(seconds=5)
def find_out_meanings() -> None:
    """Let what was brought in or changed be found by what it means as well."""
    add_meanings_due(seconds=2.5)


@on(ArticleReviewAsked)
def tell_leads_of_review(event: ArticleReviewAsked) -> None:
    """Let leads hear that a wording waits for them."""
    tell_of_review(workspace.get_current_id(), event.text_id)

"""What is done later with articles: those that were given a day are published, what many mean is found out."""

from dragoman.ground.events.registry import every, on
from dragoman.kit import workspace

from . import offers, tasks_of_reading  # noqa: F401  # found with its tasks
from .actions.index import add_meanings
from .actions.standing import publish_due
from .errors import NoArticle
from .events import ArticlePublished
from .queries import get_text


@every(seconds=30)
def publish_what_is_due() -> None:
    """Publish every text whose moment has come."""
    publish_due()


@on(ArticlePublished, outside=True)
def find_out_meanings(event: ArticlePublished) -> None:
    """Let what was brought in with many others be found by what it means as well."""
    try:
        text = get_text(workspace.get_current_id(), event.text_id)
    except NoArticle:
        return
    add_meanings(text)

"""What happens to articles: ids only."""

from dataclasses import dataclass
from typing import ClassVar

from dragoman.ground.events.registry import Event


@dataclass(frozen=True)
class ArticleChanged(Event):
    """An article or one of its texts was written, moved, checked or removed; readers may see nothing of it yet."""

    topic_noun: ClassVar[str] = "article"
    article_id: int


@dataclass(frozen=True)
class ArticleReviewAsked(Event):
    """Somebody asks leads to look at the newest wording of a text."""

    topic_noun: ClassVar[str] = "article"
    article_id: int
    text_id: int


@dataclass(frozen=True)
class ArticlePublished(Event):
    """A text of an article is what readers see from now on."""

    topic_noun: ClassVar[str] = "article"
    article_id: int
    text_id: int


@dataclass(frozen=True)
class ArticleUnpublished(Event):
    """A text of an article is seen by readers no longer."""

    topic_noun: ClassVar[str] = "article"
    article_id: int
    text_id: int


@dataclass(frozen=True)
class WebinarSignedUp(Event):
    """Somebody signed up for a webinar: they are told so by mail."""

    topic_noun: ClassVar[str] = "webinar"
    webinar_id: int
    sign_up_id: int


@dataclass(frozen=True)
class WebinarChanged(Event):
    """A webinar was written, opened or called off; `moved`: when or where it is held is another, or it is not."""

    topic_noun: ClassVar[str] = "webinar"
    webinar_id: int
    moved: bool

"""Telling leads that a wording waits for their look, and where notifications about articles lead."""

from collections.abc import Mapping, Sequence
from urllib.parse import quote

from dragoman.core.accounts.models import Role
from dragoman.core.accounts.queries import agents_of
from dragoman.core.notifications.actions import Notice, notify
from dragoman.core.notifications.ports import Matter

from .models import Article
from .queries import texts_of

KIND, NOUN = "article_review", "article"


def tell_of_review(workspace_id: int, text_id: int) -> None:
    """Tell leads and owners that a text waits for review, each time it is asked for once."""
    text = texts_of(workspace_id).select_related("review_asked_by").filter(pk=text_id).first()
    if text is None or text.review_asked_at is None:
        return
    asker = text.review_asked_by
    leads = agents_of(workspace_id).filter(is_active=True, role__in=[Role.OWNER, Role.LEAD])
    source = f"text-{text.pk}-{text.review_asked_at:%Y%m%d%H%M%S}"
    topic = f"{NOUN}:{text.article_id}"
    notify(
        workspace_id,
        [
            Notice(
                one.pk, KIND, source, topic, actor=asker.name if asker else "", by=asker.pk if asker else None
            )
            for one in leads
        ],
    )


class ArticleMatters:
    """Answers for topics such as `article:42`; nothing is said at places of them."""

    def about(self, workspace_id: int, topics: Sequence[str]) -> Mapping[str, Matter]:
        """Return the title and the editor's address of each article there is."""
        ids = [int(number) for topic in topics if (number := topic.partition(":")[2]).isdigit()]
        found = Article.objects.filter(workspace_id=workspace_id, pk__in=ids).prefetch_related("texts__head")
        return {
            f"{NOUN}:{one.pk}": Matter(_title(one), one.pk, f"/knowledge/articles/{quote(one.key)}")
            for one in found
        }

    def words(self, workspace_id: int, anchors: Sequence[str]) -> Mapping[str, str]:
        """Return nothing: an article has no places."""
        return {}


def _title(article: Article) -> str:
    """Return the title of the text that the others are written from."""
    titles = {one.name: one.head.title for one in article.texts.all() if one.head}
    return titles.get(article.source) or next(iter(titles.values()), article.key)

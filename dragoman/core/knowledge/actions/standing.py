"""What happens to a written text: review, publishing, scheduling, archiving, going back; and to the article itself."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dragoman.core.accounts.models import Agent
from dragoman.core.accounts.queries import agents_of, brands_of
from dragoman.ground.events.actions import publish
from dragoman.kit import workspace

from ..errors import ArticleChangedMeanwhile, BadArticle, NoArticle
from ..events import ArticleChanged, ArticleReviewAsked, ArticleUnpublished
from ..models import Article, ArticleText, ArticleVersion, Category
from ..queries import get_text
from .articles import check_may_draft, check_may_publish, go_live, reindex
from .index import index_text
from .shelves import shelf_for

_LONGEST_ADDRESS = 500  # characters


def _locked(text: ArticleText) -> ArticleText:
    """Return the text as it is now; one writer after the other goes on."""
    Article.objects.select_for_update().filter(pk=text.article_id).first()
    return get_text(text.workspace_id, text.pk)


def _seen(text: ArticleText, seen: int | None) -> ArticleVersion:
    if text.head is None:
        raise NoArticle
    if seen is not None and seen != text.head.number:
        raise ArticleChangedMeanwhile
    return text.head


@transaction.atomic
def publish_text(text: ArticleText, *, agent: Agent | None, seen: int | None = None) -> ArticleText:
    """Let readers see the newest wording; raises MayNotWrite, ArticleChangedMeanwhile."""
    check_may_publish(agent)
    text = _locked(text)
    _seen(text, seen)
    go_live(text, agent=agent)
    return text


@transaction.atomic
def ask_review(text: ArticleText, *, agent: Agent | None, seen: int | None = None) -> ArticleText:
    """Ask a lead to look at the newest wording; raises MayNotWrite, ArticleChangedMeanwhile."""
    check_may_draft(agent)
    text = _locked(text)
    _seen(text, seen)
    text.review_asked_at, text.review_asked_by = timezone.now(), agent
    text.save(update_fields=["review_asked_at", "review_asked_by"])
    publish(ArticleChanged(article_id=text.article_id))
    publish(ArticleReviewAsked(article_id=text.article_id, text_id=text.pk))
    return text


@transaction.atomic
def send_back(text: ArticleText, *, agent: Agent | None) -> ArticleText:
    """Make a wording that waits for review or its day a draft again; raises MayNotWrite."""
    check_may_draft(agent)
    text = _locked(text)
    text.review_asked_at = text.review_asked_by = text.publish_at = None
    text.save(update_fields=["review_asked_at", "review_asked_by", "publish_at"])
    publish(ArticleChanged(article_id=text.article_id))
    return text


@transaction.atomic
def schedule_text(
    text: ArticleText, *, at: datetime, agent: Agent | None, seen: int | None = None
) -> ArticleText:
    """Publish the newest wording at a moment (UTC) to come; raises BadArticle, MayNotWrite, ArticleChangedMeanwhile."""
    check_may_publish(agent)
    if at <= timezone.now():
        raise BadArticle("publish_at", _("Choose a moment to come, or publish now."))
    text = _locked(text)
    _seen(text, seen)
    text.publish_at, text.archived_at = at, None
    if agent is not None:
        text.checked_by, text.checked_at = agent, timezone.now()
    text.save()
    publish(ArticleChanged(article_id=text.article_id))
    return text


def publish_due() -> None:
    """Publish every text whose moment has come; a text that was taken back meanwhile stays."""
    now = timezone.now()
    with workspace.everywhere(reason="publish what is due"):
        due = list(ArticleText.objects.filter(publish_at__lte=now)[:200])
    for one in due:
        with workspace.acting_in(one.workspace_id), transaction.atomic():
            text = _locked(one)
            if text.publish_at is not None and text.publish_at <= now and text.head is not None:
                go_live(text, agent=None, at=now)


@transaction.atomic
def archive_text(text: ArticleText, *, agent: Agent | None) -> ArticleText:
    """Take a text from its readers; its wordings are kept. Raises MayNotWrite."""
    check_may_publish(agent)
    text = _locked(text)
    was_live = text.live_id is not None
    text.live = text.publish_at = text.review_asked_at = text.review_asked_by = None
    text.archived_at = timezone.now()
    text.save()
    index_text(text)
    if was_live:
        publish(ArticleUnpublished(article_id=text.article_id, text_id=text.pk))
    publish(ArticleChanged(article_id=text.article_id))
    return text


@transaction.atomic
def restore_version(text: ArticleText, number: int, *, agent: Agent | None) -> ArticleText:
    """Make an earlier wording the newest one again, as a draft; raises NoArticle, MayNotWrite."""
    check_may_draft(agent)
    text = _locked(text)
    rows = ArticleVersion.objects.filter(workspace_id=text.workspace_id, text=text)
    early = rows.filter(number=number).first()
    if early is None or text.head is None:
        raise NoArticle
    text.head = ArticleVersion.objects.create(
        workspace_id=text.workspace_id,
        text=text,
        number=text.head.number + 1,
        title=early.title,
        summary=early.summary,
        body=early.body,
        made=early.made,
        agent=agent,
        note=f"← {number}",
        written_at=timezone.now(),
    )
    text.archived_at = text.review_asked_at = text.review_asked_by = text.publish_at = None
    text.save()
    publish(ArticleChanged(article_id=text.article_id))
    return text


@transaction.atomic
def confirm_text(text: ArticleText, *, agent: Agent | None) -> ArticleText:
    """Note that a text is still right for its source as that is now, and that a person checked it."""
    check_may_publish(agent)
    text = _locked(text)
    article = text.article
    source = next((one for one in article.texts.select_related("head") if one.name == article.source), None)
    is_source = source is None or source.pk == text.pk
    text.source_version = 0 if is_source or source is None or source.head is None else source.head.number
    if agent is not None:
        text.checked_by, text.checked_at = agent, timezone.now()
    text.save()
    publish(ArticleChanged(article_id=text.article_id))
    return text


@transaction.atomic
def set_article(article: Article, *, agent: Agent | None, changes: Mapping[str, Any]) -> Article:
    """Change what stands around the words: category, brand_id, kind, internal, owner_id, position, source, video.

    `category` is a key, "" for none. Raises BadArticle, MayNotWrite.
    """
    check_may_publish(agent)
    row = Article.objects.select_for_update().get(workspace_id=article.workspace_id, pk=article.pk)
    indexed = row.brand_id, row.internal, row.source
    for name, value in changes.items():
        if name == "category":
            row.category = _category(row, str(value or ""))
        elif name == "source":
            if value not in {one.name for one in row.texts.all()}:
                raise BadArticle("source", _("The article has no such text."))
            row.source = str(value)
        elif name == "brand_id":
            if value is not None and not brands_of(row.workspace_id).filter(pk=value).exists():
                raise BadArticle("brand", _("There is no such brand."))
            row.brand_id = value
        elif name == "owner_id":
            if value is not None and not agents_of(row.workspace_id).filter(pk=value).exists():
                raise BadArticle("owner", _("There is no such agent."))
            row.owner_id = value
        elif name == "kind":
            if value not in Article.Kind.values:
                raise BadArticle("kind", _("Say “article” or “tutorial”."))
            row.kind = value
        elif name == "video":
            row.video = _video(str(value or ""))
        elif name in ("internal", "position"):
            setattr(row, name, value)
        else:
            raise BadArticle(name, _("An article has no such field."))
    row.save()
    if (row.brand_id, row.internal, row.source) != indexed:
        reindex(row)
    publish(ArticleChanged(article_id=row.pk))
    return row


def _video(given: str) -> str:
    if given and (not given.startswith("https://") or len(given) > _LONGEST_ADDRESS):
        raise BadArticle("video", _("The address of a film begins with https://."))
    return given


def _category(article: Article, key: str) -> Category | None:
    return shelf_for(
        article.workspace_id,
        key,
        brand_id=article.brand_id,
        language=article.source.partition("@")[0] or "en",
    )


@transaction.atomic
def remove_article(article: Article, *, agent: Agent | None) -> None:
    """Delete an article with all its texts and wordings; raises MayNotWrite."""
    check_may_publish(agent)
    texts = list(article.texts.filter(live__isnull=False).values_list("pk", flat=True))
    article_id = article.pk
    article.delete()
    for text_id in texts:
        publish(ArticleUnpublished(article_id=article_id, text_id=text_id))
    publish(ArticleChanged(article_id=article_id))

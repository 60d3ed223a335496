"""Writing articles: nothing is written over unseen, every wording is kept, and readers see what was published."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dragoman.core.accounts.models import Agent
from dragoman.core.accounts.queries import workspace_facts
from dragoman.core.texts.actions.variants import kept_words, placed
from dragoman.core.texts.models import Variant
from dragoman.ground.events.actions import publish
from dragoman.kit.tags import same
from dragoman.kit.variants import key_of, parted

from ..errors import ArticleChangedMeanwhile, BadArticle, MayNotWrite
from ..events import ArticleChanged, ArticlePublished
from ..models import Article, ArticleText, ArticleVersion
from .index import index_text
from .questions import keep_questions
from .shelves import shelf_for

LONGEST_TITLE, LONGEST_SUMMARY, LONGEST_BODY = 200, 500, 100_000
LONGEST_KEY = 120
MOST_TEXTS = 200  # of one article
# words that mean something else in an address
RESERVED = frozenset(
    {"search", "c", "embed", "events", "paths", "webinars", "import", "feed.json", "sitemap.xml"}
)
_KEY = re.compile(r"[\w.-]+")


@dataclass(frozen=True)
class ArticleWish:
    """What somebody writes of an article. None leaves what is there as it is.

    `status` is draft or published. `seen` is the number of the wording they saw (0: there was none; None: they do not
    say), `source_seen` that of the source they wrote from (None: today's). `category` is a key or a name.
    """

    key: str
    language: str
    title: str
    body: str
    market: str = ""
    status: str = ArticleText.Status.DRAFT
    summary: str | None = None
    category: str | None = None
    brand_id: int | None = None
    kind: str | None = None
    internal: bool | None = None
    questions: Sequence[str] | None = None
    made: str = Variant.Made.PERSON
    note: str = ""
    seen: int | None = None
    source_seen: int | None = None


def check_may_draft(agent: Agent | None) -> None:
    """Refuse light agents; None is the API, checked at its door."""
    if agent is not None and not agent.can_reply:
        raise MayNotWrite


def check_may_publish(agent: Agent | None) -> None:
    """Refuse all but leads; None is the API, checked at its door."""
    if agent is not None and not agent.can_lead:
        raise MayNotWrite


@transaction.atomic
def write_text(workspace_id: int, wish: ArticleWish, *, agent: Agent | None) -> ArticleText:
    """Store what an article says in a language and market; the first text written is the source of the others.

    Raises BadArticle, MayNotWrite, ArticleChangedMeanwhile, Refusal `bad_language`, `bad_market`.
    """
    published = _wants_publishing(wish.status)
    if published:
        check_may_publish(agent)
    else:
        check_may_draft(agent)
    language, market = placed(wish.language, wish.market)
    words = _checked(wish)
    article = article_for(workspace_id, wish, agent=agent)
    text = _text(article, language, market)
    if wish.seen is not None and wish.seen != (text.head.number if text.head else 0):
        raise ArticleChangedMeanwhile
    _put(text, words, wish, agent=agent)
    settle_source(article)
    _from_source(article, text, wish.source_seen)
    if wish.questions is not None:
        keep_questions(article, language, wish.questions)
    if published:
        go_live(text, agent=agent)
    else:
        text.save()
        if wish.questions is not None:
            reindex(article)
    publish(ArticleChanged(article_id=article.pk))
    return text


def _wants_publishing(status: str) -> bool:
    if status not in (ArticleText.Status.DRAFT, ArticleText.Status.PUBLISHED):
        raise BadArticle("status", _("Say “draft” or “published”."))
    return status == ArticleText.Status.PUBLISHED


def _checked(wish: ArticleWish) -> tuple[str, str, str]:
    title, body = " ".join(kept_words(wish.title).split()), kept_words(wish.body)
    summary = " ".join(kept_words(wish.summary or "").split())
    if not title:
        raise BadArticle("title", _("Give the article a title."))
    if not body:
        raise BadArticle("body", _("Write something below the title."))
    for field, words, most in (
        ("title", title, LONGEST_TITLE),
        ("summary", summary, LONGEST_SUMMARY),
        ("body", body, LONGEST_BODY),
    ):
        if len(words) > most:
            raise BadArticle(field, _("At most %(most)s characters fit here.") % {"most": most})
    return title, summary, body


def checked_key(key: str) -> str:
    """Return an article's key as it is stored; raises BadArticle."""
    kept = kept_words(key)
    # the vowels and tones of Thai or Hindi are marks: part of a word, not letters
    bare = "".join(one for one in kept if unicodedata.category(one)[0] != "M")
    if len(kept) > LONGEST_KEY or not _KEY.fullmatch(bare) or set(kept) <= {"."} or kept in RESERVED:
        raise BadArticle(
            "key", _("A key has letters, digits, “-”, “_” and “.”, at most 120 of them: “return-policy”.")
        )
    return kept


def article_for(workspace_id: int, wish: ArticleWish, *, agent: Agent | None) -> Article:
    """Return the article's row, made if it was not there, locked so that one writer after the other goes on."""
    key = checked_key(wish.key)
    rows = Article.objects.filter(workspace_id=workspace_id, key=key)
    row = Article(workspace_id=workspace_id, key=key, brand_id=wish.brand_id, owner=agent)
    Article.objects.bulk_create([row], ignore_conflicts=True)
    article = rows.select_for_update().get()
    if wish.category is not None:
        article.category = shelf_for(
            workspace_id, wish.category, brand_id=wish.brand_id, language=wish.language
        )
    if wish.kind is not None:
        if wish.kind not in Article.Kind.values:
            raise BadArticle("kind", _("Say “article” or “tutorial”."))
        article.kind = wish.kind
    if wish.internal is not None:
        article.internal = wish.internal
    article.brand_id = wish.brand_id or article.brand_id
    article.save()
    return article


def _text(article: Article, language: str, market: str) -> ArticleText:
    here = {"workspace_id": article.workspace_id, "article": article}
    text = ArticleText.objects.filter(**here, language=language, market=market).select_related("head").first()
    if text is None:
        if ArticleText.objects.filter(**here).count() >= MOST_TEXTS:
            raise BadArticle("language", _("An article has at most 200 texts."))
        text = ArticleText.objects.create(**here, language=language, market=market)
    return text


def _put(text: ArticleText, words: tuple[str, str, str], wish: ArticleWish, *, agent: Agent | None) -> None:
    """Add a wording unless it says what the newest one says."""
    title, summary, body = words
    head = text.head
    if wish.summary is None and head is not None:
        summary = head.summary
    if head is not None and (head.title, head.summary, head.body) == (title, summary, body):
        return
    text.head = ArticleVersion.objects.create(
        workspace_id=text.workspace_id,
        text=text,
        number=head.number + 1 if head else 1,
        title=title,
        summary=summary,
        body=body,
        made=wish.made,
        agent=agent,
        note=kept_words(wish.note)[:200],
        written_at=timezone.now(),
    )
    text.review_asked_at = text.review_asked_by = text.publish_at = None


def settle_source(article: Article) -> None:
    """See that the source is a text that is there: the team's language goes first, else what was written first."""
    names = [one.name for one in ArticleText.objects.filter(article=article).order_by("pk")]
    if article.source in names or not names:
        return
    team = workspace_facts(article.workspace_id).language
    plain = [name for name in names if not parted(name)[1]]
    mine = [name for name in plain if same(name, team)]
    article.source = (mine or plain or names)[0]
    article.save(update_fields=["source"])


def _from_source(article: Article, text: ArticleText, seen: int | None) -> None:
    """Note from which wording of the source a text was written."""
    text.source_version = 0
    if text.name != article.source:
        source = _source_of(article)
        number = source.head.number if source and source.head else 0
        text.source_version = min(number, seen) if seen is not None else number


def _source_of(article: Article) -> ArticleText | None:
    language, market = parted(article.source)
    rows = ArticleText.objects.filter(article=article, language=language, market=market)
    return rows.select_related("head").first()


def go_live(text: ArticleText, *, agent: Agent | None, at: datetime | None = None) -> None:
    """Let readers see the newest wording; a person who publishes has checked it."""
    now = at or timezone.now()
    if text.live_id != text.head_id or text.published_at is None:
        text.live, text.published_at = text.head, now
    text.archived_at = text.publish_at = text.review_asked_at = text.review_asked_by = None
    if agent is not None:
        text.checked_by, text.checked_at = agent, now
    elif text.head is not None and text.head.made == Variant.Made.MACHINE:
        text.checked_by = text.checked_at = None
    text.save()
    index_text(text)
    publish(ArticlePublished(article_id=text.article_id, text_id=text.pk))


def reindex(article: Article) -> None:
    """Index all texts of an article anew: what stands around their words changed."""
    for text in ArticleText.objects.filter(workspace_id=article.workspace_id, article=article):
        index_text(text)


def name_of(language: str, market: str = "") -> str:
    """Return the name of a text as addresses and forms have it; raises Refusal `bad_language`, `bad_market`."""
    return key_of(*placed(language, market))

"""Noting what was looked for, read, and said to have helped; and forgetting it again."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

from django.db import connection, transaction
from django.db.models import F
from django.utils import timezone

from dragoman.core.accounts.masking import MASKABLE
from dragoman.core.accounts.models import Brand
from dragoman.core.language.redact import masked, redacted
from dragoman.kit.text import fold, shortened

from ..models import Article, Feedback, ReadingDay, Search, Visiting

# who types on within this time is still at the same search
ONE_SEARCH: Final = timedelta(seconds=40)
ONE_VISIT: Final = timedelta(hours=24)
KEEP_VISITS: Final = timedelta(days=40)
KEEP_SEARCHES: Final = timedelta(days=400)
LONGEST_WORDS: Final = 200


@dataclass(frozen=True)
class Reading:
    """Who reads: at which brand, in which language and market; `visits` as `visits.visits_of`, empty: not counted."""

    brand: Brand
    language: str
    market: str = ""
    visits: Sequence[str] = ()

    @property
    def visit(self) -> str:
        """Return today's name of the visit."""
        return self.visits[0] if self.visits else ""


@dataclass(frozen=True)
class Searched:
    """What a search found: how much, whether nothing in the language asked in, whether there was an answer."""

    words: str
    found: int
    elsewhere: bool = False
    answered: bool = False
    where: str = Search.Where.HELP


def _without_persons(words: str, most: int) -> str:
    """Return words in which no card, password, address or number of a person stands."""
    line = shortened(words.replace("\x00", ""), most)
    return masked(line, redacted(line, MASKABLE))[:most]


@transaction.atomic
def note_search(reading: Reading, searched: Searched) -> None:
    """Keep a search; the letters typed on the way to it are not one each."""
    words = _without_persons(searched.words, LONGEST_WORDS)
    if not words:
        return
    workspace_id, folded = reading.brand.workspace_id, fold(words)[:LONGEST_WORDS]
    facts = {
        "words": words,
        "folded": folded,
        "found": searched.found,
        "elsewhere": searched.elsewhere,
        "answered": searched.answered,
        "language": reading.language,
        "market": reading.market,
        "at": timezone.now(),
    }
    before = _search_before(reading, searched.where) if reading.visit else None
    if before is not None and (folded.startswith(before.folded) or before.folded.startswith(folded)):
        Search.objects.filter(workspace_id=workspace_id, pk=before.pk).update(**facts)
        return
    Search.objects.create(
        workspace_id=workspace_id,
        brand_id=reading.brand.pk,
        where=searched.where,
        visit=reading.visit,
        **facts,
    )
    _visited(reading, "searched")


def _search_before(reading: Reading, where: str) -> Search | None:
    here = Search.objects.filter(
        workspace_id=reading.brand.workspace_id,
        visit=reading.visit,
        brand_id=reading.brand.pk,
        where=where,
        opened=None,
        at__gte=timezone.now() - ONE_SEARCH,
    )
    return here.order_by("-at").first()


@transaction.atomic
def note_reading(reading: Reading, article: Article, *, fallback: bool, from_search: bool = False) -> None:
    """Count an article as read; `fallback`: in another language than was asked for."""
    workspace_id, day = reading.brand.workspace_id, timezone.now().date()
    with connection.cursor() as cursor:
        cursor.execute(
            f"""INSERT INTO {ReadingDay._meta.db_table}
                (workspace_id, article_id, brand_id, language, market, day, times, fallback)
                VALUES (%s, %s, %s, %s, %s, %s, 1, %s)
                ON CONFLICT (workspace_id, article_id, brand_id, language, market, day) DO UPDATE
                SET times = {ReadingDay._meta.db_table}.times + 1,
                    fallback = {ReadingDay._meta.db_table}.fallback + EXCLUDED.fallback""",
            [
                workspace_id,
                article.pk,
                reading.brand.pk,
                reading.language,
                reading.market,
                day,
                int(fallback),
            ],
        )
    if from_search:
        note_opened(reading, article)
    else:
        _visited(reading, "read")


@transaction.atomic
def note_opened(reading: Reading, article: Article) -> None:
    """Note that a visit opened an article from its last search, wherever it is then read."""
    if not reading.visit:
        return
    _visited(reading, "read")
    workspace_id = reading.brand.workspace_id
    last = Search.objects.filter(
        workspace_id=workspace_id, visit__in=list(reading.visits), brand_id=reading.brand.pk
    ).order_by("-at")[:1]
    Search.objects.filter(workspace_id=workspace_id, pk__in=last.values("pk")).update(opened=article)


def _visited(reading: Reading, what: str) -> None:
    """Count one more search or reading of a visit, yesterday's where it still goes on."""
    if not reading.visit:
        return
    now, here = timezone.now(), reading.brand
    mine = Visiting.objects.filter(
        workspace_id=here.workspace_id,
        brand_id=here.pk,
        visit__in=list(reading.visits),
        last_at__gte=now - ONE_VISIT,
    )
    counted = {what: F(what) + 1, "last_at": now, "language": reading.language, "market": reading.market}
    if not mine.update(**counted):
        facts = {"language": reading.language, "market": reading.market, what: 1, "last_at": now}
        _made, is_new = Visiting.objects.get_or_create(
            workspace_id=here.workspace_id, brand_id=here.pk, visit=reading.visit, defaults=facts
        )
        if not is_new:
            mine.update(**counted)


@transaction.atomic
def note_contact(reading: Reading) -> None:
    """Note that a visit turned to people: by the chat, by mail or by phone."""
    if reading.visits:
        Visiting.objects.filter(
            workspace_id=reading.brand.workspace_id,
            brand_id=reading.brand.pk,
            visit__in=list(reading.visits),
            wrote_at=None,
        ).update(wrote_at=timezone.now())


@dataclass(frozen=True)
class Verdict:
    """What a reader says of an article: the number of the wording they read, and why it did not help."""

    version: int
    helped: bool
    reason: str = ""
    words: str = ""


@transaction.atomic
def give_feedback(reading: Reading, article: Article, verdict: Verdict) -> Feedback:
    """Keep what a reader says; within one visit the last word about an article holds."""
    facts: dict[str, Any] = {
        "market": reading.market,
        "version": verdict.version,
        "helped": verdict.helped,
        "reason": verdict.reason if verdict.reason in Feedback.Reason.values else "",
        "words": _without_persons(verdict.words, 2000) if verdict.words.strip() else "",
        "said_at": timezone.now(),
    }
    everybody = Feedback.objects.filter(workspace_id=article.workspace_id, article=article)
    mine = everybody.filter(visit=reading.visit, language=reading.language).exclude(visit="")
    if before := mine.select_for_update().first():
        mine.update(**facts)
        return before
    return Feedback.objects.create(
        workspace_id=article.workspace_id,
        article=article,
        brand_id=reading.brand.pk,
        language=reading.language,
        visit=reading.visit,
        **facts,
    )


@transaction.atomic
def say_why(workspace_id: int, feedback_id: int, *, reason: str, words: str) -> None:
    """Add to a verdict why the article did not help."""
    Feedback.objects.filter(workspace_id=workspace_id, pk=feedback_id).update(
        reason=reason if reason in Feedback.Reason.values else "",
        words=_without_persons(words, 2000) if words.strip() else "",
    )


def forget_reading(workspace_id: int) -> None:
    """Forget visits and searches that are older than anybody counts."""
    now = timezone.now()
    Visiting.objects.filter(workspace_id=workspace_id, last_at__lt=now - KEEP_VISITS).delete()
    Search.objects.filter(workspace_id=workspace_id, at__lt=now - KEEP_SEARCHES).delete()
    Feedback.objects.filter(workspace_id=workspace_id, said_at__lt=now - KEEP_SEARCHES).delete()

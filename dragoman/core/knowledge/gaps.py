"""What is looked for and not found, and which articles do not help: what a lead writes next."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, F, Max, Q, QuerySet, Sum
from django.utils import timezone

from .models import Article, Feedback, ReadingDay, Search

# who opened nothing within this time did not find it
PATIENCE = timedelta(minutes=10)


@dataclass(frozen=True)
class Span:
    """What is looked at: since when, and of which brand, language and market (none: of all)."""

    since: datetime
    brand_id: int | None = None
    language: str = ""
    market: str = ""


@dataclass(frozen=True)
class Gap:
    """Words that were looked for in a language and market, and how they fared.

    `nothing`: found nothing; `elsewhere`: found it in another language alone; `unopened`: found, and none
    opened.
    """

    words: str
    language: str
    market: str
    times: int
    nothing: int
    elsewhere: int
    unopened: int
    last_at: datetime

    @property
    def failed(self) -> int:
        """Return how often it led to nothing in the reader's language."""
        return self.nothing + self.elsewhere + self.unopened


def searches_in(workspace_id: int, span: Span) -> QuerySet[Search]:
    """All searches of a span."""
    found = Search.objects.filter(workspace_id=workspace_id, at__gte=span.since)
    named = {"brand_id": span.brand_id, "language": span.language, "market": span.market}
    return found.filter(**{name: value for name, value in named.items() if value})


def gaps_in(workspace_id: int, span: Span, *, most: int = 50) -> list[Gap]:
    """Return what was looked for and not found, by language and market, what failed most often first."""
    nothing = Q(found=0)
    elsewhere = Q(found__gt=0, elsewhere=True)
    # what was answered on the spot needs no opening
    unopened = Q(found__gt=0, elsewhere=False, opened=None, answered=False, at__lt=timezone.now() - PATIENCE)
    rows = (
        searches_in(workspace_id, span)
        .values("folded", "language", "market")
        .annotate(
            said=Max("words"),
            times=Count("pk"),
            in_vain=Count("pk", filter=nothing),
            in_others=Count("pk", filter=elsewhere),
            passed_by=Count("pk", filter=unopened),
            last=Max("at"),
        )
        .annotate(failed=F("in_vain") + F("in_others") + F("passed_by"))
        .filter(failed__gt=0)
        .order_by("-failed", "-last")[:most]
    )
    return [
        Gap(
            words=row["said"],
            language=row["language"],
            market=row["market"],
            times=row["times"],
            nothing=row["in_vain"],
            elsewhere=row["in_others"],
            unopened=row["passed_by"],
            last_at=row["last"],
        )
        for row in rows
    ]


@dataclass(frozen=True)
class Searching:
    """How searches of a span fared, in a language or in all."""

    language: str
    times: int
    nothing: int
    elsewhere: int
    answered: int
    opened: int


def searching_by_language(workspace_id: int, span: Span) -> list[Searching]:
    """Return how searches fared by language, the most searched first."""
    rows = (
        searches_in(workspace_id, span)
        .values("language")
        .annotate(
            times=Count("pk"),
            in_vain=Count("pk", filter=Q(found=0)),
            in_others=Count("pk", filter=Q(found__gt=0, elsewhere=True)),
            told=Count("pk", filter=Q(answered=True)),
            led_on=Count("pk", filter=Q(opened__isnull=False)),
        )
        .order_by("-times", "language")
    )
    return [
        Searching(row["language"], row["times"], row["in_vain"], row["in_others"], row["told"], row["led_on"])
        for row in rows
    ]


@dataclass(frozen=True)
class Helpfulness:
    """How an article was read and judged in a language: reads (some in another language), verdicts."""

    article_id: int
    language: str
    times: int = 0
    fallback: int = 0
    helped: int = 0
    not_helped: int = 0

    @property
    def share(self) -> float | None:
        """Return the share of verdicts that say it helped; None where there are none."""
        said = self.helped + self.not_helped
        return self.helped / said if said else None


def helpfulness_in(workspace_id: int, span: Span, *, most: int = 100) -> list[Helpfulness]:
    """Return how articles were read and judged, those first that left most readers without help."""
    named = {"brand_id": span.brand_id, "language": span.language, "market": span.market}
    wanted = {name: value for name, value in named.items() if value}
    read: Iterable[Mapping[str, Any]] = (
        ReadingDay.objects.filter(workspace_id=workspace_id, day__gte=span.since.date(), **wanted)
        .values("article_id", "language")
        .annotate(times=Sum("times"), fallback=Sum("fallback"))
    )
    said: Iterable[Mapping[str, Any]] = (
        Feedback.objects.filter(workspace_id=workspace_id, said_at__gte=span.since, **wanted)
        .values("article_id", "language")
        .annotate(good=Count("pk", filter=Q(helped=True)), bad=Count("pk", filter=Q(helped=False)))
    )
    reads: dict[tuple[int, str], Mapping[str, int]] = {
        (row["article_id"], row["language"]): row for row in read
    }
    verdicts: dict[tuple[int, str], Mapping[str, int]] = {
        (row["article_id"], row["language"]): row for row in said
    }
    nothing: Mapping[str, int] = {}
    found = [
        Helpfulness(
            *key,
            times=reads.get(key, nothing).get("times", 0),
            fallback=reads.get(key, nothing).get("fallback", 0),
            helped=verdicts.get(key, nothing).get("good", 0),
            not_helped=verdicts.get(key, nothing).get("bad", 0),
        )
        for key in dict.fromkeys((*reads, *verdicts))
    ]
    return sorted(found, key=lambda one: (-one.not_helped, -one.fallback, -one.times))[:most]


def complaints_in(workspace_id: int, span: Span, *, most: int = 50) -> list[Feedback]:
    """Return what readers wrote or chose where an article did not help, the newest first."""
    here = Feedback.objects.filter(workspace_id=workspace_id, helped=False, said_at__gte=span.since)
    named = {"brand_id": span.brand_id, "language": span.language, "market": span.market}
    here = here.filter(**{name: value for name, value in named.items() if value})
    told = here.exclude(words="", reason="").select_related("article")
    return list(told.order_by("-said_at")[:most])


def helped_share(article: Article, *, since: datetime, least: int = 20) -> float | None:
    """Return the share of readers whom an article helped; None where too few said so to mean anything."""
    here = Feedback.objects.filter(workspace_id=article.workspace_id, article=article, said_at__gte=since)
    counted: Mapping[str, int] = here.aggregate(all=Count("pk"), good=Count("pk", filter=Q(helped=True)))
    return counted["good"] / counted["all"] if counted["all"] >= least else None


def languages_searched(workspace_id: int, span: Span) -> Sequence[str]:
    """Return the languages that were searched in."""
    return [one.language for one in searching_by_language(workspace_id, span)]

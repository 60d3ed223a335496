"""What the help centre tells: who found it alone, what is looked for and missing, which articles do not help."""

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from dragoman.core.accounts.models import Brand
from dragoman.core.accounts.queries import brands_of
from dragoman.core.knowledge.addresses import help_path
from dragoman.core.knowledge.deflection import Deflection, deflection_by_language, deflection_in
from dragoman.core.knowledge.gaps import (
    Gap,
    Helpfulness,
    Searching,
    Span,
    complaints_in,
    gaps_in,
    helpfulness_in,
    searching_by_language,
)
from dragoman.core.knowledge.models import Feedback
from dragoman.core.knowledge.queries import articles_of, source_of
from dragoman.ground.design.functions import language_name
from dragoman.kit.tables import safe_cell
from dragoman.kit.tags import is_market, normalise

from ...frame import frame
from ...request import AgentRequest

DAYS: Final = (7, 28, 90)
MOST_TAKEN_OUT: Final = 5000


@dataclass(frozen=True)
class Wish:
    """What the address asks for: how many days, and of which brand, language and market."""

    days: int
    brand: Brand | None
    language: str
    market: str

    @property
    def span(self) -> Span:
        """Return it as the questions take it."""
        since = timezone.now() - timedelta(days=self.days)
        return Span(since, self.brand.pk if self.brand else None, self.language, self.market)

    @property
    def query(self) -> str:
        """Return it as an address has it."""
        said = {"days": str(self.days), "brand": self.brand.slug if self.brand else ""}
        told = {**said, "language": self.language, "market": self.market}
        return urlencode({name: value for name, value in told.items() if value})


@dataclass(frozen=True)
class Row:
    """How people fare in a language: their searches and their visits."""

    language: str
    searching: Searching | None
    deflection: Deflection | None


@dataclass(frozen=True)
class Told:
    """An article, by its title, and how it was read and judged in a language."""

    title: str
    path: str
    of: Helpfulness


def _wish(request: AgentRequest, brands: Sequence[Brand]) -> Wish:
    asked = request.GET
    days = next((one for one in DAYS if asked.get("days") == str(one)), 28)
    brand = next((one for one in brands if one.slug == asked.get("brand")), None)
    market = asked.get("market", "").strip().upper()
    language = normalise(asked.get("language", "")[:20])
    return Wish(days, brand, language, market if is_market(market) else "")


@require_safe
def insight(request: AgentRequest) -> HttpResponse:
    """Show the page, or what is missing as a table to take out."""
    workspace_id = request.agent.workspace_id
    brands = list(brands_of(workspace_id))
    wish = _wish(request, brands)
    if request.GET.get("form") == "csv":
        return _taken_out(gaps_in(workspace_id, wish.span, most=MOST_TAKEN_OUT))
    facts = {
        "wish": wish,
        "brands": brands,
        "every_days": DAYS,
        "languages": _languages(workspace_id, wish),
        **_figures(workspace_id, wish.span),
        "told": _told(workspace_id, wish, brands),
        "try_at": (wish.brand or brands[0]).slug if brands else "",
        "reasons": dict(Feedback.Reason.choices),
        "may_write": request.agent.can_reply,
    }
    return render(
        request,
        "desk/knowledge/insight.html",
        frame(request, section="knowledge", title=_("What readers look for"), **facts),
    )


def _languages(workspace_id: int, wish: Wish) -> list[tuple[str, str]]:
    """Return the languages somebody searched or read in, by name, and the one that is looked at."""
    whole = Span(wish.span.since)
    found = {one.language for one in searching_by_language(workspace_id, whole)}
    found |= {one.language for one in deflection_by_language(workspace_id, whole)} | {wish.language} - {""}
    return sorted(((tag, language_name(tag)) for tag in found), key=lambda pair: pair[1])


def _figures(workspace_id: int, span: Span) -> Mapping[str, Any]:
    searching = {one.language: one for one in searching_by_language(workspace_id, span)}
    visits = {one.language: one for one in deflection_by_language(workspace_id, span)}
    rows = [Row(tag, searching.get(tag), visits.get(tag)) for tag in dict.fromkeys((*searching, *visits))]
    times = sum(one.times for one in searching.values())
    nothing = sum(one.nothing + one.elsewhere for one in searching.values())
    return {
        "deflection": deflection_in(workspace_id, span),
        "rows": rows,
        "searches": times,
        "in_vain": nothing / times if times else None,
        "nothing": nothing,
        "gaps": gaps_in(workspace_id, span),
        "complaints": complaints_in(workspace_id, span),
    }


def _told(workspace_id: int, wish: Wish, brands: Sequence[Brand]) -> list[Told]:
    found = helpfulness_in(workspace_id, wish.span, most=30)
    ids = {one.article_id for one in found}
    articles = {one.pk: one for one in articles_of(workspace_id).filter(pk__in=ids)}
    slugs = {one.pk: one.slug for one in brands}
    made = []
    for one in found:
        article = articles.get(one.article_id)
        source = source_of(article) if article else None
        if article is None:
            continue
        brand = slugs.get(article.brand_id or 0) or (wish.brand or brands[0]).slug
        title = source.head.title if source and source.head else article.key
        made.append(Told(title, help_path(brand, one.language, article.key), one))
    return made


def _taken_out(gaps: Sequence[Gap]) -> HttpResponse:
    """Return what is missing as CSV, which no spreadsheet takes for a formula."""
    text = io.StringIO()
    table = csv.writer(text)
    table.writerow(["words", "language", "market", "times", "nothing", "other_language", "unopened", "last"])
    for one in gaps:
        counts = [one.times, one.nothing, one.elsewhere, one.unopened]
        table.writerow([safe_cell(one.words), one.language, one.market, *counts, one.last_at.isoformat()])
    answer = HttpResponse("\ufeff" + text.getvalue(), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="looked-for.csv"'
    return answer

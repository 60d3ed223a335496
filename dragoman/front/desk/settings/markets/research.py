"""A market's research: what its playbook expects beside what is measured, and the way from figures to a mended fact."""

import csv
import datetime
import io
import re
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlencode

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from dragoman.core.accounts.models import Brand
from dragoman.kit.tables import safe_cell
from dragoman.oversight.insights.errors import BadSpan
from dragoman.oversight.insights.research import research_of
from dragoman.oversight.insights.shapes import Difference, Research
from dragoman.oversight.insights.spans import CHOICES, DAYS

from ...market_words import kind_name
from ...request import AgentRequest
from ...today.views import duration
from ..exchange import taken_out
from ..places import show
from . import research_words as words
from .asking import address, brand_asked, country_named, today
from .notes import NoteForm, kept
from .research_table import HEAD, rows_of
from .rows import row_of

_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}")
_EXPECTED: Final = ("channels", "languages", "service_hours", "response_times", "withdrawal", "return_cost")


@dataclass(frozen=True)
class Wish:
    """Which days are looked at, as the address says; `problem` says what was wrong with it."""

    days: int = DAYS
    first: datetime.date | None = None
    last: datetime.date | None = None
    everybody: bool = False
    problem: str = ""

    @property
    def query(self) -> dict[str, str]:
        """Return it as an address has it."""
        ends = {"from": self.first, "to": self.last}
        told = {name: day.isoformat() for name, day in ends.items() if day}
        return {**(told or {"days": str(self.days)}), **({"of": "all"} if self.everybody else {})}


def _wish(request: AgentRequest) -> Wish:
    given = request.GET
    everybody = given.get("of") == "all"
    asked = given.get("days", "").strip()
    days = next((n for n in CHOICES if asked == str(n)), DAYS)
    if asked and asked != str(days):
        return Wish(days, everybody=everybody, problem=_("Choose 30, 90 or 365 days."))
    try:
        first, last = (_day(given.get(name, "").strip()) for name in ("from", "to"))
    except ValueError:
        return Wish(days, everybody=everybody, problem=_("Give a day as 2026-11-27."))
    return Wish(days, first, last, everybody)


def _day(written: str) -> datetime.date | None:
    if not written:
        return None
    if not _DAY.fullmatch(written):
        raise ValueError
    return datetime.date.fromisoformat(written)


def _measured(request: AgentRequest, code: str, brand: Brand | None) -> tuple[Research, Wish]:
    """Return the research asked for; that of the last days, with a problem to tell, where the days are none."""
    wish, where = _wish(request), (request.agent.workspace_id, code)
    brand_id = brand.pk if brand else None
    facts: dict[str, Any] = {"brand_id": brand_id, "all_brands": wish.everybody}
    try:
        found = research_of(*where, **facts, first=wish.first, last=wish.last, days=wish.days)
    except BadSpan as refusal:
        wish = Wish(everybody=wish.everybody, problem=str(refusal))
        found = research_of(*where, **facts)
    return found, wish


@require_GET
def research(request: AgentRequest, country: str) -> HttpResponse:
    """Show a market's research for the last 30, 90 or 365 days, or from one day to another."""
    return research_page(request, country_named(country))


def research_page(
    request: AgentRequest, code: str, *, status: int = 200, note_form: NoteForm | None = None
) -> HttpResponse:
    """Show it, with what was wrong in the form of a note."""
    brand, brands = brand_asked(request)
    found, wish = _measured(request, code, brand)
    may_lead = request.agent.can_lead and brand is not None
    mend = _Mending(found, code, brand) if may_lead else None
    here = reverse("settings_market_research", args=[code.lower()])
    return show(
        request,
        "market_research.html",
        place="markets",
        status=422 if wish.problem else status,
        up=address("market", code.lower(), brand=brand),
        code=code,
        brand=brand,
        brands=brands,
        found=found,
        wish=wish,
        here=here,
        address=lambda **changed: _with(here, brand, {**wish.query, **changed}),
        spans=[(n, _with(here, brand, {**_whose(wish), "days": str(n)})) for n in CHOICES],
        table=_with(reverse("settings_market_research_table", args=[code.lower()]), brand, wish.query),
        rows={kind: row_of(found.told[kind], on=today()) for kind in _EXPECTED},
        differences=[
            (words.sentence(one), mend and mend.of(one) if words.is_offered(one) else None)
            for one in found.differences
        ],
        week=words.heat(found),
        busiest=words.busiest(found),
        words=words,
        duration=duration,
        kind_name=kind_name,
        may_lead=may_lead,
        **kept(brand, code, note_form),
    )


def _whose(wish: Wish) -> dict[str, str]:
    return {"of": "all"} if wish.everybody else {}


def _with(path: str, brand: Brand | None, query: dict[str, str]) -> str:
    whole = {**({"brand": str(brand.pk)} if brand else {}), **{k: v for k, v in query.items() if v}}
    return f"{path}?{urlencode(whole)}" if whole else path


class _Mending:
    """The way to the form of a fact, with what was measured filled in as its source."""

    def __init__(self, found: Research, code: str, brand: Brand | None) -> None:
        self.found, self.code, self.brand = found, code, brand

    def of(self, one: Difference) -> dict[str, str]:
        """Return the address and what the button says."""
        # a policy goes before the fact: it is what has to be changed where there is one
        sort = "policy" if self.found.told[one.kind].policy else "correction"
        path = reverse("settings_market_fact", args=[self.code.lower(), one.kind, sort])
        said = f"{words.evidence(self.found)} {words.sentence(one)}"
        return {
            "href": _with(path, self.brand, {"source": said}),
            "says": _("Mend “%(fact)s”") % {"fact": kind_name(one.kind)},
        }


@require_GET
def table(request: AgentRequest, country: str) -> HttpResponse:
    """Give the same figures as CSV (UTF-8 with its mark), named as the API names them."""
    code = country_named(country)
    found, wish = _measured(request, code, brand_asked(request)[0])
    if wish.problem:
        return HttpResponse(wish.problem, status=422, content_type="text/plain; charset=utf-8")
    file = io.StringIO(newline="")
    writer = csv.writer(file)
    writer.writerow(HEAD)
    writer.writerows([safe_cell(cell) for cell in row] for row in rows_of(found))
    name = f"market-{code.lower()}-{found.span.first}-{found.span.last}.csv"
    return taken_out("\ufeff" + file.getvalue(), content_type="text/csv", name=name)

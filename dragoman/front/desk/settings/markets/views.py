"""Markets: where a brand sells, what holds there, what the brand does, and what nobody knows yet."""

import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from dragoman.core.accounts.hours.queries import get_hours, hours_for
from dragoman.core.accounts.models import Brand, ServiceHours
from dragoman.core.playbooks.actions.facts import correct_fact, set_policy, take_back
from dragoman.core.playbooks.actions.markets import choose_market, leave_market
from dragoman.core.playbooks.actions.notes import remove_note, write_note
from dragoman.core.playbooks.errors import BelowTheLaw, NoNote
from dragoman.core.playbooks.law import ONLY_LAW
from dragoman.core.playbooks.models import BrandMarket
from dragoman.core.playbooks.opening import opening_in
from dragoman.core.playbooks.places import place_in, usual_zone
from dragoman.core.playbooks.queries import (
    Told,
    find_market,
    markets_of,
    notes_of,
    place_today,
    rows_told,
    told,
)
from dragoman.ground.design.functions import language_name, market_name, ui_language, zone_city
from dragoman.ground.markets import library
from dragoman.ground.markets.coverage import coverage as covered
from dragoman.ground.markets.dated import DATED
from dragoman.ground.markets.errors import NoMarket
from dragoman.ground.markets.facts import KINDS
from dragoman.ground.markets.playbook import countries, playbook
from dragoman.ground.markets.public_holidays import coming_holidays, regions
from dragoman.ground.markets.zones import zones_in
from dragoman.kit.address import clean
from dragoman.kit.errors import Refusal

from ... import market_codes as codes
from ...market_words import kind_name, weekdays
from ...request import AgentRequest
from ..hours.words import scope_words, week_words
from ..places import leads_only, show
from .asking import address, brand_asked, brand_needed, country_named, today
from .atlas import by_region, found
from .notes import NoteForm, kept
from .research import research_page
from .rows import row_of, unknown_and_stale
from .value_form import ValueForm

HOLIDAYS = 5
SPOKEN = 4


def _known_count(code: str) -> int:
    return len(KINDS) - len(playbook(code).unknown)


@require_GET
def markets(request: AgentRequest) -> HttpResponse:
    """List the markets: the brand's first, then all by region of the world, found by any name."""
    brand, brands = brand_asked(request)
    chosen = {row.country: row for row in markets_of(request.agent.workspace_id, brand.pk)} if brand else {}
    words = request.GET.get("q", "")[:100]
    matching = found(words)
    return show(
        request,
        "markets.html",
        place="markets",
        brand=brand,
        brands=brands,
        words=words,
        chosen=[row for code, row in chosen.items() if code in matching],
        regions=by_region([code for code in matching if code not in chosen]),
        library_region=library.region_name,
        zone_there=_zone_there,
        known_count=_known_count,
        kinds=len(KINDS),
        may_lead=request.agent.can_lead,
    )


def _zone_there(row: BrandMarket) -> str:
    """Return the zone of a market as the brand knows it."""
    return place_in(row.workspace_id, row.brand_id, row.country, row).zone


@require_GET
def market(request: AgentRequest, country: str) -> HttpResponse:
    """Show what holds in a country, and what the brand does there."""
    return _market_page(request, country_named(country))


def _market_page(request: AgentRequest, code: str, *, status: int = 200, **matter: Any) -> HttpResponse:
    workspace_id, day = request.agent.workspace_id, today()
    brand, brands = brand_asked(request)
    facts = told(workspace_id, brand.pk if brand else None, code, on=day)
    row = find_market(workspace_id, brand.pk, code) if brand else None
    usual = usual_zone(workspace_id, brand.pk if brand else None, code)
    service = _service_hours(workspace_id, brand, code)
    known = library.country(code)
    sections = [
        (name, label, [row_of(facts[kind], on=day) for kind in kinds]) for name, label, kinds in codes.GROUPS
    ]
    return show(
        request,
        "market.html",
        place="markets",
        status=status,
        up=address("markets", brand=brand),
        code=code,
        brand=brand,
        brands=brands,
        chosen=row,
        sections=sections,
        service=service,
        service_week=week_words(service.week) if service else "",
        service_for=scope_words(service) if service else "",
        known=known,
        spoken=[
            one for one in known.languages if one.percent >= 1 and language_name(one.language) != one.language
        ][:SPOKEN],
        weekend=weekdays(known.weekend),
        now=opening_in(
            workspace_id,
            brand_id=brand.pk if brand else None,
            country=code,
            at=datetime.datetime.now(datetime.UTC),
            language=ui_language(),
        ),
        holidays=coming_holidays(
            code, day, region=place_today(row)[0], language=ui_language(), most=HOLIDAYS
        ),
        place_form=matter.pop("place_form", None) or PlaceForm(code, row, usual=usual),
        **kept(brand, code, matter.pop("note_form", None)),
        may_lead=request.agent.can_lead and brand is not None,
        **matter,
    )


def _service_hours(workspace_id: int, brand: Brand | None, code: str) -> ServiceHours | None:
    """Find the hours the workspace set that hold for a brand's customers of a country, whatever their channel."""
    found = hours_for(workspace_id, brand_id=brand.pk, market=code) if brand else None
    return get_hours(workspace_id, found.id) if found else None


class PlaceForm(forms.Form):
    """Where in a country a brand sells."""

    region = forms.ChoiceField(required=False)
    time_zone = forms.ChoiceField(required=False)

    def __init__(
        self, code: str, row: BrandMarket | None, posted: QueryDict | None = None, *, usual: str
    ) -> None:
        initial = {"region": row.region, "time_zone": row.time_zone} if row else {}
        super().__init__(posted, initial=initial)
        names = sorted(
            ((one, library.region_name(code, one)) for one in regions(code)),
            key=lambda pair: pair[1].casefold(),
        )
        self.fields["region"].label = _("Region whose holidays count")
        self.fields["region"].choices = [("", _("None of its own")), *names]  # type: ignore[attr-defined]
        self.fields["time_zone"].label = _("Time zone")
        most = _("The region’s, else where most people live: %(city)s") % {"city": zone_city(usual)}
        zones = [(name, zone_city(name)) for name in zones_in(code)]
        self.fields["time_zone"].choices = [("", most), *zones]  # type: ignore[attr-defined]


@require_POST
@leads_only
def choose(request: AgentRequest, country: str) -> HttpResponse:
    """Add a market to the brand, or change its region and zone."""
    code, brand = country_named(country), brand_needed(request)
    usual = usual_zone(request.agent.workspace_id, brand.pk, code)
    form = PlaceForm(code, None, request.POST, usual=usual)
    if not form.is_valid():
        return _market_page(request, code, status=422, place_form=form)
    try:
        choose_market(
            request.agent.workspace_id,
            agent=request.agent,
            brand_id=brand.pk,
            country=code,
            **form.cleaned_data,
        )
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return _market_page(request, code, status=422, place_form=form)
    said = _("%(market)s is among the markets of %(brand)s.")
    messages.success(request, said % {"brand": brand.name, "market": market_name(code)})
    return redirect(address("market", code.lower(), brand=brand))


@require_POST
@leads_only
def leave(request: AgentRequest, country: str) -> HttpResponse:
    """Take a market from the brand."""
    code, brand = country_named(country), brand_needed(request)
    leave_market(request.agent.workspace_id, agent=request.agent, brand_id=brand.pk, country=code)
    said = _("%(market)s is no longer among the markets of %(brand)s. Policies and notes are kept.")
    messages.success(request, said % {"brand": brand.name, "market": market_name(code)})
    return redirect(address("markets", brand=brand))


@require_http_methods(["GET", "POST"])
@leads_only
def fact(request: AgentRequest, country: str, kind: str, sort: str) -> HttpResponse:
    """Set the brand's policy on a kind of fact, or correct it."""
    code, brand = country_named(country), brand_needed(request)
    if kind not in KINDS or sort not in codes.SORTS or (sort == "policy" and kind in ONLY_LAW):
        raise NoMarket
    known = told(request.agent.workspace_id, brand.pk, code, on=today())[kind]
    evidence = clean(request.GET.get("source", ""))[:1000]
    form = ValueForm(
        kind, code, _base(request, brand, known, code, sort), request.POST or None,
        correction=sort == "correction", source=evidence,
        lowering=sort == "correction" and known.is_legal and bool(known.written and known.written.verified),
        reason=(evidence or known.policy_reason) if sort == "policy" else "",
    )  # fmt: skip
    status, refused = 200, None
    if pressed := request.POST.get("do"):
        form = form.after(pressed)
    elif request.method == "POST":
        status = 422
        try:
            if form.is_valid():
                _store(request, form, brand=brand, country=code, kind=kind, sort=sort)
                messages.success(request, _("Saved. It holds from now on."))
                return redirect(address("market", code.lower(), brand=brand) + f"#{kind}")
        except BelowTheLaw as refusal:
            form.add_error(form.measure, str(refusal))
            refused = refusal.details
        except Refusal as refusal:
            places = {"source_needed": "source", "bad_link": "url", "lowers_the_law": "confirm"}
            place = places.get(refusal.code, form.own[0])
            form.add_error(place, str(refusal))
    return show(
        request,
        "market_fact.html",
        place="markets",
        status=status,
        up=address("market", code.lower(), brand=brand),
        code=code,
        brand=brand,
        kind=kind,
        kind_name=kind_name(kind),
        sort=sort,
        row=row_of(known, on=today()),
        form=form,
        refused=refused,
        has_own=bool(known.policy) if sort == "policy" else known.is_corrected,
    )


def _base(request: AgentRequest, brand: Brand, known: Told, country: str, sort: str) -> Any:
    """Return the value a form begins with, as JSON knows it: what holds, with all its rows where they have days."""
    if sort == "correction" and known.kind in DATED:
        rows = rows_told(request.agent.workspace_id, brand.pk, country, known.kind)
        return [{"value": row.plain, "valid_from": row.valid_from, "valid_to": row.valid_to} for row in rows]
    base = (known.policy or known.fact) if sort == "policy" else known.fact
    return base.plain if base else None


def _store(
    request: AgentRequest, form: ValueForm, *, brand: Brand, country: str, kind: str, sort: str
) -> None:
    agent, given = request.agent, form.cleaned_data
    if sort == "policy":
        set_policy(
            agent.workspace_id, agent=agent, brand_id=brand.pk, country=country, kind=kind,
            value=form.plain, reason=given["reason"],
        )  # fmt: skip
        return
    correct_fact(
        agent.workspace_id, agent=agent, brand_id=brand.pk, country=country, kind=kind, value=form.plain,
        source=given["source"], url=given["url"], reason=given["reason"], confirmed=given.get("confirm", False),
    )  # fmt: skip


@require_POST
@leads_only
def undo(request: AgentRequest, country: str, kind: str, sort: str) -> HttpResponse:
    """Take a policy or correction back."""
    code, brand = country_named(country), brand_needed(request)
    try:
        take_back(
            request.agent.workspace_id,
            agent=request.agent,
            brand_id=brand.pk,
            country=code,
            kind=kind,
            sort=sort,
        )
        messages.success(request, _("Taken back: the playbook holds again."))
    except BelowTheLaw as refusal:
        messages.error(request, str(refusal))
    return redirect(address("market", code.lower(), brand=brand))


@require_POST
@leads_only
def note(request: AgentRequest, country: str) -> HttpResponse:
    """Keep a note about a market."""
    code, brand = country_named(country), brand_needed(request)
    form = NoteForm(request.POST)
    if form.is_valid():
        try:
            write_note(
                request.agent.workspace_id,
                agent=request.agent,
                brand_id=brand.pk,
                country=code,
                **form.cleaned_data,
            )
            messages.success(request, _("The note is kept."))
            return redirect(_page_of_notes(request, code, brand))
        except Refusal as refusal:
            form.add_error("url" if refusal.code == "bad_link" else "text", str(refusal))
    shown = research_page if request.POST.get("page") == "research" else _market_page
    return shown(request, code, status=422, note_form=form)


def _page_of_notes(request: AgentRequest, code: str, brand: Brand) -> str:
    name = "market_research" if request.POST.get("page") == "research" else "market"
    return address(name, code.lower(), brand=brand) + "#notes"


@require_POST
@leads_only
def forget_note(request: AgentRequest, country: str, note_id: int) -> HttpResponse:
    """Remove a note."""
    code, brand = country_named(country), brand_needed(request)
    if not notes_of(request.agent.workspace_id, brand.pk, code).filter(pk=note_id).exists():
        raise NoNote
    remove_note(request.agent.workspace_id, agent=request.agent, brand_id=brand.pk, note_id=note_id)
    messages.success(request, _("The note is removed."))
    return redirect(_page_of_notes(request, code, brand))


@require_GET
def coverage(request: AgentRequest) -> HttpResponse:
    """Show what the playbooks know, from where, and what is to be looked up."""
    day = today()
    return show(
        request,
        "market_coverage.html",
        place="markets",
        up="/settings/markets",
        rows=[(kind_name(row.kind), row) for row in covered(day)],
        markets=len(countries()),
        missing=unknown_and_stale(day),
    )

"""The glossary: searched, written, approved, brought in and taken out."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from dragoman.core.accounts.models import Agent
from dragoman.core.accounts.queries import brands_of
from dragoman.core.language.actions.exchange import import_glossary, plan_glossary
from dragoman.core.language.actions.glossary import (
    Worded,
    WrittenEntry,
    approve_entry,
    remove_entry,
    save_entry,
)
from dragoman.core.language.exchange_files import read_glossary, write_tbx
from dragoman.core.language.exchange_tables import write_glossary_csv
from dragoman.core.language.glossary import entries_of, get_entry
from dragoman.core.language.glossary_models import GlossaryEntry, GlossaryTerm
from dragoman.core.language.suggested import suggested
from dragoman.kit.errors import Refusal

from ...request import AgentRequest
from .. import exchange
from ..languages import language_choices
from ..places import leads_only, show
from ..texts.forms import market_choices
from .forms import EntryForm, Row, rows_in, words_of

PAGE = 50
FOUND = 20


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None


@require_GET
def glossary(request: AgentRequest) -> HttpResponse:
    """List the entries, narrowed by words, language, brand and kind."""
    asked = {name: request.GET.get(name, "") for name in ("q", "language", "brand", "kind")}
    workspace_id = request.agent.workspace_id
    found = entries_of(
        workspace_id,
        words=asked["q"][:200],
        language=asked["language"],
        brand_id=_number(asked["brand"]),
        kind=asked["kind"] if asked["kind"] != "proposed" else "",
        status="proposed" if asked["kind"] == "proposed" else "",
    )
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    given = {name: value for name, value in asked.items() if value}
    target = asked["language"]
    team = request.agent.workspace.language
    return show(
        request,
        "glossary.html",
        place="glossary",
        page=page,
        asked=asked,
        query=urlencode(given),
        languages=language_choices(),
        brands=list(brands_of(workspace_id)),
        suggestions=suggested(workspace_id, source=team, target=target, most=8)
        if target and target != team and not asked["q"] and request.agent.can_lead
        else [],
        team=team,
        may_lead=request.agent.can_lead,
        may_propose=request.agent.can_reply,
        any_at_all=page.paginator.count > 0 or bool(given),
    )


@require_GET
def look_up(request: AgentRequest) -> HttpResponse:
    """Answer the dialog beside the work: entries for a word."""
    words = request.GET.get("q", "").strip()[:100]
    found = entries_of(request.agent.workspace_id, words=words)[:FOUND] if words else []
    matter = {
        "entries": found,
        "words": words,
        "may_reply": request.agent.can_reply,
        "may_lead": request.agent.can_lead,
    }
    return render(request, "desk/_glossary_found.html", matter)


@require_http_methods(["GET", "POST"])
def entry(request: AgentRequest, entry_id: int | None = None) -> HttpResponse:
    """Write an entry, or change one."""
    agent = request.agent
    known = None if entry_id is None else get_entry(agent.workspace_id, entry_id)
    brands = list(brands_of(agent.workspace_id))
    may_change = agent.can_lead or (known is None and agent.can_reply)
    form = EntryForm(brands, request.POST or None, initial=_initial(known))
    rows, status = _rows(request, known), 200
    if request.method == "POST":
        rows, status = rows_in(request.POST), 422
        if form.is_valid() and _save(request, form, rows, known):
            said = _("The entry is saved.") if agent.can_lead else _("Proposed: a lead will look at it.")
            messages.success(request, said)
            return redirect("settings_glossary")
    blank = [Row(language="" if rows else agent.workspace.language), Row(), Row()]
    return show(
        request,
        "glossary_entry.html",
        place="glossary",
        status=status,
        up="/settings/glossary",
        form=form,
        rows=[*rows, *(blank if may_change else [])],
        known=known,
        may_change=may_change,
        may_lead=agent.can_lead,
        languages=language_choices(),
        markets=market_choices(),
        uses=GlossaryTerm.Use.choices,
    )


def _initial(known: GlossaryEntry | None) -> dict[str, Any]:
    if known is None:
        return {}
    return {
        "keep": known.keep,
        "case_sensitive": known.case_sensitive,
        "brand": str(known.brand_id or ""),
        "speech": known.speech,
        "note": known.note,
    }


def _rows(request: AgentRequest, known: GlossaryEntry | None) -> list[Row]:
    if known is None:
        word = request.GET.get("word", "")[:200]
        return [Row(request.agent.workspace.language, "", word)] if word else []
    return [Row(term.language, term.market, term.text, term.use) for term in known.terms.all()]


def _save(request: AgentRequest, form: EntryForm, rows: list[Row], known: GlossaryEntry | None) -> bool:
    facts = form.cleaned_data
    written = WrittenEntry(
        words_of(rows),
        brand_id=_number(facts["brand"]),
        keep=facts["keep"],
        case_sensitive=facts["case_sensitive"],
        speech=facts["speech"],
        note=facts["note"],
        status=known.status if known else "approved",
    )
    try:
        save_entry(request.agent.workspace_id, agent=request.agent, written=written, entry=known)
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return False
    return True


@require_POST
@leads_only
def approve(request: AgentRequest, entry_id: int) -> HttpResponse:
    """Let a proposed entry count."""
    approve_entry(get_entry(request.agent.workspace_id, entry_id), agent=request.agent)
    messages.success(request, _("The entry counts from now on."))
    return redirect("settings_glossary")


@require_POST
@leads_only
def accept(request: AgentRequest) -> HttpResponse:
    """Take a suggestion over as an entry."""
    team, target = request.agent.workspace.language, request.POST.get("language", "")
    words = [Worded(request.POST.get("source", ""), team), Worded(request.POST.get("target", ""), target)]
    try:
        save_entry(
            request.agent.workspace_id,
            agent=request.agent,
            written=WrittenEntry(words, speech="noun", origin="suggested"),
        )
        messages.success(request, _("The entry is saved."))
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return redirect(f"/settings/glossary?{urlencode({'language': target})}")


@require_http_methods(["GET", "POST"])
@leads_only
def remove(request: AgentRequest, entry_id: int) -> HttpResponse:
    """Ask, then take an entry away."""
    known = get_entry(request.agent.workspace_id, entry_id)
    if request.method == "POST":
        remove_entry(known, agent=request.agent)
        messages.success(request, _("The entry is removed."))
        return redirect("settings_glossary")
    up = f"/settings/glossary/{known.pk}"
    return show(request, "glossary_remove.html", place="glossary", known=known, up=up)


def _bring(agent: Agent, read: Any) -> str:
    plan = import_glossary(agent.workspace_id, read, agent=agent)
    count = len(plan.made) + len(plan.changed)
    return ngettext("%(num)s entry was brought in.", "%(num)s entries were brought in.", count) % {
        "num": count
    }


_FILES = exchange.Kind("glossary", read_glossary, plan_glossary, _bring)


@require_http_methods(["GET", "POST"])
@leads_only
def bring_in(request: AgentRequest) -> HttpResponse:
    """Look at a file first, then bring all of it in."""
    return exchange.bring_in(request, _FILES)


@require_GET
@leads_only
def take_out(request: AgentRequest, form: str) -> HttpResponse:
    """Return the glossary as a file."""
    entries = list(entries_of(request.agent.workspace_id).order_by("pk"))
    if form == "tbx":
        return exchange.taken_out(write_tbx(entries), content_type="application/x-tbx", name="glossary.tbx")
    return exchange.taken_out(write_glossary_csv(entries), content_type="text/csv", name="glossary.csv")

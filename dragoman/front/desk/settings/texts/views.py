"""Every text in every language: how each stands, and writing one beside its source. For leads."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from dragoman.core.accounts.queries import brands_of
from dragoman.core.texts.actions.variants import (
    Wording,
    confirm_variant,
    make_source,
    placed,
    remove_variant,
    write_variant,
)
from dragoman.core.texts.errors import ChangedMeanwhile, NoText
from dragoman.core.texts.localised import Entry, get_entry
from dragoman.core.texts.models import Variant
from dragoman.core.texts.ports import text_kinds
from dragoman.core.texts.signatures import KIND as SIGNATURE
from dragoman.kit.errors import Refusal
from dragoman.kit.variants import EVERY, key_of

from ...request import AgentRequest
from ..languages import language_choices
from ..places import leads_only, show
from .editor import Draft, page_of, suggestion
from .forms import market_choices
from .table import table_of, wanted_in
from .words import STATES, variant_name


@require_GET
@leads_only
def texts(request: AgentRequest) -> HttpResponse:
    """Show all texts and how they stand in each language."""
    wanted, workspace_id = wanted_in(request.GET), request.agent.workspace_id
    table = table_of(request.agent, wanted)
    return show(
        request,
        "texts.html",
        place="texts",
        wanted=wanted,
        table=table,
        sources=[(name, variant_name(name)) for name in table.sources],
        kinds=[(name, kind.label) for name, kind in text_kinds.items()],
        brands=list(brands_of(workspace_id)),
        languages=language_choices(),
        states=STATES,
    )


@require_http_methods(["GET", "POST"])
@leads_only
def new(request: AgentRequest) -> HttpResponse:
    """Name a text of a kind whose texts people name, and lead to where it is written."""
    given = request.POST if request.method == "POST" else request.GET
    kinds = [(name, kind.label) for name, kind in text_kinds.items() if kind.is_named]
    kind, key, brand = (given.get(name, "").strip() for name in ("kind", "key", "brand"))
    problem = ""
    if request.method == "POST" and kind in dict(kinds):
        try:
            return redirect(
                "settings_text", get_entry(request.agent.workspace_id, f"{kind}.{brand}.{key}").ref
            )
        except NoText:
            problem = _("A key has letters, digits, “-”, “_” and “.”, at most 80 of them: “shop-address”.")
    return show(
        request,
        "text_new.html",
        place="texts",
        up="/settings/texts",
        status=422 if problem else 200,
        problem=problem,
        asked={"kind": kind, "key": key, "brand": brand},
        kinds=kinds,
        brands=[(str(one.pk), one.name) for one in brands_of(request.agent.workspace_id)],
    )


@leads_only
def signatures(request: AgentRequest, brand_id: int) -> HttpResponse:
    """Lead to a brand's signature, where older addresses led."""
    known = get_entry(request.agent.workspace_id, f"{SIGNATURE}.{brand_id}.{SIGNATURE}")
    return redirect("settings_text", known.ref)


def _number(given: str) -> int | None:
    return int(given) if given.isascii() and given.isdigit() and len(given) < 10 else None


def _at(entry: Entry, language: str, market: str) -> str:
    query = {"language": language, **({"market": market} if market else {})}
    return f"{reverse('settings_text', args=[entry.ref])}?{urlencode(query)}"


def _asked(request: AgentRequest, entry: Entry) -> tuple[str, str]:
    """Return the language and market that are looked at: those named, else the source's, else the team's."""
    given = request.POST if request.method == "POST" else request.GET
    if given.get("language"):
        return placed(given["language"], given.get("market", ""))
    source = entry.source
    if source is not None:
        return source.language, source.market
    return (entry.brand.language if entry.brand else request.agent.workspace.language), ""


@require_http_methods(["GET", "POST"])
@leads_only
def text(request: AgentRequest, ref: str) -> HttpResponse:
    """Show one text in one language beside its source, and store what was written."""
    entry = get_entry(request.agent.workspace_id, ref)
    language, market = _asked(request, entry)
    if request.method == "GET":
        return _page(request, entry, language, market)
    given = request.POST
    draft = Draft(given.get("words", ""), suggested=given.get("suggested", ""))
    if "suggest" in given:
        return _page(request, entry, language, market, suggestion(entry, language, market, draft))
    by_machine = bool(draft.suggested) and draft.words.strip() == draft.suggested.strip()
    wording = Wording(
        draft.words,
        language,
        market,
        made=Variant.Made.MACHINE if by_machine else Variant.Made.PERSON,
        seen=_number(given.get("seen", "")),
        source_seen=_number(given.get("source_seen", "")),
    )
    try:
        write_variant(request.agent.workspace_id, entry, wording, agent=request.agent)
    except Refusal as refusal:
        draft = Draft(
            draft.words,
            suggested=draft.suggested,
            problem=str(refusal),
            is_conflict=isinstance(refusal, ChangedMeanwhile),
        )
        fresh = get_entry(request.agent.workspace_id, ref)
        return _page(request, fresh, language, market, draft, status=refusal.status)
    messages.success(request, _("The text is saved."))
    return redirect(_at(entry, language, market))


def _page(
    request: AgentRequest,
    entry: Entry,
    language: str,
    market: str,
    draft: Draft | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    given = request.GET
    choices = [*language_choices(), (EVERY, _("All other languages"))]
    known = dict(choices)
    more = {one.language for one in entry.variants} | {language}
    choices = language_choices([*(tag for tag in known if tag != EVERY), *sorted(more - set(known))])
    return show(
        request,
        "text.html",
        place="texts",
        up="/settings/texts",
        status=status,
        languages=[*choices, (EVERY, _("All other languages"))],
        readers=choices,
        markets=_markets(entry, market, given.get("for_market", "")),
        states=STATES,
        **page_of(
            request.agent,
            entry,
            language,
            market,
            draft,
            for_language=given.get("for_language", "") or (language if language != EVERY else ""),
            for_market=given.get("for_market", market),
        ),
    )


def _markets(entry: Entry, *also: str) -> list[tuple[str, str]]:
    return market_choices({*(one.market for one in entry.variants), *also} - {""})


def _post(request: AgentRequest, ref: str) -> tuple[Entry, str, str]:
    entry = get_entry(request.agent.workspace_id, ref)
    return entry, *_asked(request, entry)


def _told(request: AgentRequest, refusal: Refusal) -> None:
    messages.error(request, str(refusal))


@require_POST
@leads_only
def still_right(request: AgentRequest, ref: str) -> HttpResponse:
    """Note that a text is still right though its source changed, or though a machine wrote it."""
    entry, language, market = _post(request, ref)
    seen = _number(request.POST.get("source_seen", ""))
    try:
        confirm_variant(
            request.agent.workspace_id, entry, key_of(language, market), source_seen=seen, agent=request.agent
        )
        messages.success(request, _("Noted: the text is right as it is."))
    except ChangedMeanwhile as refusal:
        _told(request, refusal)
    return redirect(_at(entry, language, market))


@require_POST
@leads_only
def remove(request: AgentRequest, ref: str) -> HttpResponse:
    """Take a text out of a language."""
    entry, language, market = _post(request, ref)
    try:
        remove_variant(
            request.agent.workspace_id,
            entry,
            key_of(language, market),
            agent=request.agent,
            seen=_number(request.POST.get("seen", "")),
        )
        messages.success(request, _("The text is removed in this language."))
    except (ChangedMeanwhile, Refusal) as refusal:
        if refusal.status == 404:
            raise
        _told(request, refusal)
    return redirect(_at(entry, language, market))


@require_POST
@leads_only
def source(request: AgentRequest, ref: str) -> HttpResponse:
    """Let this language be the one that the others are written from."""
    entry, language, market = _post(request, ref)
    make_source(request.agent.workspace_id, entry, key_of(language, market), agent=request.agent)
    messages.success(request, _("The other languages are written from this one now."))
    return redirect(_at(entry, language, market))

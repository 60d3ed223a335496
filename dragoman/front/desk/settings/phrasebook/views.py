"""The phrasebook: what it covers in each language, searched, said another way, added to."""

from collections.abc import Mapping

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from dragoman.core.accounts.models import Brand
from dragoman.core.accounts.queries import brands_of, workspace_facts
from dragoman.core.language import phrasebook
from dragoman.core.language.actions.phrases import (
    Wording,
    make_phrase,
    remove_phrase,
    reset_wording,
    save_wording,
)
from dragoman.core.language.errors import NoPhrase
from dragoman.core.language.own_phrases import own_of
from dragoman.core.language.phrasebook import REGISTERS, THEMES, Own, Said
from dragoman.core.language.slots import PATTERNS
from dragoman.kit.errors import Refusal
from dragoman.kit.tags import LANGUAGES, is_known, normalise

from ...request import AgentRequest
from ...themes import REGISTERS as REGISTER_WORDS
from ...themes import THEMES as THEME_WORDS
from ..languages import language_choices
from ..places import leads_only, show
from .shapes import lines_of, slots_for, ways_of

ONLY = ("changed", "missing")


def _language(request: AgentRequest, given: QueryDict) -> str:
    wanted = normalise(given.get("language", ""))
    if wanted and is_known(wanted):
        return wanted
    team = workspace_facts(request.agent.workspace_id)
    return next((tag for tag in team.languages if tag != team.language), team.language)


def _brand(request: AgentRequest, given: QueryDict) -> Brand | None:
    number = given.get("brand", "")
    if not number.isdigit() or len(number) > 18:
        return None
    return brands_of(request.agent.workspace_id).filter(pk=number).first()


def _own(request: AgentRequest, brand: Brand | None) -> Own:
    return own_of(request.agent.workspace_id, brand.pk if brand else None)


def _choices(request: AgentRequest, language: str) -> list[tuple[str, str]]:
    return language_choices(list(dict.fromkeys([*LANGUAGES, language])))


@require_GET
@leads_only
def book(request: AgentRequest) -> HttpResponse:
    """List all phrases by theme, with what each language covers."""
    language, brand = _language(request, request.GET), _brand(request, request.GET)
    own, query = _own(request, brand), request.GET.get("q", "")[:100]
    only = request.GET.get("only", "")
    return show(
        request,
        "phrasebook.html",
        place="phrasebook",
        language=language,
        brand=brand,
        brands=brands_of(request.agent.workspace_id),
        q=query,
        only=only if only in ONLY else "",
        first="language" not in request.GET and not query,
        by_theme=lines_of(
            own,
            reader=workspace_facts(request.agent.workspace_id).language,
            language=language,
            query=query,
            only=only if only in ONLY else "",
        ),
        covered=[phrasebook.coverage(tag, own=own) for tag, _name in language_choices()],
        languages=_choices(request, language),
        theme_words=THEME_WORDS,
        register_words=REGISTER_WORDS,
    )


def _posted(form: QueryDict) -> dict[str, Said]:
    """Return the wordings of a form by register, empty texts with them; fields are named `said:<register>:<plural>`."""
    found: dict[str, dict[str, str]] = {}
    for name in form:
        kind, _colon, place = name.partition(":")
        register, _colon, plural = place.partition(":")
        if kind == "said" and register in ("", *REGISTERS):
            found.setdefault(register, {})[plural] = " ".join(form.get(name, "").split("\n")).strip()
    return dict(found)


@require_http_methods(["GET", "POST"])
@leads_only
def phrase(request: AgentRequest, key: str) -> HttpResponse:
    """Show a phrase in one language, try another wording, store or give it up."""
    given = request.POST if request.method == "POST" else request.GET
    language, brand = _language(request, given), _brand(request, given)
    own = _own(request, brand)
    if key not in dict(phrasebook.said_keys(own)):
        raise NoPhrase
    if request.method == "GET":
        return _phrase_page(request, key, language, brand)
    posted = _posted(request.POST)
    if "try" in request.POST:
        return _phrase_page(request, key, language, brand, posted)
    try:
        _save(request, key, language, brand, posted)
    except Refusal as refusal:
        return _phrase_page(request, key, language, brand, posted, problem=str(refusal))
    messages.success(request, _("The phrase is saved."))
    return redirect(_at(key, language, brand))


def _save(
    request: AgentRequest, key: str, language: str, brand: Brand | None, posted: Mapping[str, Said]
) -> None:
    """Store what was written, each register for itself; one that was emptied counts as ours again."""
    workspace_id, agent = request.agent.workspace_id, request.agent
    now = {way.register: way for way in ways_of(workspace_id, key, language, brand)}
    for register, texts in posted.items():
        said = {name: text for name, text in texts.items() if text}
        known = now.get(register)
        before = {name: text for name, _numbers, text in (known.fields if known else ()) if text}
        if said == before:
            continue
        if said or (not register and known and not known.ours and not known.own):
            wording = Wording(key, language, said, register, brand)
            save_wording(workspace_id, agent=agent, wording=wording)
        else:
            reset_wording(
                workspace_id, agent=agent, key=key, language=language, register=register, brand=brand
            )


def _at(key: str, language: str, brand: Brand | None) -> str:
    query = {"language": language, **({"brand": str(brand.pk)} if brand else {})}
    return f"{reverse('settings_phrase', args=[key])}?{urlencode(query)}"


def _phrase_page(
    request: AgentRequest,
    key: str,
    language: str,
    brand: Brand | None,
    posted: Mapping[str, Said] | None = None,
    *,
    problem: str = "",
) -> HttpResponse:
    own = _own(request, brand)
    team = workspace_facts(request.agent.workspace_id).language
    tag, read = phrasebook.reading(key, [team], own=own)
    return show(
        request,
        "phrase.html",
        place="phrasebook",
        status=422 if problem else 200,
        up=f"/settings/phrasebook?{urlencode({'language': language})}",
        key=key,
        is_own=key in own.themes,
        theme=THEME_WORDS[dict(phrasebook.said_keys(own))[key]],
        read=read,
        read_language=tag,
        language=language,
        languages=_choices(request, language),
        brand=brand,
        brands=brands_of(request.agent.workspace_id),
        slots=slots_for(own, key),
        ways=ways_of(request.agent.workspace_id, key, language, brand, posted),
        problem=problem,
        tried=posted is not None,
    )


@require_POST
@leads_only
def reset(request: AgentRequest, key: str) -> HttpResponse:
    """Give up the workspace's wording of one register: ours counts again."""
    language, brand = _language(request, request.POST), _brand(request, request.POST)
    register = request.POST.get("register", "")
    reset_wording(
        request.agent.workspace_id,
        agent=request.agent,
        key=key,
        language=language,
        register=register,
        brand=brand,
    )
    messages.success(request, _("Our wording counts again."))
    return redirect(_at(key, language, brand))


@require_http_methods(["GET", "POST"])
@leads_only
def new(request: AgentRequest) -> HttpResponse:
    """Make a phrase of the workspace's own."""
    team = workspace_facts(request.agent.workspace_id).language
    given = request.POST
    problem = ""
    if request.method == "POST":
        try:
            made = make_phrase(
                request.agent.workspace_id,
                agent=request.agent,
                language=given.get("language", ""),
                text=given.get("text", ""),
                theme=given.get("theme", ""),
            )
        except Refusal as refusal:
            problem = str(refusal)
        else:
            messages.success(request, _("The phrase is made. Write it in the other languages now."))
            return redirect(_at(made.key, _language(request, QueryDict()), None))
    return show(
        request,
        "phrase_new.html",
        place="phrasebook",
        up="/settings/phrasebook",
        status=422 if problem else 200,
        problem=problem,
        text=given.get("text", ""),
        theme=given.get("theme", "own"),
        language=given.get("language", team),
        languages=language_choices(),
        themes=[(name, THEME_WORDS[name]) for name in THEMES if name != "itself"],
        slots=sorted(PATTERNS),
    )


@require_POST
@leads_only
def remove(request: AgentRequest, key: str) -> HttpResponse:
    """Give up a phrase of the workspace's own."""
    remove_phrase(request.agent.workspace_id, agent=request.agent, key=key)
    messages.success(request, _("The phrase is removed. What was sent with it stays."))
    return redirect("settings_phrasebook")

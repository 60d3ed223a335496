"""The editor of one flow: steps as forms, a rehearsal beside them, tests, versions, publishing."""

from dataclasses import asdict
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from dragoman.core.accounts.queries import brands_of
from dragoman.core.conversations.ports import tools
from dragoman.ground.design.functions import language_name
from dragoman.kit.errors import NotFound, Refusal
from dragoman.service.bot.actions.flows import FlowWish, publish_flow, restore_version, save_draft
from dragoman.service.bot.checking import faults_of
from dragoman.service.bot.errors import NoFlow
from dragoman.service.bot.flow_queries import FlowRow, find_flow, languages_for, versions_of
from dragoman.service.bot.flow_shapes import END, Body
from dragoman.service.bot.simulating import Scene, Spoken, simulate
from dragoman.service.bot.words import WORDS

from ..request import AgentRequest
from ..settings.places import leads_only, show
from . import editing
from .forms import purposes
from .words import KINDS, TAKES

_KEY = "abcdefghijklmnopqrstuvwxyz0123456789_"


@require_http_methods(["GET", "POST"])
@leads_only
def new(request: AgentRequest) -> HttpResponse:
    """Begin a flow of one's own."""
    name = request.POST.get("name", "").strip()[:120]
    if request.method == "POST" and name:
        key = "".join(one for one in name.lower().replace(" ", "_") if one in _KEY).strip("_0123456789")[:50]
        key = key or "flow"
        taken = [one for one in range(1, 200) if find_flow(request.agent.workspace_id, _numbered(key, one))]
        key = _numbered(key, len(taken) + 1)
        wish = FlowWish(key=key, body=Body(), name=name)
        save_draft(request.agent.workspace_id, wish, agent=request.agent)
        return redirect("settings_bot_flow", key)
    status = 422 if request.method == "POST" else 200
    return show(request, "bot_new.html", place="bot", up="/settings/bot", status=status)


def _numbered(key: str, number: int) -> str:
    return key if number == 1 else f"{key}_{number}"


@require_http_methods(["GET", "POST"])
@leads_only
def flow(request: AgentRequest, key: str) -> HttpResponse:
    """Show a flow; a press changes what is shown, saving keeps a new version, publishing lets customers get it."""
    row = find_flow(request.agent.workspace_id, key)
    if row is None:
        raise NoFlow
    if request.method == "GET":
        return _page(request, row, editing.draft_of(row.body))
    what = request.POST.get("do") or ("try" if request.POST.get("choice") else "save")
    draft = editing.read(request.POST, _with_tests(request, editing.draft_of(row.body)))
    if what in {"save", "publish"}:
        return _saved(request, row, draft, publish=what == "publish")
    spoken: list[Spoken] = []
    problems: list[tuple[str, str]] = []
    if what in {"try", "keep"}:
        spoken, problems = _tried(request, row, draft)
        if what == "keep" and spoken:
            editing.with_test(
                draft,
                request.POST.get("test_name", "").strip()
                or _("Test %(number)s") % {"number": len(draft["tests"]) + 1},
                spoken,
                language=_language(request, row),
                known=bool(request.POST.get("known")),
            )
    else:
        draft = editing.pressed(draft, what)
    return _page(request, row, draft, spoken=spoken, problems=problems)


def _with_tests(request: AgentRequest, draft: dict[str, Any]) -> dict[str, Any]:
    """Return the draft as it was, with the tests that the form still holds."""
    held = request.session.get("bot_tests", {}).get(request.path)
    return draft if held is None else {**draft, "tests": held}


def _saved(request: AgentRequest, row: FlowRow, draft: dict[str, Any], *, publish: bool) -> HttpResponse:
    body, problems = editing.body_in(draft)
    if body is None:
        return _page(request, row, draft, problems=problems, status=422)
    workspace_id = request.agent.workspace_id
    wish = FlowWish(
        key=row.key,
        body=body,
        name=request.POST.get("name", row.name),
        brand_id=row.brand_id,
        note=request.POST.get("note", ""),
    )
    save_draft(workspace_id, wish, agent=request.agent)
    request.session.pop("bot_tests", None)
    if not publish:
        messages.success(request, _("The draft is kept. Customers get what they got."))
        return redirect("settings_bot_flow", row.key)
    try:
        publish_flow(workspace_id, row.key, agent=request.agent)
    except Refusal as refusal:
        messages.error(request, _("It stays a draft: %(why)s") % {"why": refusal})
        return redirect("settings_bot_flow", row.key)
    messages.success(request, _("Published: customers get it from now on. Its tests passed."))
    return redirect("settings_bot_flow", row.key)


def _tried(
    request: AgentRequest, row: FlowRow, draft: dict[str, Any]
) -> tuple[list[Spoken], list[tuple[str, str]]]:
    """Rehearse what was said so far with the draft; nothing real is touched."""
    body, problems = editing.body_in(draft)
    if body is None:
        return [], problems
    lines = [one for one in request.POST.getlist("said") if one.strip()]
    if line := request.POST.get("line", "").strip():
        lines.append(line[:4000])
    choice = request.POST.get("choice", "")
    if choice:
        lines.append(f"choice:{choice}")
    brands = brands_of(request.agent.workspace_id).order_by("pk")
    brand = (brands.filter(pk=row.brand_id).first() if row.brand_id else None) or brands.first()
    if brand is None:
        raise NotFound(_("There is no such brand."))
    scene = Scene(
        said=lines,
        language=_language(request, row),
        known=bool(request.POST.get("known")),
        key=row.key,
        draft=body,
    )
    return simulate(brand, scene), []


def _language(request: AgentRequest, row: FlowRow) -> str:
    asked = request.POST.get("language", "")
    return asked or next(iter(languages_for(request.agent.workspace_id, row.brand_id)), "en")


def _page(
    request: AgentRequest,
    row: FlowRow,
    draft: dict[str, Any],
    *,
    spoken: list[Spoken] | None = None,
    problems: list[tuple[str, str]] | None = None,
    status: int = 200,
) -> HttpResponse:
    workspace_id = request.agent.workspace_id
    # the tests of a draft that is being written wait here: a form of them would be long
    request.session["bot_tests"] = {request.path: list(draft.get("tests", []))}
    languages = languages_for(workspace_id, row.brand_id)
    body, wrong = editing.body_in(draft)
    found = list(problems or wrong)
    if body is not None:
        found += [(one.step, one.message) for one in faults_of(body, languages)]
    written = {tag for one in draft.get("steps", []) for tag in one.get("texts", {})}
    asked = request.POST.get("language", "")
    facts = {
        "flow": row,
        "draft": draft,
        "problems": found,
        "spoken": [asdict(one) for one in spoken or ()],
        "languages": [(one, language_name(one)) for one in dict.fromkeys([*languages, *sorted(written)])],
        "spoken_in": [(one, language_name(one)) for one in _all_languages(languages)],
        "language": asked or (languages[0] if languages else "en"),
        "known": bool(request.POST.get("known")),
        "kinds": KINDS,
        "takes": list(TAKES.items()),
        "purposes": purposes(),
        "steps": [(one.get("id", ""), one.get("id", "")) for one in draft.get("steps", [])],
        "end": END,
        "tools": [(name, name) for name, _tool in tools.items()],
        "changing": [name for name, tool in tools.items() if tool.changes],
        "ours": {key: str(text) for key, text in WORDS.items()},
        "versions": versions_of(workspace_id, row.key),
        "up": reverse("settings_bot"),
    }
    return show(request, "bot_flow.html", place="bot", status=status, **facts)


def _all_languages(first: list[str]) -> list[str]:
    more = [
        "en",
        "fi",
        "et",
        "pl",
        "nl",
        "th",
        "de",
        "fr",
        "es",
        "pt-BR",
        "ja",
        "ar",
        "it",
        "sv",
        "ko",
        "zh-Hans",
    ]
    return list(dict.fromkeys([*first, *more]))


@require_POST
@leads_only
def restore(request: AgentRequest, key: str) -> HttpResponse:
    """Make an older version the newest draft."""
    given = request.POST.get("version", "")
    number = int(given) if given.isascii() and given.isdigit() and len(given) < 10 else 0
    restore_version(request.agent.workspace_id, key, number, agent=request.agent)
    request.session.pop("bot_tests", None)
    messages.success(request, _("That version is the newest draft now."))
    return redirect("settings_bot_flow", key)

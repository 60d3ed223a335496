"""Writing one text of an article: saving, asking for review, publishing, a day to publish on, archiving."""

from datetime import UTC, datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from dragoman.core.accounts.queries import brands_of, workspace_facts
from dragoman.core.knowledge.actions.articles import ArticleWish, check_may_publish, write_text
from dragoman.core.knowledge.actions.questions import LONGEST
from dragoman.core.knowledge.actions.standing import (
    archive_text,
    ask_review,
    confirm_text,
    publish_text,
    restore_version,
    schedule_text,
    send_back,
)
from dragoman.core.knowledge.errors import ArticleChangedMeanwhile, BadArticle, NoArticle
from dragoman.core.knowledge.models import Article, ArticleText
from dragoman.core.knowledge.queries import find_text, get_article, versions_of
from dragoman.core.language.side_by_side import differences
from dragoman.core.texts.actions.variants import placed
from dragoman.core.texts.models import Variant
from dragoman.ground.markets.zones import zone
from dragoman.kit.errors import Refusal
from dragoman.kit.variants import key_of

from ..request import AgentRequest
from ..settings.languages import language_choices
from ..settings.texts.forms import market_choices
from .editor import Typed, brand_for, checked, joined, page_context, preview_of, suggestion
from .page import show
from .views import article_or_new, shelf_names, told


def _place(request: HttpRequest, article: Article | None, fallback: str) -> tuple[str, str]:
    """Return the language and market looked at: those named, else the source's, else the team's."""
    given = request.POST if request.method == "POST" else request.GET
    if given.get("language"):
        return placed(given["language"], given.get("market", ""))
    if article is not None and article.source:
        language, _at, market = article.source.partition("@")
        return language, market
    return fallback, ""


def at(key: str, language: str, market: str = "") -> str:
    """Return the address of a text's page."""
    query = {"language": language, **({"market": market} if market else {})}
    return f"{reverse('knowledge_article', args=[key])}?{urlencode(query)}"


@require_http_methods(["GET", "POST"])
def article(request: AgentRequest, key: str) -> HttpResponse:
    """Show a text beside its source, and store what was written."""
    known = article_or_new(request.agent, key)
    language, market = _place(request, known, workspace_facts(request.agent.workspace_id).language)
    if request.method == "GET":
        if known is None and not request.GET.get("title") and not request.agent.can_reply:
            raise NoArticle
        typed = _begun(request) if request.GET.get("title") and known is None else None
        return _page(request, known, key, language, market, typed)
    given = request.POST
    typed = Typed(
        given.get("title", ""), given.get("summary", ""), given.get("body", ""), given.get("suggested", ""),
        question=given.get("question", "")[:LONGEST] if known is None else "",
        brand=_brand(request) if known is None else None,
    )  # fmt: skip
    if given.get("do") == "suggest" and known is not None:
        return _page(request, known, key, language, market, suggestion(known, language, market, typed))
    try:
        said = _stored(request, key, language, market, typed)
    except Refusal as refusal:
        field = str((refusal.details or {}).get("field", ""))
        kept = Typed(
            typed.title, typed.summary, typed.body, typed.suggested, str(refusal), field,
            isinstance(refusal, ArticleChangedMeanwhile), typed.question, typed.brand,
        )  # fmt: skip
        fresh = article_or_new(request.agent, key)
        return _page(request, fresh, key, language, market, kept, status=refusal.status)
    messages.success(request, said)
    return redirect(at(key, language, market))


def _begun(request: AgentRequest) -> Typed:
    """Return what a new article begins with."""
    given = request.GET
    return Typed(given["title"][:200], question=given.get("question", "")[:LONGEST], brand=_brand(request))


def _brand(request: AgentRequest) -> int | None:
    """Return the brand that a new article is for, None for all of them."""
    given = request.POST if request.method == "POST" else request.GET
    wanted = _number(given.get("brand", ""))
    brands = brands_of(request.agent.workspace_id).values_list("pk", flat=True)
    return brands.filter(pk=wanted).first() if wanted else None


def _stored(request: AgentRequest, key: str, language: str, market: str, typed: Typed) -> str:
    """Store what was typed, do what the button said, and say so."""
    given, agent, do = request.POST, request.agent, request.POST.get("do", "save")
    when = _moment(given.get("publish_at", ""), agent.time_zone) if do == "schedule" else None
    if do in ("publish", "schedule"):
        check_may_publish(agent)
    by_machine = bool(typed.suggested) and typed.body.strip() == typed.suggested.strip()
    wish = ArticleWish(
        key,
        language,
        typed.title,
        typed.body,
        market=market,
        summary=typed.summary,
        brand_id=typed.brand,
        status=ArticleText.Status.PUBLISHED if do == "publish" else ArticleText.Status.DRAFT,
        made=Variant.Made.MACHINE if by_machine else Variant.Made.PERSON,
        note=given.get("note", "")[:200],
        questions=[typed.question] if typed.question.strip() else None,
        seen=_number(given.get("seen", "")),
        source_seen=_number(given.get("source_seen", "")),
    )
    text = write_text(agent.workspace_id, wish, agent=agent)
    if do == "review":
        ask_review(text, agent=agent)
        return _("Saved. A lead is asked to look at it.")
    if when is not None:
        schedule_text(text, at=when, agent=agent)
        return _("Saved. It is published on its day.")
    return _("Published: readers see it now.") if do == "publish" else _("Saved as a draft.")


def _moment(given: str, time_zone: str) -> datetime:
    """Return a moment as the agent's clock has it; raises BadArticle."""
    try:
        moment = parse_datetime(given)
    except ValueError:
        moment = None
    if moment is None:
        raise BadArticle("publish_at", _("Choose a day and a time to publish it."))
    return moment.replace(tzinfo=zone(time_zone)).astimezone(UTC) if moment.tzinfo is None else moment


def _number(given: str) -> int | None:
    return int(given) if given.isascii() and given.isdigit() and len(given) < 10 else None


def _page(
    request: AgentRequest, known: Article | None, key: str, language: str, market: str, typed: Typed | None,
    *, status: int = 200,
) -> HttpResponse:  # fmt: skip
    context = page_context(request.agent, known, key, language, market, typed)
    more = {one.language for one in known.texts.all()} if known else set()
    used = {one.market for one in known.texts.all()} if known else set()
    return show(
        request,
        "article.html",
        up="/knowledge",
        status=status,
        languages=language_choices(list(dict.fromkeys([*dict(language_choices()), *more, language]))),
        markets=market_choices((used | {market}) - {""}),
        shelves=shelf_names(request.agent),
        **context,
    )


@require_POST
def preview(request: AgentRequest, key: str) -> HttpResponse:
    """Show what is typed as readers would see it, and what should be looked at."""
    known = article_or_new(request.agent, key)
    language, market = _place(request, known, workspace_facts(request.agent.workspace_id).language)
    given = request.POST
    typed = Typed(given.get("title", ""), given.get("summary", ""), given.get("body", "")[:100_000])
    brand = brand_for(request.agent.workspace_id, known)
    context = {
        "parts": preview_of(typed.body, brand, language, market),
        "remarks": checked(request.agent, known, language, market, typed),
        "typed": typed,
        "language": language,
        "market": market,
    }
    return render(request, "desk/knowledge/_preview.html", context)


@require_POST
def step(request: AgentRequest, key: str) -> HttpResponse:
    """Take a text one step on without changing its words."""
    known = get_article(request.agent.workspace_id, key)
    language, market = _place(request, known, known.source or "en")
    text = find_text(known, key_of(language, market))
    if text is None:
        raise NoArticle
    steps: dict[str, tuple[Any, str]] = {
        "publish": (publish_text, _("Published: readers see it now.")),
        "archive": (archive_text, _("Archived: readers see it no longer.")),
        "back": (send_back, _("It is a draft again.")),
        "right": (confirm_text, _("Noted: the text is right as it is.")),
    }
    if request.POST.get("do") not in steps:
        raise BadArticle("do", _("Choose what should happen with it."))
    do, said = steps[request.POST["do"]]
    try:
        do(text, agent=request.agent)
        messages.success(request, said)
    except Refusal as refusal:
        told(request, refusal)
    return redirect(at(key, language, market))


@require_http_methods(["GET", "POST"])
def versions(request: AgentRequest, key: str) -> HttpResponse:
    """Show all wordings of a text, two of them compared, and bring an earlier one back."""
    known = get_article(request.agent.workspace_id, key)
    language, market = _place(request, known, known.source or "en")
    text = find_text(known, key_of(language, market))
    if text is None:
        raise NoArticle
    if request.method == "POST":
        restore_version(text, _number(request.POST.get("version", "")) or 0, agent=request.agent)
        messages.success(request, _("It stands there again as a draft."))
        return redirect(at(key, language, market))
    rows = versions_of(text)
    numbered = {one.number: one for one in rows}
    new = numbered.get(_number(request.GET.get("new", "")) or 0, rows[0] if rows else None)
    older = [one for one in rows if new is not None and one.number < new.number]
    old = numbered.get(_number(request.GET.get("old", "")) or 0, older[0] if older else None)
    return show(
        request,
        "versions.html",
        up=at(key, language, market),
        article=known,
        key=key,
        text=text,
        language=language,
        market=market,
        rows=rows,
        old=old,
        new=new,
        pieces=differences(joined(old), joined(new), language) if old and new else [],
    )

"""Articles: the list and the table of languages, a new one, and taking all of them out."""

from collections.abc import Mapping

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from dragoman.core.accounts.models import Agent
from dragoman.core.accounts.queries import agents_of, brands_of, workspace_facts
from dragoman.core.knowledge.actions.articles import LONGEST_TITLE, check_may_draft, checked_key
from dragoman.core.knowledge.actions.questions import LONGEST
from dragoman.core.knowledge.errors import MayNotWrite, NoArticle
from dragoman.core.knowledge.listing import Wanted, columns_of, lines_of, tallies_of
from dragoman.core.knowledge.models import Article
from dragoman.core.knowledge.queries import categories_of, get_article, name_for
from dragoman.core.texts.chain import Reader
from dragoman.kit.errors import Refusal
from dragoman.kit.tags import is_known, normalise
from dragoman.kit.text import slug

from ..request import AgentRequest
from ..settings.languages import language_choices
from .page import show
from .words import ALSO, STATES

MOST_LINES = 300


def wanted_in(given: Mapping[str, str]) -> Wanted:
    """Return what a page's address asks for; what makes no sense is left out."""
    tag, state = normalise(given.get("language", "")), given.get("state", "")
    return Wanted(
        words=given.get("q", "").strip()[:100],
        category=given.get("category", "")[:80],
        brand_id=_number(given.get("brand", "")),
        language=tag if tag and is_known(tag) else "",
        state=state if state in STATES or state in ALSO else "",
        owner_id=_number(given.get("owner", "")),
    )


def _number(given: str) -> int | None:
    return int(given) if given.isascii() and given.isdigit() and len(given) < 19 else None


def shelf_names(agent: Agent) -> list[tuple[str, str]]:
    """Return (key, name) of the categories in their order, named for this agent."""
    reader = Reader(agent.ui_language, "", workspace_facts(agent.workspace_id).language, "en")
    return [(one.key, name_for(one, reader)) for one in categories_of(agent.workspace_id)]


@require_GET
def articles(request: AgentRequest) -> HttpResponse:
    """Show the articles asked for: as a list, or as a table of languages."""
    wanted, agent = wanted_in(request.GET), request.agent
    facts = workspace_facts(agent.workspace_id)
    written = columns_of(
        list(Article.objects.filter(workspace_id=agent.workspace_id).prefetch_related("texts"))
    )
    every = request.GET.get("languages") == "all"
    columns = list(dict.fromkeys([*written, *(facts.languages if every else ())]))
    if wanted.language:
        columns = [wanted.language]
    lines = lines_of(agent.workspace_id, wanted, columns)
    view = "table" if request.GET.get("view") == "table" else "list"
    query: dict[str, str] = {
        name: str(value) for name, value in request.GET.items() if name not in ("view", "languages") and value
    }
    return show(
        request,
        "list.html",
        wanted=wanted,
        view=view,
        columns=columns,
        lines=lines[:MOST_LINES],
        more=max(0, len(lines) - MOST_LINES),
        tallies=list(tallies_of(lines, columns)),
        every=every,
        query=urlencode(query),
        shelves=shelf_names(agent),
        shelf_of=dict(shelf_names(agent)),
        brands=list(brands_of(agent.workspace_id)),
        owners=list(agents_of(agent.workspace_id)),
        languages=language_choices(list(dict.fromkeys([*written, *facts.languages]))),
        also=ALSO,
        any_there=Article.objects.filter(workspace_id=agent.workspace_id).exists(),
    )


@require_http_methods(["GET", "POST"])
def new(request: AgentRequest) -> HttpResponse:
    """Begin an article: its title gives it a key, and its editor opens; at once where a `question` asks for one."""
    check_may_draft(request.agent)
    given = request.POST if request.method == "POST" else request.GET
    title, key, problem = given.get("title", "").strip(), given.get("key", "").strip(), ""
    question = given.get("question", "").strip()[:LONGEST]
    if request.method == "POST" or question:
        title = title or question[:LONGEST_TITLE]
        try:
            wanted = checked_key(key or slug(title, most=100))
            if Article.objects.filter(workspace_id=request.agent.workspace_id, key=wanted).exists():
                problem = _("An article has that key already: choose another.")
            else:
                facts = {"language": given.get("language", ""), "title": title, "question": question,
                         "brand": given.get("brand", "")}  # fmt: skip
                query = urlencode({name: value for name, value in facts.items() if value})
                return redirect(f"{reverse('knowledge_article', args=[wanted])}?{query}")
        except Refusal as refusal:
            problem = str(refusal)
    return show(
        request,
        "new.html",
        up="/knowledge",
        asked={
            "title": title,
            "key": key,
            "language": given.get("language", ""),
            "question": question,
            "brand": given.get("brand", ""),
        },
        brands=[(str(one.pk), one.name) for one in brands_of(request.agent.workspace_id)],
        team=workspace_facts(request.agent.workspace_id).language,
        languages=language_choices(),
        problem=problem,
        status=422 if problem else 200,
    )


def article_or_new(agent: Agent, key: str) -> Article | None:
    """Return an article; None for a key that is free to begin one under. Raises NoArticle for a key that is none."""
    try:
        return get_article(agent.workspace_id, key)
    except NoArticle:
        checked_key(key)
        return None


def told(request: AgentRequest, refusal: Refusal) -> None:
    """Say on the next page why something was refused; who may not do it at all gets that page at once."""
    if isinstance(refusal, MayNotWrite):
        raise refusal
    messages.error(request, str(refusal))

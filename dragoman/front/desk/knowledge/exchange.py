"""Articles come in from files and go out as a zip: looked at first, then brought in."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from dragoman.core.accounts.queries import brands_of, workspace_facts
from dragoman.core.knowledge.actions.articles import check_may_draft
from dragoman.core.knowledge.actions.bringing import Brought, How, bring_articles
from dragoman.core.knowledge.files.going_out import archive_of
from dragoman.core.knowledge.files.opening import read_files
from dragoman.core.knowledge.files.pieces import MOST_BYTES, BadFile
from dragoman.core.knowledge.queries import articles_of, categories_of
from dragoman.core.language.actions.exchange import drop_file, keep_file, waiting_file
from dragoman.kit.errors import Refusal

from ..request import AgentRequest, number_in
from ..settings.exchange import taken_out
from ..settings.languages import language_choices
from .page import show

KIND = "articles"


@require_http_methods(["GET", "POST"])
def bring_in(request: AgentRequest) -> HttpResponse:
    """Keep a file, show what it would change and what is refused of it, and bring it in when that was seen."""
    agent, problem, status = request.agent, "", 200
    check_may_draft(agent)
    if request.method == "POST":
        try:
            return _posted(request)
        except Refusal as refusal:
            if refusal.status == 403:
                raise
            problem, status = str(refusal), refusal.status
    waiting = waiting_file(agent, KIND)
    brought: Brought | None = None
    language, brand = (
        request.GET.get("language", ""),
        number_in(request, "brand") if request.method == "GET" else 0,
    )
    if waiting is not None and not problem:
        brought = _bring(request, bytes(waiting.content), waiting.name, language, brand, only_look=True)
    return show(
        request,
        "import.html",
        tab="import",
        waiting=waiting,
        brought=brought,
        problem=problem,
        asked={"language": language or workspace_facts(agent.workspace_id).language, "brand": brand},
        languages=language_choices(),
        brands=list(brands_of(agent.workspace_id)),
        status=status,
    )


def _bring(
    request: AgentRequest, raw: bytes, name: str, language: str, brand: int, *, only_look: bool
) -> Brought:
    workspace_id = request.agent.workspace_id
    known = {one.pk for one in brands_of(workspace_id)}
    how = How(brand if brand in known else None, publish="drafts" not in request.POST, only_look=only_look)
    pile = read_files([(name, raw)], language=language)
    return bring_articles(workspace_id, pile, how=how, agent=request.agent)


def _posted(request: AgentRequest) -> HttpResponse:
    agent, given = request.agent, request.POST
    language, brand = given.get("language", ""), number_in(request, "brand")
    waiting = waiting_file(agent, KIND)
    if "confirm" in given:
        if waiting is None:
            raise BadFile(_("The file is gone: choose it again."))
        done = _bring(request, bytes(waiting.content), waiting.name, language, brand, only_look=False)
        drop_file(agent, KIND)
        said = ngettext("%(num)s text came in.", "%(num)s texts came in.", done.new + done.changed)
        messages.success(request, said % {"num": done.new + done.changed})
        return redirect("knowledge")
    if "cancel" in given:
        drop_file(agent, KIND)
        return redirect("knowledge_import")
    file = request.FILES.get("file")
    if file is None:
        raise BadFile(_("Choose a file first."))
    if (file.size or 0) > MOST_BYTES:
        raise BadFile(_("A file has at most 30 MB."))
    raw = file.read()
    drop_file(agent, KIND)
    read_files([(file.name or "", raw)], language=language)
    keep_file(agent, kind=KIND, name=file.name or "", content=raw)
    return redirect(f"/knowledge/import?language={language}&brand={brand or ''}")


@require_GET
def take_out(request: AgentRequest) -> HttpResponse:
    """Return all articles as a zip of Markdown files."""
    workspace_id = request.agent.workspace_id
    check_may_draft(request.agent)
    articles = articles_of(workspace_id).prefetch_related("questions")
    return taken_out(
        archive_of(articles, categories_of(workspace_id)), content_type="application/zip", name="articles.zip"
    )

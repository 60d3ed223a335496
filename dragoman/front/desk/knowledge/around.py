"""What stands around an article's words: its shelf and owner, questions, files; and removing it."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from dragoman.core.knowledge.actions.asked import refuse_question, set_questions, take_question
from dragoman.core.knowledge.actions.files import add_file, remove_file
from dragoman.core.knowledge.actions.standing import remove_article, set_article
from dragoman.core.knowledge.errors import BadArticle, NoArticle
from dragoman.core.knowledge.queries import get_article
from dragoman.core.texts.actions.variants import placed
from dragoman.kit.errors import Refusal

from ..request import AgentRequest, number_in
from .page import show
from .views import told
from .writing import at


def _back(request: AgentRequest, key: str, anchor: str) -> HttpResponse:
    language, market = placed(request.POST.get("language", "en"), request.POST.get("market", ""))
    return redirect(f"{at(key, language, market)}#{anchor}")


@require_POST
def about(request: AgentRequest, key: str) -> HttpResponse:
    """Keep what an article is: its category, brand, owner, kind, film, for whom it is."""
    article, given = get_article(request.agent.workspace_id, key), request.POST
    changes: dict[str, Any] = {
        "category": given.get("category", ""),
        "brand_id": number_in(request, "brand") or None,
        "owner_id": number_in(request, "owner") or None,
        "kind": given.get("kind", "article"),
        "internal": bool(given.get("internal")),
        "video": given.get("video", "").strip(),
    }
    if given.get("source"):
        changes["source"] = given["source"]
    try:
        set_article(article, agent=request.agent, changes=changes)
        messages.success(request, _("The article is changed."))
    except Refusal as refusal:
        told(request, refusal)
    return _back(request, key, "about")


@require_POST
def questions(request: AgentRequest, key: str) -> HttpResponse:
    """Keep the questions customers ask, one a line; or keep or refuse one that conversations suggest."""
    article, given = get_article(request.agent.workspace_id, key), request.POST
    try:
        if take := number_in(request, "take"):
            take_question(article.workspace_id, take, agent=request.agent)
        elif refuse := number_in(request, "refuse"):
            refuse_question(article.workspace_id, refuse, agent=request.agent)
        else:
            lines = given.get("questions", "").splitlines()
            set_questions(article, given.get("language", ""), lines, agent=request.agent)
        messages.success(request, _("The questions are kept."))
    except Refusal as refusal:
        told(request, refusal)
    return _back(request, key, "questions")


@require_POST
def files(request: AgentRequest, key: str) -> HttpResponse:
    """Keep a picture or document, or forget one."""
    article, given = get_article(request.agent.workspace_id, key), request.FILES.get("file")
    try:
        if gone := number_in(request, "remove"):
            remove_file(article, gone, agent=request.agent)
            messages.success(request, _("The file is removed."))
        elif given is None:
            raise BadArticle("file", _("Choose a file first."))
        else:
            add_file(article, agent=request.agent, name=given.name or "", source=given)  # type: ignore[arg-type]
            messages.success(request, _("The file is kept. Copy its line into the text."))
    except NoArticle:
        raise
    except Refusal as refusal:
        told(request, refusal)
    return _back(request, key, "files")


@require_http_methods(["GET", "POST"])
def remove(request: AgentRequest, key: str) -> HttpResponse:
    """Ask, then delete an article with all its texts."""
    article = get_article(request.agent.workspace_id, key)
    if request.method == "POST":
        remove_article(article, agent=request.agent)
        messages.success(request, _("The article is deleted."))
        return redirect("knowledge")
    return show(request, "remove.html", up=f"/knowledge/articles/{key}", article=article, key=key)

"""Categories and synonyms: what the help centre's shelves are called, and which words mean the same."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from dragoman.core.accounts.queries import brands_of, workspace_facts
from dragoman.core.knowledge.actions.questions import remove_synonym, save_synonym
from dragoman.core.knowledge.actions.shelves import remove_category, save_category
from dragoman.core.knowledge.icons import ICONS
from dragoman.core.knowledge.listing import columns_of
from dragoman.core.knowledge.models import Article, Synonym
from dragoman.core.knowledge.queries import categories_of, get_category
from dragoman.kit.errors import Refusal
from dragoman.kit.tags import LANGUAGES
from dragoman.kit.variants import parted

from ..request import AgentRequest, number_in
from ..settings.languages import language_choices
from ..settings.texts.forms import rows_in, rows_of, texts_of
from .page import show
from .views import shelf_names, told


@require_http_methods(["GET", "POST"])
def categories(request: AgentRequest) -> HttpResponse:
    """Show the shelves in their order, and change that order."""
    workspace_id = request.agent.workspace_id
    rows = categories_of(workspace_id)
    if request.method == "POST":
        _move(request, [one.key for one in rows])
        return redirect("knowledge_categories")
    counts: dict[int | None, int] = {}
    for category_id in Article.objects.filter(workspace_id=workspace_id).values_list(
        "category_id", flat=True
    ):
        counts[category_id] = counts.get(category_id, 0) + 1
    names = dict(shelf_names(request.agent))
    written = columns_of(list(Article.objects.filter(workspace_id=workspace_id).prefetch_related("texts")))
    told_rows = [
        (one, names[one.key], counts.get(one.pk, 0), [tag for tag in written if not _named(one.names, tag)])
        for one in rows
    ]
    return show(request, "categories.html", tab="categories", rows=told_rows, loose=counts.get(None, 0))


def _named(names: dict[str, str], language: str) -> bool:
    return any(parted(name)[0] == language for name in names)


def _move(request: AgentRequest, keys: list[str]) -> None:
    key, step = request.POST.get("key", ""), -1 if request.POST.get("to") == "up" else 1
    if key not in keys:
        return
    place = keys.index(key)
    other = min(max(place + step, 0), len(keys) - 1)
    keys[place], keys[other] = keys[other], keys[place]
    try:
        for position, name in enumerate(keys):
            row = get_category(request.agent.workspace_id, name)
            if row.position != position:
                save_category(
                    row.workspace_id, agent=request.agent, names=row.names, key=row.key, brand_id=row.brand_id,
                    icon=row.icon, position=position,
                )  # fmt: skip
    except Refusal as refusal:
        told(request, refusal)


@require_http_methods(["GET", "POST"])
def category(request: AgentRequest, key: str = "") -> HttpResponse:
    """Name a shelf in each language, give it a picture and a brand; or take it away."""
    workspace_id, problem = request.agent.workspace_id, ""
    row = get_category(workspace_id, key) if key else None
    rows = rows_of(row.names) if row else []
    if request.method == "POST":
        rows = rows_in(request.POST, longest=80)
        try:
            if "remove" in request.POST and row is not None:
                remove_category(workspace_id, row.key, agent=request.agent)
                messages.success(request, _("The category is removed. Its articles stay, in none."))
            else:
                save_category(
                    workspace_id, agent=request.agent, names=texts_of(rows), key=key,
                    brand_id=number_in(request, "brand") or None, icon=request.POST.get("icon", ""),
                )  # fmt: skip
                messages.success(request, _("The category is saved."))
            return redirect("knowledge_categories")
        except Refusal as refusal:
            problem = str(refusal)
            if refusal.status == 403:
                raise
    lacking = [
        tag for tag in workspace_facts(workspace_id).languages if tag not in {one.language for one in rows}
    ]
    return show(
        request,
        "category.html",
        tab="categories",
        up="/knowledge/categories",
        row=row,
        rows=rows,
        lacking=lacking or [""],
        languages=language_choices(),
        icons=ICONS,
        brands=list(brands_of(workspace_id)),
        problem=problem,
        status=422 if problem else 200,
    )


@require_http_methods(["GET", "POST"])
def synonyms(request: AgentRequest) -> HttpResponse:
    """Show which words mean the same in each language, and keep or forget some."""
    workspace_id, problem, given = request.agent.workspace_id, "", request.POST
    if request.method == "POST":
        try:
            if gone := number_in(request, "remove"):
                remove_synonym(workspace_id, gone, agent=request.agent)
                messages.success(request, _("Forgotten."))
            else:
                save_synonym(
                    workspace_id, agent=request.agent, language=given.get("language", ""),
                    words=given.get("words", "").replace("\n", ",").replace("、", ",").replace("،", ",").split(","),
                    brand_id=number_in(request, "brand") or None, synonym_id=number_in(request, "synonym") or None,
                )  # fmt: skip
                messages.success(request, _("Kept: the search takes them for the same."))
            return redirect("knowledge_synonyms")
        except Refusal as refusal:
            if refusal.status == 403:
                raise
            problem = str(refusal)
    rows = (
        Synonym.objects.filter(workspace_id=workspace_id).select_related("brand").order_by("language", "pk")
    )
    return show(
        request,
        "synonyms.html",
        tab="synonyms",
        rows=list(rows[:1000]),
        typed=given.get("words", "") if problem else "",
        languages=language_choices(LANGUAGES),
        brands=list(brands_of(workspace_id)),
        team=workspace_facts(workspace_id).language,
        problem=problem,
        status=422 if problem else 200,
    )

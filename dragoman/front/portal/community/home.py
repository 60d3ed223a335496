"""What everybody reads first: spaces, what is new, one space, what was looked for."""

from collections.abc import Sequence

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.views.decorators.http import require_safe

from dragoman.core.knowledge.addresses import help_path
from dragoman.front.portal.chat.limits import TooFast, count
from dragoman.kit.errors import NotFound
from dragoman.service.community.finding import search_threads
from dragoman.service.community.models import Thread
from dragoman.service.community.queries import newest, spaces_of, threads_of, unanswered
from dragoman.service.community.suggesting import Suggested, articles_like

from .door import SEARCHES_PER_ADDRESS, Visit, at_community, page
from .shown import ShownSpace, lines_of, shown_space

_PAGE = 20
LONGEST_QUESTION = 300


@require_safe
@at_community
def home(visit: Visit) -> HttpResponse:
    """Show the spaces and what is new: in the reader's language first, in all with `all`."""
    return _listed(visit, "home.html", "", None)


@require_safe
@at_community
def space(visit: Visit, key: str) -> HttpResponse:
    """Show one space."""
    found = next((one for one in spaces_of(visit.brand) if one.key == key), None)
    if found is None:
        raise NotFound
    shown = shown_space(found, visit.language, visit.brand.language)
    return _listed(visit, "space.html", f"s/{key}/", shown)


def _listed(visit: Visit, template: str, rest: str, chosen: ShownSpace | None) -> HttpResponse:
    rows = threads_of(visit.brand.workspace_id, visit.brand.pk)
    if chosen is not None:
        rows = rows.filter(space_id=chosen.row.pk)
    has_any = rows.exists()
    is_open = visit.request.GET.get("show") == "open"
    everything = "all" in visit.request.GET or not rows.filter(language=visit.language).exists()
    rows = rows if everything else rows.filter(language=visit.language)
    rows = unanswered(rows) if is_open else rows
    number = visit.request.GET.get("page", "1")
    shown = Paginator(newest(rows), _PAGE).get_page(number)
    return page(
        visit,
        template,
        rest=rest,
        spaces=[shown_space(one, visit.language, visit.brand.language) for one in spaces_of(visit.brand)],
        lines=lines_of(visit, list(shown)),
        shown=shown,
        has_any=has_any,
        everything=everything,
        is_open=is_open,
        noindex=bool(visit.request.GET) or not has_any,
        here=visit.to(rest),
        space=chosen,
    )


@require_safe
@at_community
def search(visit: Visit) -> HttpResponse:
    """Show what holds the words: questions here, then articles of the help centre."""
    words = visit.request.GET.get("q", "").strip()[:LONGEST_QUESTION]
    problem = ""
    found: list[Thread] = []
    articles: Sequence[Suggested] = []
    if words:
        try:
            count((SEARCHES_PER_ADDRESS, visit.address))
            found = search_threads(visit.brand, words, language=visit.language)
            articles = articles_like(visit.brand, words, language=visit.language)
        except TooFast as fast:
            problem = str(fast)
    return page(
        visit,
        "search.html",
        status=429 if problem else 200,
        rest="search",
        words=words,
        problem=problem,
        lines=lines_of(visit, found),
        articles=articles,
        noindex=True,
        help_home=help_path(visit.brand.slug, visit.language),
    )

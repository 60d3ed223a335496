"""The first page of a help centre and its categories."""

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from dragoman.core.accounts.queries import find_brand
from dragoman.core.knowledge.addresses import help_path
from dragoman.core.knowledge.learning import open_webinars, walks_for
from dragoman.core.knowledge.models import Category
from dragoman.core.knowledge.published import articles_on, shelves
from dragoman.core.knowledge.queries import name_for
from dragoman.front.portal.languages import language_asked, wishes_of
from dragoman.front.portal.returns.door import gone
from dragoman.kit import tags
from dragoman.kit.errors import NotFound
from dragoman.kit.workspace import acting_in

from .door import Visit, at_help, page, spoken_at
from .reaching import ways_of
from .structured import crumbs_data, questions_data, shop_data


@require_safe
def start(request: HttpRequest, brand: str) -> HttpResponse:
    """Lead to the reader's language: the first wish of the browser in which something is written, else the brand's."""
    found = find_brand(brand)
    if found is None:
        with translation.override(language_asked(request)):
            return gone(request)
    with acting_in(found.workspace_id):
        spoken = list(dict.fromkeys(language for language, _market in spoken_at(found)))
    matched = (tags.match(wish, spoken) for wish in wishes_of(request))
    language = next((one for one in matched if one), found.language if spoken else language_asked(request))
    answer = redirect(help_path(found.slug, language))
    patch_vary_headers(answer, ["Accept-Language"])
    answer["Cache-Control"] = "no-cache"
    return answer


@require_safe
@at_help
def home(visit: Visit) -> HttpResponseBase:
    """Show search, order look-up, categories and the ways to reach people."""
    return page(
        visit,
        "home.html",
        shelves=shelves(visit.brand, visit.reader),
        ways=ways_of(visit),
        can_learn=bool(open_webinars(visit.brand) or walks_for(visit.brand, visit.reader)),
        data=[shop_data(visit)],
        alternates=visit.tongues(),
    )


@require_safe
@at_help
def nothing(visit: Visit, rest: str) -> HttpResponseBase:
    """Say in the reader's language that there is no such page."""
    raise NotFound


@require_safe
@at_help
def topic(visit: Visit, key: str) -> HttpResponseBase:
    """Show all articles of a category; those in none have one of their own called `more`."""
    category = _category(visit, key)
    articles = articles_on(visit.brand, visit.reader, category)
    if not articles and category is None:
        raise NotFound
    name = name_for(category, visit.reader) if category else ""
    return page(
        visit,
        "topic.html",
        path=f"topics/{key}/",
        name=name,
        icon_name=(category.icon if category else "") or "book",
        articles=articles,
        data=[crumbs_data(visit, [(name, visit.shelf(key))]), questions_data(visit, articles)],
        alternates=visit.tongues(f"topics/{key}/"),
    )


def _category(visit: Visit, key: str) -> Category | None:
    if key == "more":
        return None
    here = Category.objects.filter(workspace_id=visit.brand.workspace_id, key=key)
    found = here.filter(Q(brand_id=visit.brand.pk) | Q(brand_id=None)).first()
    if found is None:
        raise NotFound
    return found

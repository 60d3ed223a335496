"""Help on a shop's own page: the articles it names, or those that fit its address; as HTML, as facts, by a script."""

import re
from importlib.resources import files
from typing import Final
from urllib.parse import unquote, urlsplit

from django.http import HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from dragoman.core.knowledge.published import Listed, public_by_keys
from dragoman.front.portal.chat.limits import TooFast
from dragoman.kit import tags

from .counting import BLOCKS, check_pace
from .door import Visit, at_help, packed
from .finding import Hit, look

MOST: Final = 6
BY_PAGE: Final = 3
_WORD = re.compile(r"[^\W_]{3,}")
# parts of addresses that every shop has, and that say nothing of the page
_PLAIN: Final = frozenset(
    ("html", "htm", "php", "www", "shop", "store", "products", "product", "pages", "page")
)


def _asked(visit: Visit) -> list[Hit]:
    """Return the articles of the keys that were named, else those that fit the page's address and title."""
    ask = visit.request.GET
    keys = [key for key in re.split(r"[\s,]+", ask.get("keys", "")[:1000]) if key][:MOST]
    if keys:
        return [_hit(visit, one) for one in public_by_keys(visit.brand, keys, visit.reader)]
    path = unquote(urlsplit(ask.get("page", "")[:1000]).path)
    words = [
        word for word in _WORD.findall(f"{ask.get('title', '')[:200]} {path}") if word.lower() not in _PLAIN
    ]
    found = look(visit, " ".join(words)[:200], most=BY_PAGE) if words else None
    return list(found.hits) if found and found.sure else []


def _hit(visit: Visit, one: Listed) -> Hit:
    return Hit(one.title, one.summary, visit.to(one.article.key), one.language, one.fallback)


def _open(visit: Visit, response: HttpResponse) -> HttpResponse:
    """What everybody may read, a shop's page may read, too."""
    response["Access-Control-Allow-Origin"] = "*"
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    response["Cache-Control"] = "public, max-age=300"
    return packed(visit.request, response)


@require_safe
@at_help
def block(visit: Visit) -> HttpResponseBase:
    """Return a piece of HTML without script, style or picture: for a shop's page, and its mail."""
    try:
        check_pace(visit, BLOCKS)
    except TooFast as fast:
        return HttpResponse(str(fast), status=429, content_type="text/plain; charset=utf-8")
    facts = {"visit": visit, "brand": visit.brand, "hits": _asked(visit), "base": visit.base}
    return _open(visit, render(visit.request, "portal/help/block.html", facts))


@require_safe
@at_help
def facts(visit: Visit) -> HttpResponseBase:
    """Return the same as JSON: title, language, dir, more, items of title, summary, url, language."""
    try:
        check_pace(visit, BLOCKS)
    except TooFast as fast:
        return JsonResponse({"detail": str(fast)}, status=429)
    items = [
        {
            "title": one.title,
            "summary": one.passage,
            "url": f"{visit.base}{one.path}",
            "language": one.language,
            "dir": tags.direction(one.language),
        }
        for one in _asked(visit)
    ]
    said = {
        "title": _("Help on this page"),
        "language": visit.locale,
        "dir": tags.direction(visit.locale),
        "more": {"title": _("All help"), "url": f"{visit.base}{visit.to()}"},
        "items": items,
    }
    return _open(visit, JsonResponse(said, json_dumps_params={"ensure_ascii": False}))


@require_safe
@at_help
def script(visit: Visit) -> HttpResponseBase:
    """Return the script that puts the block where its own tag stands."""
    said = files(__package__).joinpath("embed.js").read_text("utf-8")
    response = HttpResponse(said, content_type="text/javascript; charset=utf-8")
    response["X-Content-Type-Options"] = "nosniff"
    return _open(visit, response)

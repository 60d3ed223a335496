"""What is new in a help centre, as a JSON Feed (jsonfeed.org, version 1.1) for each language and market."""

import json
from collections.abc import Mapping
from typing import Any, Final

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from dragoman.core.knowledge.addresses import help_path
from dragoman.core.knowledge.models import ArticleText
from dragoman.core.knowledge.published import newest
from dragoman.core.knowledge.queries import name_for
from dragoman.core.knowledge.reading import page_of

from .door import Visit, at_help, packed

EACH: Final = 50
MOST_PAGES: Final = 10_000


@require_safe
@at_help
def feed(visit: Visit) -> HttpResponseBase:
    """Answer with articles in this language, the newest first, fifty to the page."""
    said = visit.request.GET.get("page", "1")
    number = min(int(said), MOST_PAGES) if said.isascii() and said.isdigit() and int(said) else 1
    start = (number - 1) * EACH
    texts = newest(visit.brand, visit.language, visit.market, start=start, most=EACH + 1)
    home = f"{visit.base}{visit.to()}"
    facts: dict[str, Any] = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": _("Help by %(brand)s") % {"brand": visit.brand.name},
        "home_page_url": home,
        "feed_url": f"{home}feed.json" + (f"?page={number}" if number > 1 else ""),
        "language": visit.place,
        "authors": [{"name": visit.brand.name, "url": home}],
        "items": [_item(visit, one) for one in texts[:EACH]],
    }
    if len(texts) > EACH:
        facts["next_url"] = f"{home}feed.json?page={number + 1}"
    body = json.dumps(facts, ensure_ascii=False)
    response = HttpResponse(body, content_type="application/feed+json; charset=utf-8")
    response["Cache-Control"] = "public, max-age=60"
    response["Access-Control-Allow-Origin"] = "*"
    return packed(visit.request, response)


def _item(visit: Visit, text: ArticleText) -> Mapping[str, Any]:
    wording = text.live
    assert wording is not None
    path = help_path(visit.brand.slug, text.language, text.article.key, market=text.market)
    shown = page_of(wording.body, brand=visit.brand, language=text.language, market=visit.market)
    category = text.article.category
    item: dict[str, Any] = {
        "id": f"{visit.base}{path}",
        "url": f"{visit.base}{path}",
        "title": wording.title,
        "content_html": shown.html,
        "date_published": (text.published_at or wording.written_at).isoformat(),
        "date_modified": wording.written_at.isoformat(),
        "language": text.language,
    }
    if wording.summary:
        item["summary"] = wording.summary
    if category is not None:
        item["tags"] = [name_for(category, visit.reader)]
    return item

"""What search engines are told: every page of a help centre in all its languages, and where they may look."""

from collections.abc import Iterator, Sequence
from typing import Final
from xml.sax.saxutils import escape

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from dragoman.core.accounts.models import Brand
from dragoman.core.accounts.queries import find_brand
from dragoman.core.knowledge.addresses import help_path, place_of
from dragoman.core.knowledge.models import Article
from dragoman.core.knowledge.published import public_part, public_starts
from dragoman.core.knowledge.queries import categories_of
from dragoman.kit.workspace import acting_in

from .domain import brand_at
from .door import base_of, packed, spoken_at

# a part may hold 50,000 addresses (sitemaps.org): as many articles in 40 languages
EACH: Final = 1000
_HEAD: Final = '<?xml version="1.0" encoding="UTF-8"?>\n'
_NAMES: Final = (
    'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml"'
)
# the desk is nobody's to find, the help centre everybody's; what a search found is no page of its own
ROBOTS: Final = """User-agent: *
Allow: /help/
Disallow: /help/*/search
Disallow: /help/*/instant
Allow: /static/
Disallow: /
"""
Place = tuple[str, str]


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Tell robots where they may look."""
    slug = brand_at(request)
    more = f"Sitemap: https://{request.get_host()}/help/{slug}/sitemap.xml\n" if slug else ""
    return HttpResponse(ROBOTS + more, content_type="text/plain; charset=utf-8")


@require_safe
def sitemap(request: HttpRequest, brand: str, part: int = 0) -> HttpResponse:
    """Answer with the list of parts, or with one of them."""
    found = find_brand(brand)
    if found is None:
        return HttpResponse(status=404)
    with acting_in(found.workspace_id):
        starts = public_starts(found, each=EACH)
        if part > len(starts):
            return HttpResponse(status=404)
        base = base_of(request, found)
        said = _part(found, base, part, starts[part - 1]) if part else _index(found, base, len(starts))
    response = HttpResponse(_HEAD + said, content_type="application/xml; charset=utf-8")
    response["Cache-Control"] = "public, max-age=600"
    return packed(request, response)


def _index(brand: Brand, base: str, parts: int) -> str:
    address = escape(f"{base}/help/{brand.slug}/sitemap")
    lines = "".join(f"<sitemap><loc>{address}-{at}.xml</loc></sitemap>" for at in range(1, parts + 1))
    return f"<sitemapindex {_NAMES}>{lines}</sitemapindex>\n"


def _part(brand: Brand, base: str, part: int, after: int) -> str:
    lines = list(_shelves(brand, base)) if part == 1 else []
    for article in public_part(brand, after=after, most=EACH):
        lines += _article(brand, base, article)
    return f"<urlset {_NAMES}>\n{''.join(lines)}</urlset>\n"


def _shelves(brand: Brand, base: str) -> Iterator[str]:
    places = [one for one in spoken_at(brand) if not one[1]]
    paths = ["", *(f"topics/{one.key}/" for one in categories_of(brand.workspace_id, brand_id=brand.pk))]
    for path in paths:
        pairs = [
            (place_of(*one), f"{base}{help_path(brand.slug, one[0], market=one[1])}{path}") for one in places
        ]
        yield from _entries(pairs)


def _article(brand: Brand, base: str, article: Article) -> Iterator[str]:
    live = [one for one in article.texts.all() if one.live is not None]
    pairs, changed = [], []
    for one in live:
        address = f"{base}{help_path(brand.slug, one.language, article.key, market=one.market)}"
        pairs.append((place_of(one.language, one.market), address))
        changed.append(one.published_at.date().isoformat() if one.published_at else "")
    yield from _entries(pairs, changed)


def _entries(pairs: Sequence[Place], changed: Sequence[str] = ()) -> Iterator[str]:
    """Yield an entry for each address, which names all the others (and itself) as the same in their languages."""
    links = "".join(
        f'<xhtml:link rel="alternate" hreflang="{escape(place)}" href="{escape(address)}"/>'
        for place, address in pairs
    )
    for at, (_place, address) in enumerate(pairs):
        day = changed[at] if changed else ""
        last = f"<lastmod>{day}</lastmod>" if day else ""
        yield f"<url><loc>{escape(address)}</loc>{last}{links}</url>\n"

"""Which questions there are, for search engines: those that have an answer."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from dragoman.core.accounts.queries import find_brand
from dragoman.front.portal.returns.door import gone
from dragoman.kit.workspace import acting_in
from dragoman.service.community.addresses import thread_path
from dragoman.service.community.queries import community_of, newest, threads_of

_MOST = 20_000


@require_safe
def sitemap(request: HttpRequest, brand: str) -> HttpResponse:
    """List public questions with the day something happened in them last, each in its own language."""
    found = find_brand(brand)
    if found is None:
        return gone(request)
    with acting_in(found.workspace_id):
        if not community_of(found).is_on:
            return gone(request)
        rows = newest(threads_of(found.workspace_id, found.pk).filter(answers__gt=0))
        places = [
            (thread_path(found.slug, language, pk), at)
            for pk, language, at in rows.values_list("pk", "language", "last_at")[:_MOST]
        ]
    base = f"{request.scheme}://{request.get_host()}"
    made = render(
        request,
        "portal/community/sitemap.xml",
        {"base": base, "places": places},
        content_type="application/xml",
    )
    made["Cache-Control"] = "public, max-age=3600"
    return made

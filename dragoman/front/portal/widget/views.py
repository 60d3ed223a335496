"""Serves `/widget.js`."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.views.decorators.http import require_safe

from dragoman.front.portal.widget.script import assemble, widget_script

# A shop's pages keep it for an hour and then ask with the ETag; a new version is everywhere within a day.
KEEP = "public, max-age=3600, stale-while-revalidate=86400"


@require_safe
def widget(request: HttpRequest) -> HttpResponse:
    """Answer with the widget's script, gzipped where the browser takes it; 304 when it has this version."""
    script = assemble() if settings.DEBUG else widget_script()
    packed = "gzip" in request.headers.get("Accept-Encoding", "")
    etag = script.etag[:-1] + '-gzip"' if packed else script.etag
    known = {tag.strip().removeprefix("W/") for tag in request.headers.get("If-None-Match", "").split(",")}
    response: HttpResponse
    if etag in known:
        response = HttpResponseNotModified()
    else:
        response = HttpResponse(
            script.gzipped if packed else script.body, content_type="text/javascript; charset=utf-8"
        )
        if packed:
            response["Content-Encoding"] = "gzip"
    response["ETag"] = etag
    response["Cache-Control"] = KEEP
    response["Vary"] = "Accept-Encoding"
    response["Access-Control-Allow-Origin"] = "*"
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    response["X-Content-Type-Options"] = "nosniff"
    return response

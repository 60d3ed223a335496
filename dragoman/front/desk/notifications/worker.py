"""`/push-worker.js`: the service worker that shows pushes. It keeps no page and answers no request of the console."""

from pathlib import Path

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

SCRIPT = Path(__file__).resolve().parent / "push-worker.js"


@require_safe
def push_worker(request: HttpRequest) -> HttpResponse:
    """Serve the worker from the root, so that its scope is the whole console; browsers ask for it at each look."""
    answer = HttpResponse(SCRIPT.read_bytes(), content_type="text/javascript; charset=utf-8")
    answer.headers["Cache-Control"] = "no-cache"
    answer.headers["Service-Worker-Allowed"] = "/"
    answer.headers["Content-Security-Policy"] = "default-src 'none'; img-src 'self'"
    return answer

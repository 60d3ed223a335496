"""Who asks, in which workspace and language; and one place where a Refusal becomes an answer."""

import ipaddress
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone, translation
from django.utils.cache import patch_vary_headers

from dragoman.ground.design.functions import zone_of
from dragoman.kit import workspace
from dragoman.kit.errors import OutsideError, Refusal

from .seats import agent_of, note_seen

Handler = Callable[[HttpRequest], HttpResponse]


# doors that know their callers without a session; /static/ and /widget.js are the same for everybody
NO_SESSION = (
    "/api/",
    "/chat/",
    "/help/",
    "/healthz",
    "/readyz",
    "/metrics",
    "/hooks/",
    "/content/",
    "/static/",
    "/widget.js",
)


def _is_trusted(address: str) -> bool:
    try:
        peer = ipaddress.ip_address(address)
        return any(peer in ipaddress.ip_network(net, strict=False) for net in settings.TRUSTED_PROXIES)
    except ValueError:
        return False


def trusted_proxies(get_response: Handler) -> Handler:
    """Believe X-Forwarded-For and -Proto of the proxies in DRAGOMAN_TRUSTED_PROXIES, and of nobody else."""

    def handle(request: HttpRequest) -> HttpResponse:
        meta = request.META
        if settings.TRUSTED_PROXIES and _is_trusted(meta.get("REMOTE_ADDR", "")):
            chain = [part.strip() for part in meta.get("HTTP_X_FORWARDED_FOR", "").split(",") if part.strip()]
            while len(chain) > 1 and _is_trusted(chain[-1]):
                chain.pop()
            if chain:
                meta["REMOTE_ADDR"] = chain[-1]
                meta["dragoman.forwarded"] = True
            if meta.get("HTTP_X_FORWARDED_PROTO") == "https":
                meta["wsgi.url_scheme"] = "https"
        else:
            meta["dragoman.forwarded"] = meta.pop("HTTP_X_FORWARDED_FOR", None) is not None
            meta.pop("HTTP_X_FORWARDED_PROTO", None)
        return get_response(request)

    return handle


def acting_agent(get_response: Handler) -> Handler:
    """Find the agent of a session, act in their workspace, speak their language, keep their clock."""

    def handle(request: HttpRequest) -> HttpResponse:
        if request.path.startswith(NO_SESSION):
            return get_response(request)
        user = request.user if request.session.session_key else None
        agent = None
        if user is not None and user.is_authenticated:
            agent = agent_of(user, request.session.get("agent"))
        request.agent = agent  # type: ignore[attr-defined]
        if agent is not None:
            note_seen(agent)
        language = agent.ui_language if agent else translation.get_language_from_request(request)
        token = workspace.enter(agent.workspace_id if agent else None)
        try:
            with (
                translation.override(language),
                timezone.override(zone_of(agent.time_zone) if agent else None),
            ):
                response = get_response(request)
        finally:
            workspace.leave(token)
        response.headers.setdefault("Content-Language", language)
        patch_vary_headers(response, ["Cookie", "Accept-Language"])
        return response

    return handle


def problem(refusal: Refusal) -> JsonResponse:
    """Return a Refusal as RFC 9457 problem+json."""
    body = {
        "type": "about:blank",
        "title": str(refusal.message),
        "status": refusal.status,
        "code": refusal.code,
        **refusal.details,
    }
    return JsonResponse(body, status=refusal.status, content_type="application/problem+json")


def refusal_page(request: HttpRequest, message: str, *, status: int, title: str = "") -> HttpResponse:
    """Return the page that says no, or what went wrong, and where to go."""
    context = {
        "title": title or translation.gettext("That did not work"),
        "message": message,
        "status": status,
    }
    return render(request, "design/refusal.html", context, status=status)


def wants_json(request: HttpRequest) -> bool:
    """Say whether a program asks."""
    return request.path.startswith(("/api/", "/chat/", "/hooks/")) or request.accepts("text/html") is False


class _Refusals:
    """Turns what a view raised into an answer for its asker."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer a Refusal or a vendor's trouble; anything else is ours and goes on."""
        if isinstance(exception, OutsideError):
            status = 502 if exception.permanent else 503
            exception = Refusal(
                translation.gettext("A service outside does not answer. Try again in a moment."),
                code="outside",
                status=status,
            )
        if not isinstance(exception, Refusal):
            return None
        if wants_json(request):
            return problem(exception)
        return refusal_page(request, str(exception.message), status=exception.status)


refusals = _Refusals

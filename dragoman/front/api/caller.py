"""Who calls the API: the token, its workspace, its limits, and answers that are given again."""

import hashlib
import time
from collections.abc import Callable
from datetime import timedelta

from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from dragoman.core.accounts.queries import TokenHolder, find_token_holder
from dragoman.core.connections.models import StoredAnswer
from dragoman.kit import workspace
from dragoman.kit.errors import NotFound, Refusal

from .problems import problem_response

Handler = Callable[[HttpRequest], HttpResponse]
PREFIX = "/api/v1/"
OPEN = {"/api/v1/openapi.json", "/api/v1/docs"}
KEPT = timedelta(hours=24)
# a first call that neither answered nor is running any more (its process died): the key may be used again
STUCK = timedelta(minutes=2)


class Windows:
    """Counts calls per token and minute, in this process."""

    def __init__(self) -> None:
        self._minute = 0
        self._counts: dict[int, int] = {}

    def seconds_to_wait(self, holder: TokenHolder) -> int:
        """Count one call; return 0, or in how many seconds the next minute begins."""
        now = time.time()
        minute = int(now // 60)
        if minute != self._minute:
            self._minute, self._counts = minute, {}
        self._counts[holder.token_id] = self._counts.get(holder.token_id, 0) + 1
        return 0 if self._counts[holder.token_id] <= holder.requests_per_minute else 60 - int(now % 60)

    def headers(self, holder: TokenHolder) -> dict[str, str]:
        """Return how many calls a minute a token has here, and how many of them are left."""
        limit = holder.requests_per_minute
        left = max(0, limit - self._counts.get(holder.token_id, 0))
        return {"X-RateLimit-Limit": str(limit), "X-RateLimit-Remaining": str(left)}


windows = Windows()


def api_caller(get_response: Handler) -> Handler:
    """Let in who has a token; act in its workspace for the length of the call."""

    def handle(request: HttpRequest) -> HttpResponse:
        if not request.path.startswith(PREFIX) or request.path in OPEN:
            return get_response(request)
        scheme, _blank, token = request.META.get("HTTP_AUTHORIZATION", "").partition(" ")
        holder = find_token_holder(token.strip()) if scheme.lower() == "bearer" and token.strip() else None
        if holder is None:
            title = (
                "Send a valid token: Authorization: Bearer <token> (make one with `dragoman token create`)."
            )
            response = problem_response(401, "unauthorized", title)
            response.headers["WWW-Authenticate"] = "Bearer"
            return response
        wait = windows.seconds_to_wait(holder)
        if wait:
            response = problem_response(429, "too_many_requests", f"Too many calls: go on in {wait} s.")
            response.headers["Retry-After"] = str(wait)
            return _counted(response, holder)
        request.caller = holder  # type: ignore[attr-defined]
        acting = workspace.enter(holder.workspace_id)
        try:
            response = _in_one_form(_answer(request, holder, get_response))
            return _counted(response, holder)
        finally:
            workspace.leave(acting)

    return handle


def _counted(response: HttpResponse, holder: TokenHolder) -> HttpResponse:
    """Say in an answer how many calls are left."""
    for name, value in windows.headers(holder).items():
        response.headers[name] = value
    return response


def _in_one_form(response: HttpResponse) -> HttpResponse:
    """Give the framework's own refusals (405) the form of all others."""
    if response.status_code != 405:
        return response
    problem = problem_response(405, "method_not_allowed", "This address does not take that method.")
    problem.headers["Allow"] = response.headers.get("Allow", "")
    return problem


def _answer(request: HttpRequest, holder: TokenHolder, get_response: Handler) -> HttpResponse:
    scope = request.path.removeprefix(PREFIX).partition("/")[0]
    if not holder.may(scope):
        return problem_response(403, "out_of_scope", f"This token does not reach “{scope}”.")
    if "\x00" in request.path:
        # PostgreSQL cannot hold it, so nothing is called so
        return problem_response(NotFound.status, NotFound.code, _("There is nothing at this address."))
    key = request.META.get("HTTP_IDEMPOTENCY_KEY", "")
    if request.method != "POST" or not key:
        return get_response(request)
    if len(key) > 255 or not key.isprintable():
        return problem_response(
            422, "bad_idempotency_key", "An Idempotency-Key has 1 to 255 printable characters."
        )
    return _once(request, holder, key, get_response)


def _once(request: HttpRequest, holder: TokenHolder, key: str, get_response: Handler) -> HttpResponse:
    digest = hashlib.sha256(request.get_full_path().encode() + b"\n" + request.body).hexdigest()
    try:
        claimed = _claim(holder, key, digest)
    except Refusal as refusal:
        answer = problem_response(refusal.status, refusal.code, str(refusal))
        if refusal.status == 409:
            answer.headers["Retry-After"] = "1"
        return answer
    if claimed.status:
        answer = HttpResponse(claimed.body, status=claimed.status, content_type="application/json")
        if claimed.status >= 400:
            answer.headers["Content-Type"] = "application/problem+json"
        answer.headers["Idempotent-Replayed"] = "true"
        return answer
    response = get_response(request)
    mine = StoredAnswer.objects.filter(pk=claimed.pk)
    if response.status_code >= 500 or response.status_code == 429 or response.streaming:
        mine.delete()
    else:
        mine.update(status=response.status_code, body=response.content.decode())
    return response


def _claim(holder: TokenHolder, key: str, digest: str) -> StoredAnswer:
    """Take the key, or return the answer it has; Refusal for another body, or while the first call runs."""
    mine = StoredAnswer.objects.filter(
        workspace_id=holder.workspace_id, caller=f"token:{holder.token_id}", key=key
    )
    now = timezone.now()
    mine.filter(at__lt=now - KEPT).delete()
    mine.filter(status=0, at__lt=now - STUCK).delete()
    try:
        with transaction.atomic():
            return StoredAnswer.objects.create(
                workspace_id=holder.workspace_id,
                caller=f"token:{holder.token_id}",
                key=key,
                request_hash=digest,
                status=0,
                body="",
            )
    except IntegrityError:
        found = mine.get()
    if found.request_hash != digest:
        raise Refusal(
            "This Idempotency-Key was used for another request: take a new key.",
            code="key_reused",
            status=422,
        )
    if not found.status:
        raise Refusal("The first call with this key is still running.", code="in_progress", status=409)
    return found

"""The door of every chat endpoint: which brand, origin and language, and errors as problem documents."""

import functools
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from pydantic import BaseModel, ValidationError

from dragoman.core.accounts.models import Brand
from dragoman.core.accounts.queries import find_brand
from dragoman.front.portal.chat.limits import JSON_BYTES, TooLarge
from dragoman.front.portal.languages import language_asked
from dragoman.ground.channels.chat import Session, read_session
from dragoman.kit.errors import Forged, NotFound, Refusal
from dragoman.kit.memo import Memo
from dragoman.kit.workspace import acting_in

Body = TypeVar("Body", bound=BaseModel)
_brands: Memo[str, Brand] = Memo(seconds=5)


@dataclass(frozen=True)
class Caller:
    """Who is at the door: the brand asked for, and the address the request came from."""

    brand: Brand
    address: str


View = Callable[[HttpRequest, Caller], HttpResponse]


def chat_door(method: str) -> Callable[[View], Callable[..., HttpResponse]]:
    """Wrap a view of one brand's chat: it acts in the brand's workspace and answers any allowed origin.

    No cookie is read or set, so that cross-origin calls need no credentials and no CSRF token.
    """

    def wrap(view: View) -> Callable[..., HttpResponse]:
        @csrf_exempt
        @functools.wraps(view)
        def opened(request: HttpRequest, brand: str) -> HttpResponse:
            with translation.override(language_asked(request)):
                origin = ""
                try:
                    found = _get_brand(brand)
                    origin = _allowed_origin(request, found)
                    response = _answer(view, request, method=method, brand=found)
                except Refusal as refusal:
                    response = problem(refusal)
                return _open_to(response, origin)

        return opened

    return wrap


def _answer(view: View, request: HttpRequest, *, method: str, brand: Brand) -> HttpResponse:
    if request.method == "OPTIONS":
        return HttpResponse(status=204)
    if request.method != method:
        raise Refusal(_("This address does not take that."), code="method", status=405)
    with acting_in(brand.workspace_id):
        return view(request, Caller(brand, request.META.get("REMOTE_ADDR", "")))


def problem(refusal: Refusal) -> HttpResponse:
    """Return a refusal as application/problem+json (RFC 9457)."""
    facts = {**refusal.details, "type": "about:blank", "title": refusal.code, "status": refusal.status}
    body = {**facts, "code": refusal.code, "detail": str(refusal)}
    response = JsonResponse(body, status=refusal.status, content_type="application/problem+json")
    if "retry_after" in refusal.details:
        response["Retry-After"] = str(refusal.details["retry_after"])
    response["Cache-Control"] = "no-store"
    return response


def read_json(request: HttpRequest, kind: type[Body]) -> Body:
    """Read the body as `kind`; a Refusal names the field that is missing, unknown or wrong."""
    if int(request.META.get("CONTENT_LENGTH") or 0) > JSON_BYTES:
        raise TooLarge(_("This message is too long."), details={"limit": JSON_BYTES})
    try:
        return kind.model_validate_json(request.body)
    except ValidationError as wrong:
        first = wrong.errors()[0]
        field = ".".join(str(part) for part in first["loc"]) or "body"
        text = _("The field “{field}” is missing, unknown or wrong.").format(field=field)
        raise Refusal(
            text, code="wrong_field", status=422, details={"field": field, "reason": first["msg"]}
        ) from wrong


def session_of(request: HttpRequest, brand: Brand) -> Session:
    """Return the session in the Authorization header; raises Refusal 401 where it is missing or not ours."""
    scheme, _space, token = request.headers.get("Authorization", "").partition(" ")
    try:
        if scheme.lower() != "bearer":
            raise Forged("no session")
        return read_session(token.strip(), brand=brand.slug)
    except Forged as forged:
        text = _("This chat has ended. Please open it again.")
        raise Refusal(text, code="no_session", status=401) from forged


def _get_brand(slug: str) -> Brand:
    found = _brands.get(slug, lambda: find_brand(slug))
    if found is None:
        raise NotFound(_("There is no chat at this address."), code="unknown_brand")
    return found


def _allowed_origin(request: HttpRequest, brand: Brand) -> str:
    """Return the value for Access-Control-Allow-Origin; raises Refusal 403 for an origin not listed."""
    origin = request.headers.get("Origin", "")
    if not brand.allowed_origins:
        return "*"
    own = {_origin_of(settings.BASE_URL), f"{request.scheme}://{request.get_host()}"}
    allowed = {_origin_of(str(one)) for one in brand.allowed_origins} | own
    if origin and origin not in allowed:
        text = _("This page may not open the chat of {brand}.").format(brand=brand.name)
        raise Refusal(text, code="origin", status=403)
    return origin


def _origin_of(address: str) -> str:
    parts = urlsplit(address.strip().lower())
    return f"{parts.scheme}://{parts.netloc}"


def _open_to(response: HttpResponse, origin: str) -> HttpResponse:
    response["Vary"] = "Origin, Accept-Language"
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    if origin:
        response["Access-Control-Allow-Origin"] = origin
        response["Access-Control-Allow-Methods"] = "GET, POST"
        response["Access-Control-Allow-Headers"] = "authorization, content-type, accept-language"
        response["Access-Control-Expose-Headers"] = "Retry-After"
        response["Access-Control-Max-Age"] = "86400"
    return response


def reply(facts: dict[str, object], *, status: int = 200) -> HttpResponse:
    """Return facts as JSON that nothing in between may keep."""
    body = json.dumps(facts, ensure_ascii=False)
    response = HttpResponse(body, status=status, content_type="application/json")
    response["Cache-Control"] = "no-store"
    return response

"""Errors as `application/problem+json` (RFC 9457)."""

from json import JSONDecodeError
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from ninja import NinjaAPI, Schema
from ninja.errors import HttpError, ValidationError

from dragoman.kit.errors import OutsideError, Refusal


class Problem(Schema):
    """What went wrong; `code` is a stable word for programs, `errors` names fields."""

    type: str = "about:blank"
    title: str
    status: int
    code: str
    errors: list[dict[str, Any]] | None = None


ERRORS: dict[Any, Any] = {
    frozenset({400, 401, 403, 404, 409, 413, 422, 429, 502, 503}): Problem,
}


def problem_response(status: int, code: str, title: str, **more: Any) -> HttpResponse:
    """Return one problem."""
    body = {"type": "about:blank", "title": title, "status": status, "code": code, **more}
    return JsonResponse(body, status=status, content_type="application/problem+json")


def _place(loc: tuple[Any, ...]) -> str:
    """Name a field as a person would: `from.email`, `lines.0.sku`."""
    inner = [str(part) for part in loc[1:]]
    if loc and loc[0] == "body" and inner and inner[0] in {"data", "payload"}:
        inner = inner[1:]
    return ".".join(inner) or str(loc[0] if loc else "")


def _message(said: str) -> str:
    """Return what a shape of ours says as we wrote it."""
    return said.removeprefix("Value error, ").removeprefix("Assertion failed, ")


def _unread(cause: BaseException | None) -> str:
    """Say where a body stops being JSON, "" where that is not what is wrong."""
    if isinstance(cause, JSONDecodeError):
        return f"The body is no JSON: line {cause.lineno}, column {cause.colno}: {cause.msg}."
    return "The body is no JSON: it is not written in UTF-8." if isinstance(cause, UnicodeDecodeError) else ""


def install(api: NinjaAPI) -> None:
    """Answer every error of this API in one form."""

    @api.exception_handler(ValidationError)
    def invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
        errors = [
            {"field": _place(tuple(item["loc"])), "message": _message(item["msg"]), "type": item["type"]}
            for item in error.errors
        ]
        names = ", ".join(dict.fromkeys(str(item["field"]) for item in errors))
        title = f"The request does not fit: {names}."
        if any(item["type"] == "extra_forbidden" for item in errors):
            unknown = ", ".join(str(item["field"]) for item in errors if item["type"] == "extra_forbidden")
            title = f"Unknown field: {unknown}."
        return problem_response(422, "invalid", title, errors=errors)

    @api.exception_handler(Refusal)
    def refused(request: HttpRequest, error: Refusal) -> HttpResponse:
        return problem_response(error.status, error.code, str(error.message), **error.details)

    @api.exception_handler(OutsideError)
    def outside(request: HttpRequest, error: OutsideError) -> HttpResponse:
        response = problem_response(502 if error.permanent else 503, "outside", str(error))
        if error.retry_after:
            response.headers["Retry-After"] = str(int(error.retry_after))
        return response

    @api.exception_handler(HttpError)
    def plain(request: HttpRequest, error: HttpError) -> HttpResponse:
        code = {400: "bad_request", 404: "not_found", 405: "method_not_allowed"}.get(
            error.status_code, "refused"
        )
        return problem_response(error.status_code, code, _unread(error.__cause__) or str(error))

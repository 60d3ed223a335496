"""The API as its OpenAPI document tells it: the framework's, with what every operation of ours has besides."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.openapi.schema import OpenAPISchema

from .problems import problem_response

Run = Callable[..., HttpResponse]
PROBLEM = "application/problem+json"
_KEY = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": False,
    "description": "The same key and body within 24 hours give the first answer again.",
    "schema": {"type": "string", "minLength": 1, "maxLength": 255},
}


class Documented(NinjaAPI):
    """An API whose document names the media type of errors, 405, and the Idempotency-Key of every POST."""

    def get_openapi_schema(self, **options: Any) -> OpenAPISchema:
        """Return the document."""
        schema = super().get_openapi_schema(**options)
        for operations in schema["paths"].values():
            for method, operation in operations.items():
                _complete(method, operation)
        return schema


def _complete(method: str, operation: dict[str, Any]) -> None:
    responses = operation["responses"]
    for status, response in responses.items():
        if int(status) >= 400 and "application/json" in response.get("content", {}):
            response["content"][PROBLEM] = response["content"].pop("application/json")
    if 422 in responses:
        responses[405] = {**responses[422], "description": "Method Not Allowed"}
    if method == "post":
        operation.setdefault("parameters", []).append(_KEY)


def declared_only(run: Run) -> Run:
    """Refuse a query parameter that the operation does not have: a filter misspelt would find everything."""
    models = run.__self__.models  # type: ignore[attr-defined]
    known = {
        name
        for model in models
        if model.__ninja_param_source__ == "query"
        for name in model.__ninja_flatten_map__
    }

    @wraps(run)
    def checked(request: HttpRequest, *args: Any, **words: Any) -> HttpResponse:
        unknown = sorted(set(request.GET) - known)
        if not unknown:
            return run(request, *args, **words)
        errors = [
            {"field": name, "message": "There is no such parameter.", "type": "extra_forbidden"}
            for name in unknown
        ]
        title = f"Unknown parameter: {', '.join(unknown)[:200]}."
        return problem_response(422, "invalid", title, errors=errors)

    return checked

"""The API, put together: one router a noun, one form of error, OpenAPI at /api/v1/openapi.json."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from ninja import NinjaAPI
from ninja.openapi.docs import DocsBase
from ninja.parser import Parser
from ninja.security import HttpBearer

from dragoman.kit.address import clean

from . import (
    about,
    answers,
    approvals,
    article_categories,
    article_files,
    articles,
    assistance,
    bot,
    bulk,
    commerce,
    community,
    conversations,
    customers,
    delivery_promise,
    disputes,
    engines,
    followers,
    glossary,
    hours,
    landed,
    language,
    learning,
    macros,
    market_changes,
    markets,
    masking,
    memory,
    merging,
    messages,
    metrics,
    order_actions,
    orders,
    parcel_files,
    parcels,
    people,
    problems,
    replies,
    research,
    return_photos,
    return_places,
    return_policies,
    return_steps,
    return_ways,
    returns,
    review,
    saved,
    segments,
    shops,
    surveys,
    texts,
    tone,
    tools,
    transcript,
)
from .document import Documented, declared_only


def _cleaned(value: Any) -> Any:
    """Drop what PostgreSQL cannot hold (NUL, lone surrogates) from every text, however deep."""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, dict):
        return {_cleaned(key): _cleaned(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_cleaned(inner) for inner in value]
    return value


class Texts(Parser):
    """Reads bodies and queries, and drops from every text what no database can hold."""

    def parse_body(self, request: HttpRequest) -> Any:
        """Return the body's JSON, cleaned."""
        return _cleaned(super().parse_body(request))

    def parse_querydict(self, data: Any, list_fields: list[str], request: HttpRequest) -> Any:
        """Return the query's fields, cleaned."""
        return _cleaned(super().parse_querydict(data, list_fields, request))


class Pages(DocsBase):
    """The readable documents of the API: Swagger UI from our own address, under our own policy."""

    def render_page(self, request: HttpRequest, api: NinjaAPI, **kwargs: Any) -> HttpResponse:
        """Return the page."""
        settings = {"url": self.get_openapi_url(api, kwargs), "layout": "BaseLayout", "deepLinking": True}
        return render(request, "api/docs.html", {"swagger": settings})


class Token(HttpBearer):
    """The middleware has checked the token; this only writes it into the OpenAPI document."""

    def __call__(self, request: HttpRequest) -> Any:
        """Return who calls."""
        return getattr(request, "caller", None)

    def authenticate(self, request: HttpRequest, token: str) -> Any:
        """Return who calls."""
        return getattr(request, "caller", None)


api = Documented(
    title="Dragoman",
    version="1",
    description="Customer service in every customer's language. See docs/integrators.md.",
    auth=Token(),
    parser=Texts(),
    docs=Pages(),
    docs_url="/docs",
    openapi_url="/openapi.json",
    urls_namespace="api",
)
api.add_decorator(declared_only, mode="view")
for noun in (
    bulk,
    saved,
    messages,
    conversations,
    replies,
    merging,
    transcript,
    followers,
    customers,
    about,
    segments,
    people,
    language,
    masking,
    engines,
    tone,
    metrics,
    glossary,
    memory,
    macros,
    texts,
    answers,  # its search goes before an article of any key
    article_categories,
    article_files,
    articles,
    learning,
    assistance,
    markets,
    market_changes,
    research,
    hours,
    review,
    orders,
    parcel_files,
    parcels,
    order_actions,
    commerce,  # its number may hold a slash, so what stands under an order goes before
    shops,
    surveys,
    return_places,
    return_policies,
    returns,
    return_photos,
    return_steps,
    return_ways,
    landed,
    delivery_promise,
    approvals,
    disputes,
    tools,
    bot,
    community,
):
    api.add_router("", noun.router)
problems.install(api)

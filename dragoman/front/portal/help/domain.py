"""A brand's own host name: its first page is the help centre's."""

from collections.abc import Callable, Mapping

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from dragoman.core.accounts.help import domains
from dragoman.kit.memo import Memo

Handler = Callable[[HttpRequest], HttpResponse]
_domains: Memo[str, Mapping[str, str]] = Memo(seconds=30)


def brand_at(request: HttpRequest) -> str:
    """Return the slug of the brand whose own host name was asked, "" where it is nobody's."""
    host = request.get_host().partition(":")[0].lower()
    if (
        settings.BASE_URL
        and host == settings.BASE_URL.partition("://")[2].partition(":")[0].partition("/")[0]
    ):
        return ""
    return (_domains.get("all", domains) or {}).get(host, "")


def help_domain(get_response: Handler) -> Handler:
    """Lead from the first page of a brand's own host name to its help centre; every other page is as everywhere."""

    def handle(request: HttpRequest) -> HttpResponse:
        if request.path_info == "/" and (slug := brand_at(request)):
            return redirect("help_start", slug)
        return get_response(request)

    return handle

"""The request as the console's views see it: with the agent who looks."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse

from dragoman.core.accounts.models import Agent


class AgentRequest(HttpRequest):
    """A request of somebody who is logged in; the middleware put `agent` there."""

    agent: Agent


def wants_fragment(request: HttpRequest) -> bool:
    """Say whether a script asked that can take parts of the page (htmx says so in a header)."""
    return request.headers.get("HX-Request") == "true"


def number_in(request: HttpRequest, name: str) -> int:
    """Return the number of a field, with or without its #; 0 for what is none."""
    given = (request.POST if request.method == "POST" else request.GET).get(name, "").strip().lstrip("#")
    return int(given) if given.isascii() and given.isdigit() and len(given) < 19 else 0


View = Callable[..., HttpResponseBase]


def agents_only(view: View) -> View:
    """Send whoever is not logged in to the log-in, and tell a log-in without a seat whom to ask."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if getattr(request, "agent", None) is not None:
            return view(request, *args, **kwargs)
        if request.user.is_authenticated:
            return render(request, "desk/no_seat.html", status=403)
        if wants_fragment(request):
            # a script follows this header with a whole page
            return HttpResponse(status=401, headers={"HX-Redirect": reverse("login")})
        return redirect_to_login(request.get_full_path(), reverse("login"))

    return guarded

"""The request as the console's views see it: with the agent who looks."""

from django.http import HttpRequest

from dragoman.core.accounts.models import Agent


class AgentRequest(HttpRequest):
    """A request of somebody who is logged in; the middleware put `agent` there."""

    agent: Agent


def wants_fragment(request: HttpRequest) -> bool:
    """Say whether a script asked that can take parts of the page (htmx says so in a header)."""
    return request.headers.get("HX-Request") == "true"

"""The front page of the settings."""

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from ..request import AgentRequest
from .places import show


@require_GET
def index(request: AgentRequest) -> HttpResponse:
    """Show where one can go."""
    return show(request, "index.html")

"""What every page of the knowledge base shows around its own matter."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from ..frame import frame
from ..request import AgentRequest
from .words import STATES


def show(
    request: AgentRequest, template: str, *, tab: str = "", status: int = 200, **matter: Any
) -> HttpResponse:
    """Render a page inside the console's frame; `tab` is the one that is lit."""
    context = frame(
        request, section="knowledge", tab=tab, may_lead=request.agent.can_lead, states=STATES, **matter
    )
    return render(request, f"desk/knowledge/{template}", context, status=status)

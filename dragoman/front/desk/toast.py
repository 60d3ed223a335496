"""What the page says after an action, and how it says no."""

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render

from dragoman.kit.errors import Refusal

from .request import AgentRequest, wants_fragment


@dataclass(frozen=True)
class Toast:
    """One sentence; `undo` is where its opposite is posted, with `fields`; it stays `seconds`."""

    text: str
    undo: str = ""
    fields: tuple[tuple[str, str], ...] = ()
    bad: bool = False
    seconds: int = 7


def refused(request: AgentRequest, refusal: Refusal) -> HttpResponse:
    """Answer a script with the refusal as a toast; everybody else gets the page the middleware makes."""
    if not wants_fragment(request):
        raise refusal
    return render(request, "desk/_toast.html", {"toast": Toast(str(refusal), bad=True)}, status=409)

"""Deleting a customer: what would go, a typed confirmation, and then it goes in the background."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from dragoman.core.customers.actions import delete_customer
from dragoman.core.customers.queries import get_customer, kept_about
from dragoman.ground.design.functions import format_number
from dragoman.kit.text import is_same_name

from ..frame import frame
from ..request import AgentRequest
from ..words import Say


def _said(counts: dict[str, int]) -> list[str]:
    """Put what goes into words, what there is none of left out."""
    words = {
        "addresses": ngettext("%(count)s address", "%(count)s addresses", counts.get("addresses", 0)),
        "conversations": ngettext(
            "%(count)s conversation", "%(count)s conversations", counts.get("conversations", 0)
        ),
        "messages": ngettext(
            "%(count)s message, note or line of its history",
            "%(count)s messages, notes and lines of their history",
            counts.get("messages", 0),
        ),
        "files": ngettext("%(count)s file", "%(count)s files", counts.get("files", 0)),
        "community posts": ngettext(
            "%(count)s post in the community, which will name nobody",
            "%(count)s posts in the community, which will name nobody",
            counts.get("community posts", 0),
        ),
    }
    return [
        words.get(noun, "%(count)s " + noun) % {"count": format_number(count)}
        for noun, count in counts.items()
        if count
    ]


@require_http_methods(["GET", "POST"])
def delete(request: AgentRequest, customer_id: int) -> HttpResponse:
    """Show what would go, and let it go once the customer's name was typed."""
    if not request.agent.can_lead:
        raise PermissionDenied
    found = get_customer(request.agent.workspace_id, customer_id)
    called = Say.customer(found)
    typed = request.POST.get("name", "")
    if request.method == "POST" and is_same_name(typed, called):
        delete_customer(found, agent=request.agent)
        messages.success(
            request, _("The customer is deleted. What was kept about them goes now, in the background.")
        )
        return redirect("customers")
    context = {
        "customer": found,
        "called": called,
        "lines": _said(kept_about(found)),
        "typed": typed,
        "wrong": request.method == "POST",
        "title": called,
    }
    status = 422 if request.method == "POST" else 200
    return render(
        request, "desk/customer_delete.html", frame(request, section="customers", **context), status=status
    )

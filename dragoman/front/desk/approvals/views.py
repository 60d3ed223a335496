"""Approvals: what waits for me, decided with one tap; what I asked for; what was decided lately."""

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib import messages
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from dragoman.core.accounts.authority.actions.approvals import approve, decline, undo_decision
from dragoman.core.accounts.authority.queries import approvals_of, waiting_for
from dragoman.core.accounts.authority_models import ActionReason
from dragoman.core.accounts.models import Approval
from dragoman.core.commerce.models import OrderAction
from dragoman.ground.design.functions import format_money
from dragoman.kit.errors import NotFound, Refusal

from ..frame import frame
from ..request import AgentRequest

LATELY = 20


@dataclass(frozen=True)
class Line:
    """One request as the page shows it."""

    row: Approval
    may_undo: bool = False

    @property
    def money(self) -> str:
        """Write its amount, "" where none moves."""
        return format_money(self.row.amount, self.row.currency) if self.row.currency else ""

    @property
    def reason(self) -> str:
        """Return its reason in words."""
        known = self.row.reason in ActionReason.values
        return str(ActionReason(self.row.reason).label) if known else ""

    @property
    def path(self) -> str:
        """Return where what it is about is seen; an address of our own, whatever is stored."""
        path = str(self.row.facts.get("path", ""))
        return path if path.startswith("/") and not path.startswith("//") else ""


@require_GET
def approvals(request: AgentRequest) -> HttpResponse:
    """Show what waits for the agent, what they asked for, and what was decided lately."""
    agent = request.agent
    here = approvals_of(agent.workspace_id)
    lately = here.exclude(state=Approval.State.WAITING)
    if not agent.can_lead:
        lately = lately.filter(Q(requester_id=agent.pk) | Q(decided_by_id=agent.pk))
    rows = list(lately[:LATELY])
    undoable = {
        one.approval_id
        for one in OrderAction.objects.filter(
            workspace_id=agent.workspace_id, approval_id__in=[row.pk for row in rows]
        )
        if one.can_undo
    }
    context = {
        "title": _("Approvals"),
        "waiting": [Line(one) for one in waiting_for(agent)],
        "mine": [
            Line(one) for one in here.filter(requester_id=agent.pk, state=Approval.State.WAITING)[:LATELY]
        ],
        "lately": [
            Line(
                one,
                one.state == Approval.State.APPROVED and one.decided_by_id == agent.pk and one.pk in undoable,
            )
            for one in rows
        ],
    }
    return render(request, "desk/approvals/list.html", frame(request, section="approvals", **context))


_VERBS: dict[str, Callable[..., Approval]] = {"approve": approve, "decline": decline}


@require_POST
def decide(request: AgentRequest, approval_id: int, verb: str) -> HttpResponse:
    """Say yes or no, or take a yes back."""
    agent = request.agent
    try:
        if verb == "undo":
            undo_decision(agent.workspace_id, approval_id, agent=agent)
            messages.success(request, _("The yes is taken back: it waits again."))
        elif verb in _VERBS:
            _VERBS[verb](
                agent.workspace_id, approval_id, agent=agent, comment=request.POST.get("comment", "")
            )
            said = _("Approved. It can be taken back for a moment.") if verb == "approve" else _("Declined.")
            messages.success(request, said)
        else:
            raise NotFound
    except NotFound:
        raise
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return redirect("approvals")

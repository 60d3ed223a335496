"""Where a return stands, in plain words, with what happened; and calling it off while that is still possible."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.http import require_http_methods, require_POST

from dragoman.kit.errors import NotFound
from dragoman.service.returns.actions.requests import By
from dragoman.service.returns.actions.steps import cancel_return
from dragoman.service.returns.errors import BadStep
from dragoman.service.returns.finding import get_return
from dragoman.service.returns.models import Return, State
from dragoman.service.returns.queries import place_for
from dragoman.service.returns.states import can_become

from .door import Visit, at_portal, page, passed
from .shown import payer_words, ways_of
from .words import NEXT_STEP, STATES, WISHES

# what is told of a step's note: why something was refused was written to be told
_TOLD = frozenset([State.REJECTED])


@csrf_protect
@require_http_methods(["GET"])
@at_portal
def status(visit: Visit, return_id: int) -> HttpResponse:
    """Show one return of the order that this browser may see."""
    made = _mine(visit, return_id)
    if made is None:
        return redirect(visit.to("start"))
    return _show(visit, made)


@csrf_protect
@require_POST
@at_portal
def cancel(visit: Visit, return_id: int) -> HttpResponse:
    """Call a return off, while the goods are with the customer."""
    made = _mine(visit, return_id)
    if made is None:
        return redirect(visit.to("start"))
    try:
        cancel_return(visit.brand.workspace_id, made.pk, by=By("customer"))
    except BadStep:
        said = _("This return cannot be called off any more: the goods are on their way or here.")
        return _show(visit, made, problem=said)
    return redirect(visit.to("status", made.pk))


def _mine(visit: Visit, return_id: int) -> Return | None:
    """Return one of the passed order; raises NotFound for another order's; None without a pass."""
    order = passed(visit)
    if order is None:
        return None
    made = get_return(visit.brand.workspace_id, return_id)
    if made.order_id != order.pk:
        raise NotFound
    return made


def _show(visit: Visit, made: Return, *, problem: str = "") -> HttpResponse:
    lines = list(made.lines.all())
    return page(
        visit,
        "status.html",
        status=409 if problem else 200,
        made=made,
        problem=problem,
        state=STATES[made.state],
        next_step=NEXT_STEP[made.state],
        lines=lines,
        total=made.amount if made.amount is not None else sum(one.amount for one in lines),
        wish=WISHES[made.wish],
        way=next(iter(ways_of([made.method])), None),
        payer=payer_words(made.payer),
        steps=[
            (STATES[one.state], one.at, one.note if one.state in _TOLD else "") for one in made.events.all()
        ],
        zone=place_for(made.order).zone.key,
        may_cancel=can_become(made.state, State.CANCELLED),
    )

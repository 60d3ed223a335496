"""Where a return stands, in plain words, with what happened; and calling it off while that is still possible."""

from collections.abc import Sequence

from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.http import require_http_methods, require_POST

from dragoman.ground.files.store import open_file
from dragoman.kit.errors import NotFound
from dragoman.service.returns.actions.files import MOST
from dragoman.service.returns.actions.requests import By
from dragoman.service.returns.actions.steps import cancel_return
from dragoman.service.returns.errors import BadStep, ExchangedAlready
from dragoman.service.returns.finding import get_file, get_return
from dragoman.service.returns.models import FileKind, Return, State
from dragoman.service.returns.queries import place_for
from dragoman.service.returns.states import can_become

from .door import Visit, ask_again, at_portal, page, pass_of
from .photos import AT_ONCE, keep_photos
from .sending import sending
from .shown import money_told, payer_words, ways_of
from .words import STATES, WISHES, next_step

# what is told of a step's note: why something was refused was written to be told
_TOLD = frozenset([State.REJECTED])


@csrf_protect
@require_http_methods(["GET"])
@at_portal
def status(visit: Visit, return_id: int) -> HttpResponse:
    """Show one return of the order that this browser may see."""
    made = mine(visit, return_id)
    return ask_again(visit) if made is None else show(visit, made)


@csrf_protect
@require_POST
@at_portal
def cancel(visit: Visit, return_id: int) -> HttpResponse:
    """Call a return off, while the goods are with the customer."""
    made = mine(visit, return_id)
    if made is None:
        return ask_again(visit)
    try:
        cancel_return(visit.brand.workspace_id, made.pk, by=By("customer"))
    except (BadStep, ExchangedAlready):
        said = _("This return cannot be called off any more: the goods are on their way or here.")
        return show(visit, made, problems=[said], status=409)
    return redirect(visit.to("status", made.pk))


@csrf_protect
@require_POST
@at_portal
def photos(visit: Visit, return_id: int) -> HttpResponse:
    """Take more photos of what comes back; those that are none are named, and the others kept."""
    made = mine(visit, return_id)
    if made is None:
        return ask_again(visit)
    if made.closed_at is None:
        problems = keep_photos(visit, made)
        if problems:
            return show(visit, get_return(made.workspace_id, made.pk), problems=problems)
    return redirect(visit.to("status", made.pk))


@require_http_methods(["GET"])
@at_portal
def file(visit: Visit, return_id: int, file_id: int) -> HttpResponseBase:
    """Hand out a photo or label of one's own return."""
    made = mine(visit, return_id)
    if made is None:
        return ask_again(visit)
    found = get_file(made.workspace_id, made.pk, file_id)
    answer = FileResponse(open_file(found.file_key), content_type=found.media_type, filename=found.name)
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "private, no-store"
    return answer


def mine(visit: Visit, return_id: int) -> Return | None:
    """Return one of the passed order; raises NotFound for another order's, and for a gift's to who gave it; None
    without a pass."""
    seen = pass_of(visit)
    if seen is None:
        return None
    made = get_return(visit.brand.workspace_id, return_id)
    if made.order_id != seen.order.pk or made.gift != seen.gift:
        raise NotFound
    return made


def show(visit: Visit, made: Return, *, problems: Sequence[str] = (), status: int = 422) -> HttpResponse:
    """Show where a return stands, and what was not done just now."""
    lines, files = list(made.lines.all()), list(made.files.all())
    return page(
        visit,
        "status.html",
        status=status if problems else 200,
        made=made,
        problems=problems,
        state=STATES[made.state],
        next_step=next_step(made, made.state),
        photos=[one for one in files if one.kind == FileKind.PHOTO],
        labels=[one for one in files if one.kind == FileKind.LABEL],
        takes_photos=made.closed_at is None and len(files) < MOST,
        at_once=AT_ONCE,
        lines=lines,
        total=made.amount if made.amount is not None else sum(one.amount for one in lines),
        wish=WISHES[made.wish],
        way=next(iter(ways_of([made.method])), None),
        payer=payer_words(made.payer),
        money_told=money_told(made),
        steps=[
            (STATES[one.state], one.at, one.note if one.state in _TOLD else "") for one in made.events.all()
        ],
        zone=place_for(made.order).zone.key,
        may_cancel=can_become(made.state, State.CANCELLED) and made.exchange_id is None,
        **sending(made),
    )

"""The facts of returns that others may use, each declared once: what is on its way back, and what may still go."""

from datetime import date

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from dragoman.core.commerce.models import Order
from dragoman.core.commerce.order_facts import said_of
from dragoman.core.commerce.ports import About, Group, Kind, Trigger, fact
from dragoman.kit.money import Money

from .events import ReturnMoved, ReturnRequested
from .finding import returns_of
from .policy_models import Method
from .queries import quote_for
from .return_models import Return, State
from .states import VOID

_RETURN = Group.RETURN


def return_of(about: About) -> Return | None:
    """Return the return that is meant: the newest that was neither rejected nor taken back, else the newest."""

    def find() -> Return | None:
        rows = list(returns_of(about.order.workspace_id).filter(order_id=about.order.pk).order_by("-pk")[:20])
        return next((one for one in rows if one.state not in VOID), rows[0] if rows else None)

    found: Return | None = about.once("return", find)
    return found


@fact("return.number", _RETURN, Kind.CODE, _("Return number"), slot="code")
def _number(about: About) -> str | None:
    row = return_of(about)
    return row.number if row else None


@fact("return.status", _RETURN, Kind.STATE, _("Where the return stands"))
def _status(about: About) -> Promise | None:
    row = return_of(about)
    return State(row.state).label if row else None


@fact("return.items", _RETURN, Kind.LIST, _("What goes back"), slot="product")
def _items(about: About) -> list[str] | None:
    row = return_of(about)
    return [said_of(one.line, one.quantity) for one in row.lines.all()] if row else None


@fact("return.method", _RETURN, Kind.STATE, _("How it goes back"))
def _method(about: About) -> Promise | None:
    row = return_of(about)
    return Method(row.method).label if row else None


@fact("return.tracking", _RETURN, Kind.CODE, _("Tracking number of the return"), slot="tracking")
def _tracking(about: About) -> str | None:
    row = return_of(about)
    return (row.tracking_number if row else "") or None


@fact("return.label", _RETURN, Kind.LINK, _("Return label"), slot="url")
def _label(about: About) -> str | None:
    row = return_of(about)
    return row.label_url if row and row.label_url.startswith("https://") else None


@fact("return.refund", _RETURN, Kind.MONEY, _("Amount to be refunded for the return"), slot="amount")
def _refund(about: About) -> Money | None:
    row = return_of(about)
    return Money(row.amount, row.currency) if row and row.amount is not None else None


@fact("return.refund_due", _RETURN, Kind.DATE, _("Day by which the return is refunded"), slot="date")
def _refund_due(about: About) -> date | None:
    row = return_of(about)
    return row.refund_due_on if row and row.closed_at is None else None


@fact("return.window_end", _RETURN, Kind.DATE, _("Last day to send it back"), slot="date")
def _window_end(about: About) -> date | None:
    """The last day on which something of it may still be given back; none where that is over or never was."""
    said = about.once("quote", lambda: quote_for(about.order, at=about.at))
    ends = [one.until for one in said.answers if one.until]
    return max(ends, default=None)


@fact("return.link", _RETURN, Kind.LINK, _("Link to send something back"), slot="url")
def _link(about: About) -> str | None:
    return return_link(about.order)


def return_link(order: Order) -> str | None:
    """Return where a customer sends something of an order back; None where nobody said what our address is."""
    home = settings.BASE_URL.rstrip("/")
    return f"{home}/returns/{order.brand.slug}/" if home.startswith("http") else None


TRIGGERS = (
    Trigger("return_requested", _("A return was requested"), ReturnRequested, (_RETURN, Group.ORDER)),
    Trigger("return_changed", _("A return took a step"), ReturnMoved, (_RETURN, Group.ORDER, Group.PAYMENT)),
)

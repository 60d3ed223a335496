"""The day until which the law wants the money sent, of a stored return."""

from datetime import date, datetime

from dragoman.ground.markets.facts import RefundDeadline

from ..due import refund_due
from ..queries import law_told, place_for
from ..return_models import Kind, Return
from ..windows import Rest


def due_of(made: Return) -> date | None:
    """Return until when the money must be sent by the law of the buyer's country; only a withdrawal has such a day."""
    if made.kind != Kind.WITHDRAWAL:
        return None
    place = place_for(made.order, made.country)
    known = law_told(made.workspace_id, made.brand_id, made.country, on=made.order.placed_at.date())
    fact = known["refund_deadline"].holds if "refund_deadline" in known else None

    def day(moment: datetime | None) -> date | None:
        return place.day(moment) if moment else None

    return refund_due(
        fact.value if fact and isinstance(fact.value, RefundDeadline) else None,
        Rest(made.country, place.region),
        notice=place.day(made.notice_at),
        sent=day(made.sent_at),
        received=day(made.received_at),
    )

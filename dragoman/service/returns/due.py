"""Until when the money must be sent back by law, and what the seller owes for faults; pure."""

from dataclasses import dataclass
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

from dragoman.ground.markets.facts import Guarantee, RefundDeadline

from .windows import Rest

_DAY = timedelta(days=1)


def refund_due(
    law: RefundDeadline | None, rest: Rest, *, notice: date, sent: date | None, received: date | None
) -> date | None:
    """Return the last day to send the money; None: no law was read, or it may still wait for the goods.

    Where a shop may wait, it waits until it has the goods or proof that they were sent, whichever is earlier.
    """
    if law is None:
        return None
    if law.starts == "goods_back":
        return after(received, law.days, law.day_type, rest) if received else None
    due = after(notice, law.days, law.day_type, rest)
    if not law.may_wait_for_goods:
        return due
    known = min((one for one in (sent, received) if one), default=None)
    return max(due, known) if known else None


def after(event: date, days: int, day_type: str, rest: Rest) -> date:
    """Return the day so many days after an event, calendar days or days on which people work there."""
    if day_type == "calendar":
        return event + timedelta(days=days)
    day = event
    for _each in range(days):
        day += _DAY
        while not rest.is_working(day):
            day += _DAY
    return day


@dataclass(frozen=True)
class Duties:
    """What the seller owes for faults: `until` when (None: no fixed time), until when the seller has to prove that a
    fault was not there (`proof_until`), and the article. The seller pays for what a faulty thing costs to send."""

    form: str
    months: int | None
    until: date | None
    proof_until: date | None
    article: str
    payer: str = "seller"

    def is_over(self, day: date) -> bool:
        """Say whether the time is over; where there is no fixed one it never is by itself."""
        fixed = self.form in ("fixed", "at_least")
        return fixed and self.until is not None and day > self.until


def duties_of(law: Guarantee | None, article: str, delivered: date | None) -> Duties | None:
    """Return the seller's duties for goods delivered on a day; None where nobody read the law."""
    if law is None:
        return None

    def later(months: int | None) -> date | None:
        if delivered is None or not months:
            return None
        return delivered + relativedelta(months=months)  # type: ignore[no-untyped-call,no-any-return]

    return Duties(law.form, law.months, later(law.months), later(law.burden_months), article)

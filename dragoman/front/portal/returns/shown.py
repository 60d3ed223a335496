"""An order's lines and a quote as its customer reads them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dragoman.core.commerce.models import Order, OrderLine
from dragoman.ground.design.functions import format_date, format_money, format_number
from dragoman.ground.markets.arrival import arrives
from dragoman.ground.markets.official import is_official
from dragoman.service.returns.models import Return, State
from dragoman.service.returns.quoting import LAW, Answer, Quote

from .choice import Choice
from .words import CONDITIONS, METHODS, PAYERS, REASONS


@dataclass(frozen=True)
class Row:
    """A line with its answer: whether it may go back, why, until when, by which word."""

    line: OrderLine
    answer: Answer
    day: date
    open: bool

    @property
    def reason(self) -> str:
        """Say whether and why."""
        return str(REASONS[self.answer.reason])

    @property
    def conditions(self) -> list[str]:
        """Say what must stay so."""
        return [str(CONDITIONS[one]) for one in self.answer.conditions]

    @property
    def days_left(self) -> str:
        """Say how long it may still go back, "" without an end."""
        until = self.answer.until
        if until is None:
            return ""
        days = (until - self.day).days
        said = {"day": format_date(until), "days": format_number(days)}
        if days == 0:
            return _("Today is the last day.")
        return (
            ngettext("Until %(day)s: %(days)s day is left.", "Until %(day)s: %(days)s days are left.", days)
            % said
        )

    @property
    def source(self) -> str:
        """Say who gives the right and whose day it is; a policy's name is the shop's own, and not told."""
        answer = self.answer
        if not answer.source or answer.reason == "not_known":
            return ""
        if answer.basis != LAW:
            return _("By our own policy.")
        if answer.until_by == LAW or not (answer.law and answer.law.ends_on):
            return _("By law: %(name)s") % {"name": answer.source}
        said = {"day": format_date(answer.law.ends_on), "name": answer.source}
        return _("By law you have until %(day)s (%(name)s); by our own policy longer.") % said

    @property
    def link(self) -> str:
        """Return where the law can be read, of official addresses alone; "" without."""
        return self.answer.source_url if is_official(self.answer.source_url) else ""


def rows_of(order: Order, quote: Quote, *, fault: bool) -> list[Row]:
    """Return the lines as they can be chosen; something faulty of any line of which something is left."""
    lines = {one.pk: one for one in order.lines.all()}
    return [
        Row(
            lines[one.goods.line_id],
            one,
            quote.day,
            open=one.goods.left > 0 if fault else one.allowed and one.goods.left > 0,
        )
        for one in quote.answers
    ]


def ways_of(methods: Sequence[str]) -> list[tuple[str, str, str]]:
    """Return (code, name, what is to be done) of ways to send goods back."""
    return [(one, str(METHODS[one][0]), str(METHODS[one][1])) for one in methods if one in METHODS]


def payer_words(payer: str | None) -> str:
    """Say who pays for sending back, "" where nobody knows."""
    return str(PAYERS[payer]) if payer and payer in PAYERS else ""


@dataclass(frozen=True)
class Sums:
    """What comes back: for the goods, and for the delivery where all of the order goes back by law."""

    goods: int
    delivery: int

    @property
    def total(self) -> int:
        """Return both."""
        return self.goods + self.delivery


def sums_of(order: Order, quote: Quote, choice: Choice) -> Sums:
    """Return what a choice brings back (Directive 2011/83/EU Art. 13(1) for the delivery of a whole order)."""
    goods = sum(one.goods.value for one in quote.answers)
    whole = sum(line.quantity - line.cancelled for line in order.lines.all())
    lawful = all(one.basis == LAW for one in quote.answers) and not choice.fault
    all_of_it = lawful and sum(one.quantity for one in choice.taken) >= whole
    return Sums(goods, order.shipping_total if all_of_it else 0)


def money_words(order: Order, quote: Quote) -> list[str]:
    """Say when the money is sent, and when it is there, as far as law, policy and the way of paying tell."""
    said = []
    days = quote.refund_days
    if days is not None:
        said.append(sent_within(days, starts=quote.refund_starts, day_type=quote.refund_day_type))
        if quote.refund_waits:
            said.append(
                _("We may wait with it until the goods are here, or until you show that you sent them.")
            )
    paid = next(iter(order.payments.all()), None)
    if paid is None or not order.country:
        return said
    now = timezone.now()
    found = arrives(paid.method, order.country, now)
    if found.needs_details:
        said.append(_("It goes to a bank account: we ask you by mail for its number."))
    if found.latest is not None:
        most = max(0, (found.latest - now.date()).days)
        more = ngettext(
            "Once sent, it is usually there within %(days)s day.",
            "Once sent, it is usually there within %(days)s days.",
            most,
        )
        said.append(more % {"days": format_number(most)})
    return said


def sent_within(days: int, *, starts: str, day_type: str) -> str:
    """Say until when money is sent: `starts` is `notice` or `goods_back`, `day_type` calendar or business."""
    starts_back = starts == "goods_back"
    if days == 0:
        return (
            _("We send the money at once when the goods are here.")
            if starts_back
            else _("We send the money at once when you told us.")
        )
    working = day_type != "calendar"
    if starts_back and working:
        text = ngettext(
            "We send the money within %(days)s working day after the goods are here.",
            "We send the money within %(days)s working days after the goods are here.",
            days,
        )
    elif starts_back:
        text = ngettext(
            "We send the money within %(days)s day after the goods are here.",
            "We send the money within %(days)s days after the goods are here.",
            days,
        )
    elif working:
        text = ngettext(
            "We send the money within %(days)s working day after you told us.",
            "We send the money within %(days)s working days after you told us.",
            days,
        )
    else:
        text = ngettext(
            "We send the money within %(days)s day after you told us.",
            "We send the money within %(days)s days after you told us.",
            days,
        )
    return text % {"days": format_number(days)}


def goods_words(made: Return) -> list[str]:
    """Name what comes back, a line each."""
    return [f"{format_number(one.quantity)} × {one.line.title}" for one in made.lines.all()]


def money_told(made: Return) -> list[str]:
    """Say what was sent, and what of the goods' worth was not and why; of a gift nothing, its price is the giver's."""
    if made.gift:
        return []
    said = []
    if made.state == State.REFUNDED and made.amount is not None:
        said.append(_("We sent you %(amount)s.") % {"amount": format_money(made.amount, made.currency)})
    for one in made.lines.all():
        facts = {"goods": one.line.title, "why": one.deduction_reason}
        if one.accepted is not None and one.accepted < one.quantity:
            facts["count"] = format_number(one.quantity - one.accepted)
            said.append(_("Not taken back: %(count)s × %(goods)s.") % facts)
        if one.deduction:
            facts["amount"] = format_money(one.deduction, made.currency)
            said.append(_("We kept back %(amount)s for %(goods)s: %(why)s") % facts)
    return said

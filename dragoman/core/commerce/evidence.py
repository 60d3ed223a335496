"""The evidence of a dispute: the order, its parcels with proof of delivery, its money, and what other rooms know.

It is made anew each time, from what is known then, in English, which acquirers everywhere read; what people wrote
stays in their words. Only what the customer saw themselves is in it: no notes of the team.
"""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from django.utils import translation
from django.utils.translation import gettext as _

from dragoman.ground.design.functions import format_money
from dragoman.ground.design.paper import Paragraph, pdf_of
from dragoman.ground.providers.payments.ports import Evidence, Sent
from dragoman.ground.providers.statuses import ShipmentDetail, ShipmentStatus

from .models import Dispute, Order, Shipment, ShipmentEvent
from .ports import Chapter, witnesses
from .queries import order_by_id
from .wants import gone_of

LANGUAGE = "en"


@dataclass(frozen=True)
class Pack:
    """All that is known against a dispute, chapter by chapter."""

    dispute: Dispute
    order: Order | None
    chapters: Sequence[Chapter]

    def pdf(self) -> bytes:
        """Return it as a paper; raises NoFont."""
        found: list[Paragraph] = []
        for chapter in self.chapters:
            found += [Paragraph(chapter.title, LANGUAGE, "head"), *chapter.paragraphs]
        with translation.override(LANGUAGE):
            title = _("Evidence: dispute %(number)s") % {"number": self.dispute.external_id}
        return pdf_of(title, found, language=LANGUAGE)


def pack_of(dispute: Dispute) -> Pack:
    """Gather what is known about a dispute."""
    order = order_by_id(dispute.workspace_id, dispute.order_id) if dispute.order_id else None
    with translation.override(LANGUAGE):
        chapters = [_about(dispute)]
        if order is not None:
            chapters += [_bought(order), *_sent(order), *_given_back(order)]
            for _name, witness in sorted(witnesses.items()):
                chapters += witness.chapters(order)
    return Pack(dispute, order, chapters)


def evidence_of(dispute: Dispute) -> Evidence:
    """Return what is sent to the vendor; raises NoFont."""
    pack = pack_of(dispute)
    order = pack.order
    text = "\n".join(one.text for chapter in pack.chapters if chapter.is_ours for one in chapter.paragraphs)
    goods = ", ".join(f"{one.quantity} × {one.title}" for one in order.lines.all()) if order else ""
    policy = [one for chapter in pack.chapters if chapter.is_policy for one in chapter.paragraphs]
    return Evidence(
        # a new try after one that failed is a new word to the vendor
        key=f"dragoman-{dispute.workspace_id}-dispute-{dispute.pk}-{dispute.answer_tries}",
        text=text,
        parcels=[_parcel(one) for one in order.shipments.all()] if order else (),
        name=order.name if order else "",
        email=order.email if order else "",
        goods=goods,
        policy="\n".join(one.text for one in policy),
        paper=pack.pdf(),
    )


def hash_of(paper: bytes) -> str:
    """Return what tells a paper from another."""
    return hashlib.sha256(paper).hexdigest()


def _about(dispute: Dispute) -> Chapter:
    lines = [
        _("Amount in dispute: %(amount)s") % {"amount": format_money(dispute.amount, dispute.currency)},
        _("Reason given: %(reason)s") % {"reason": f"{dispute.reason} {dispute.code}".strip() or "-"},
        _("Opened: %(time)s") % {"time": _when(dispute.opened_at)},
        _("Payment: %(number)s") % {"number": dispute.payment or "-"},
    ]
    said = [Paragraph(dispute.statement, "", "ours")] if dispute.statement else []
    return Chapter(_("The dispute"), [*(Paragraph(one, LANGUAGE) for one in lines), *said], is_ours=True)


def _bought(order: Order) -> Chapter:
    lines = [
        _("Order %(number)s, placed %(time)s") % {"number": order.number, "time": _when(order.placed_at)},
        *(
            f"{one.quantity} × {one.title} {one.variant}".strip()
            + f" · {format_money(one.unit_price, order.currency)}"
            for one in order.lines.all()
        ),
        _("Shipping: %(amount)s") % {"amount": format_money(order.shipping_total, order.currency)},
        _("Charged in all: %(amount)s") % {"amount": format_money(order.total, order.currency)},
        _("Customer: %(name)s")
        % {"name": " · ".join(part for part in (order.name, order.email) if part) or "-"},
    ]
    if place := _place(order.shipping_address):
        lines.append(_("Sent to: %(place)s") % {"place": place})
    return Chapter(_("What was bought"), [Paragraph(one, LANGUAGE) for one in lines], is_ours=True)


def _place(address: dict[str, object]) -> str:
    lines = address.get("lines")
    parts = [address.get("name"), *(lines if isinstance(lines, list) else []), address.get("postcode")]
    parts += [address.get("city"), address.get("country")]
    return ", ".join(str(one) for one in parts if one)


def _sent(order: Order) -> Iterator[Chapter]:
    for parcel in order.shipments.all():
        lines = [
            _("Carrier and number: %(number)s")
            % {"number": f"{parcel.carrier} {parcel.tracking_number}".strip()}
        ]
        if parcel.shipped_at:
            lines.append(_("Handed over: %(time)s") % {"time": _when(parcel.shipped_at)})
        if parcel.delivered_at:
            lines.append(_("Delivered: %(time)s") % {"time": _when(parcel.delivered_at)})
        lines += [_event(one) for one in reversed(list(parcel.events.all()))]
        title = _("The parcel, and proof of delivery") if parcel.delivered_at else _("The parcel")
        yield Chapter(title, [Paragraph(one, LANGUAGE) for one in lines], is_ours=True)


def _event(one: ShipmentEvent) -> str:
    word = ShipmentDetail(one.detail).label if one.detail in ShipmentDetail.values else ""
    status = ShipmentStatus(one.status).label if one.status in ShipmentStatus.values else one.status
    return " · ".join(
        str(part) for part in (_when(one.at), word or status, one.place, one.country, one.text) if part
    )


def _given_back(order: Order) -> Iterator[Chapter]:
    rows = list(order.refunds.all())
    if not rows and not gone_of(order):
        return
    lines = [
        f"{_when(one.refunded_at)} · {format_money(one.amount, one.currency)} · {one.get_status_display()}"
        if one.refunded_at
        else f"{format_money(one.amount, one.currency)} · {one.get_status_display()}"
        for one in rows
    ]
    lines.append(
        _("Given back in all: %(amount)s") % {"amount": format_money(gone_of(order), order.currency)}
    )
    yield Chapter(_("What was given back"), [Paragraph(one, LANGUAGE) for one in lines], is_ours=True)


def _parcel(one: Shipment) -> Sent:
    return Sent(
        carrier=one.carrier,
        number=one.tracking_number,
        shipped_at=one.shipped_at,
        delivered_at=one.delivered_at,
    )


def _when(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y-%m-%d %H:%M} UTC"

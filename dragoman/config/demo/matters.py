"""What is under way with the orders of the demo: a parcel at customs, returns, a refund that waits for approval."""

import hashlib
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from dragoman.core.accounts.models import Agent, Brand
from dragoman.core.commerce.actions.asking import Asker, ask
from dragoman.core.commerce.actions.lateness import note_lateness
from dragoman.core.commerce.actions.parcels import take_parcel
from dragoman.core.commerce.models import Order
from dragoman.core.commerce.wants import Wanted
from dragoman.core.shipping.actions.tables import replace_rates, save_dispatch, save_terms
from dragoman.core.shipping.files import read_shipping
from dragoman.ground.providers.carriers.facts import EventFacts, ParcelFacts
from dragoman.ground.providers.statuses import ShipmentStatus
from dragoman.service.returns.actions.places import PlaceFacts, set_place
from dragoman.service.returns.actions.requests import AskedLine, By, Request, request_return
from dragoman.service.returns.actions.steps import Label, approve_return, receive_return, send_label


def pour_sending(workspace_id: int, data: Mapping[str, Any], brands: Mapping[str, Brand]) -> None:
    """Store how the brands send and where goods come back to."""
    how = data["sending"]
    for brand in brands.values():
        save_terms(workspace_id, agent=None, brand_id=brand.pk, sends_from=how["from"], ddp=(), registered=())
        save_dispatch(
            workspace_id,
            agent=None,
            brand_id=brand.pk,
            cut_off=how["cut_off"],
            handling_days=how["handling_days"],
        )
        rates = read_shipping(how["rates"].strip().encode())
        replace_rates(workspace_id, agent=None, brand_id=brand.pk, read=rates)
        for one in data["places"]:
            facts = PlaceFacts(**{**one, "name": f"{brand.name} {one['name']}"})
            set_place(workspace_id, agent=None, brand_id=brand.pk, facts=facts)


def pour_matters(
    workspace_id: int, data: Mapping[str, Any], agents: Mapping[str, Agent], *, now: datetime
) -> None:
    """Store what `data` says of orders that are mirrored already."""
    for one in data["orders"].values():
        if one.get("events"):
            take_parcel(workspace_id, facts=_parcel(one, now))
    note_lateness(workspace_id, now=now)
    known = {one.number: one for one in Order.objects.filter(workspace_id=workspace_id)}
    for one in data["returns"]:
        _return(workspace_id, known[one["order"]], one, agents[one["agent"]], now)
    for one in data["approvals"]:
        _refund(workspace_id, known[one["order"]], one, agents[one["agent"]])


def _parcel(one: Mapping[str, Any], now: datetime) -> ParcelFacts:
    events = [
        EventFacts(
            at=now - timedelta(days=step["days"]),
            status=ShipmentStatus(step["status"]),
            **{name: step[name] for name in ("detail", "text", "place", "country")},
        )
        for step in one["events"]
    ]
    return ParcelFacts(
        number=one["number"],
        carrier=one["carrier"],
        events=events,
        estimated_at=now - timedelta(days=one["expected"]),
        origin=events[0].country,
        destination=events[-1].country,
    )


def _return(workspace_id: int, order: Order, one: Mapping[str, Any], agent: Agent, now: datetime) -> None:
    line = AskedLine(sku=one["sku"], quantity=1, reason=one["why"])
    wish = Request(lines=[line], words=one.get("words", ""), at=now - timedelta(days=one["days"]))
    made = request_return(workspace_id, order_id=order.pk, request=wish, by=By("customer"))
    by = By("agent", agent)
    if label := one.get("label"):
        send_label(workspace_id, made.pk, by=by, label=Label(**label))
    else:
        approve_return(workspace_id, made.pk, by=by)
    if one.get("arrived"):
        receive_return(workspace_id, made.pk, by=by)


def _refund(workspace_id: int, order: Order, one: Mapping[str, Any], agent: Agent) -> None:
    key = hashlib.sha256(order.number.encode()).hexdigest()[:20]
    goods = [(line.pk, line.quantity) for line in order.lines.all()]
    ask(
        workspace_id,
        order.pk,
        asker=Asker(agent, f"demo:{key}", comment=one["comment"]),
        wanted=Wanted(kind="refund", reason=one["reason"], lines=goods),
    )

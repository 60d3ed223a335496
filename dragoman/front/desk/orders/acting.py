"""Doing something with an order: the sheet of an action, its preview, what was asked, taking it back."""

import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from dragoman.core.accounts.authority.verdicts import Ask, may
from dragoman.core.accounts.authority_models import ActionKind, ActionReason
from dragoman.core.commerce.actions.asking import Asker, Preview, ask, check_may_act, preview, undo
from dragoman.core.commerce.doers import can_of, offered
from dragoman.core.commerce.errors import BadWish, NotOffered
from dragoman.core.commerce.models import Order, OrderAction, OrderLine
from dragoman.core.commerce.queries import order_by_id
from dragoman.core.commerce.shelf import found_in
from dragoman.core.commerce.wants import Wanted, free_of
from dragoman.ground.design.functions import format_money
from dragoman.ground.providers.shops.ports import Can
from dragoman.kit.errors import Refusal
from dragoman.kit.money import to_minor

from ..frame import frame
from ..request import AgentRequest, wants_fragment
from ..toast import refused
from .saying import (
    KINDS_ICON,
    arrival,
    difference_words,
    lately_words,
    may_undo,
    told_of,
    tone_of,
    verdict_words,
)
from .shown import Shown

NEWEST = 5
SENDS = 3
_WITH_LINES = frozenset({"refund", "cancel", "reship", "duplicate", "exchange"})
_PARTS = ("name", "company", "postcode", "city", "region", "phone")


@dataclass(frozen=True)
class Row:
    """One action as the card shows it."""

    action: OrderAction
    tone: str
    words: str
    may_undo: bool

    @property
    def money(self) -> str:
        """Write its amount, "" where none moves."""
        return format_money(self.action.amount, self.action.currency) if self.action.amount else ""


def acts(request: AgentRequest, order: Order) -> dict[str, Any]:
    """Return what the card shows of actions: legal buttons, the newest actions, whether one is under way."""
    agent = request.agent
    rows = sorted(order.actions.all(), key=lambda one: -one.pk)[:NEWEST]
    kinds = list(offered(order)) if agent.can_reply else []
    return {
        "order": order,
        "buttons": [(kind, ActionKind(kind).label, KINDS_ICON[kind]) for kind in kinds],
        "rows": [Row(one, tone_of(one), told_of(one), may_undo(one, agent)) for one in rows],
        "busy": any(one.is_open for one in rows),
        "limits": _limits(request, order) if "refund" in kinds else [],
        "conversation": _conversation(request),
    }


def _conversation(request: AgentRequest) -> str:
    said = request.POST.get("conversation") or request.GET.get("conversation", "")
    return said if said.isascii() and said.isdigit() and len(said) < 19 else ""


def _limits(request: AgentRequest, order: Order) -> list[str]:
    """Say before the act how far one may go; nothing where nothing is limited."""
    asked = Ask("refund", order.country, "", 0, order.currency, order.customer_id)
    verdict = may(order.workspace_id, request.agent, asked)
    if verdict.most is None:
        return []
    return [_("You may refund up to %(most)s alone.") % {"most": format_money(verdict.most, order.currency)}]


@require_GET
def panel(request: AgentRequest, order_id: int) -> HttpResponse:
    """Show buttons and actions of an order, for the card to fetch anew."""
    order = order_by_id(request.agent.workspace_id, order_id)
    return render(
        request, "desk/orders/_acts.html", {**acts(request, order), "zone": request.agent.time_zone}
    )


@require_http_methods(["GET", "POST"])
def sheet(request: AgentRequest, order_id: int, kind: str) -> HttpResponse:
    """Show the sheet of an action, or ask for it."""
    check_may_act(request.agent)
    order = order_by_id(request.agent.workspace_id, order_id)
    if request.method == "GET" or request.POST.get("do") == "preview":
        if kind not in set(offered(order)):
            return refused(request, NotOffered())
        return _sheet(request, order, kind)
    try:
        wanted = wanted_of(order, kind, request.POST)
        if kind == ActionKind.REFUND and not wanted.reason:
            raise BadWish(_("Choose a reason"), place="reason")
        asker = Asker(
            request.agent,
            f"desk:{request.agent.pk}:{request.POST.get('key', '')[:80] or uuid.uuid4().hex}",
            int(_conversation(request) or 0) or None,
            request.POST.get("comment", ""),
        )
        action = ask(order.workspace_id, order.pk, asker=asker, wanted=wanted)
    except Refusal as refusal:
        # somebody else may have been quicker: what is left is said as it is now
        now = order_by_id(order.workspace_id, order.pk)
        return _sheet(request, now, kind, problem=str(refusal))
    if wants_fragment(request):
        return panel_of(request, order_id)
    messages.success(request, _said(action))
    if conversation := _conversation(request):
        return redirect("conversation", conversation)
    return redirect("order", order_id)


def panel_of(request: AgentRequest, order_id: int) -> HttpResponse:
    """Answer a script with the card's part, as it is now."""
    order = order_by_id(request.agent.workspace_id, order_id)
    return render(
        request, "desk/orders/_acts.html", {**acts(request, order), "zone": request.agent.time_zone}
    )


def _said(action: OrderAction) -> str:
    if action.approval_id is not None:
        return _("It is asked for: whoever has the authority was told.")
    return _("It is under way. It can be taken back for a moment.")


def _sheet(request: AgentRequest, order: Order, kind: str, *, problem: str = "") -> HttpResponse:
    form = request.POST
    free = free_of(order, list(order.actions.all()))
    can = can_of(order.shop)
    lines = [
        (line, most := _most_of(line, kind, free), _chosen(form.get(f"qty-{line.pk}", "0"), most, problem))
        for line in order.lines.all()
    ]
    context = {
        "one": Shown(order),
        "order": order,
        "kind": kind,
        "label": ActionKind(kind).label,
        "icon_name": KINDS_ICON[kind],
        "lines": lines if _takes_lines(kind, can) else [],
        "takes_sum": kind == "refund" and Can.REFUND_SUM in can,
        "sends": range(1, SENDS + 1) if kind == "exchange" else (),
        "reasons": ActionReason.choices,
        "form": form,
        "address": _address_shown(order, form),
        "parts": _part_names(),
        "key": form.get("key") or uuid.uuid4().hex,
        "conversation": _conversation(request),
        "problem": problem,
        "quicker": lately_words(order, request.agent) if problem else [],
        "arrival": arrival(order) if kind in {"refund", "cancel"} else "",
        **_seen(request, order, kind),
    }
    if wants_fragment(request):
        return render(request, "desk/orders/_sheet.html", context)
    title = _("%(action)s · %(number)s") % {"action": ActionKind(kind).label, "number": order.number}
    status = 422 if problem else 200
    whole = frame(request, section="orders", title=title, **context)
    return render(request, "desk/orders/sheet.html", whole, status=status)


def _chosen(said: str, most: int, problem: str) -> str:
    """Return how many of a line the sheet shows as chosen: after a refusal no more than are left now."""
    is_more = bool(problem) and said.isascii() and said.isdigit() and len(said) < 7 and int(said) > most
    return str(most) if is_more else said


def _most_of(line: OrderLine, kind: str, free: Mapping[int, int]) -> int:
    """Return how many of a line an action may take."""
    if kind in {"refund", "cancel", "exchange"}:
        return free[line.pk]
    return line.quantity if kind == "duplicate" else line.quantity - line.cancelled


def _takes_lines(kind: str, can: frozenset[Can]) -> bool:
    by_kind = {
        "refund": Can.REFUND in can,
        "cancel": Can.CANCEL_LINES in can,
        "reship": True,
        "duplicate": True,
        "exchange": True,
    }
    return by_kind.get(kind, False)


@require_POST
def look(request: AgentRequest, order_id: int, kind: str) -> HttpResponse:
    """Say what an action comes to while somebody fills in its sheet; nothing is stored."""
    order = order_by_id(request.agent.workspace_id, order_id)
    context = {"one": Shown(order), "order": order, "kind": kind, **_seen(request, order, kind)}
    return render(request, "desk/orders/_look.html", context)


def _seen(request: AgentRequest, order: Order, kind: str) -> dict[str, Any]:
    """Return the preview of a sheet, or why there is none."""
    if request.method == "GET":
        return {"seen": None, "why": ""}
    try:
        wanted = wanted_of(order, kind, request.POST)
        found = preview(order.workspace_id, order.pk, agent=request.agent, wanted=wanted)
    except Refusal as refusal:
        return {"seen": None, "why": str(refusal)}
    return {
        "seen": found,
        "why": "",
        "verdict": verdict_words(found.verdict, order.currency),
        "difference": difference_words(found.plan) if kind == "exchange" else "",
        **_store(found),
    }


def _store(found: Preview) -> dict[str, str]:
    plan = found.plan
    if plan.store_amount is None or plan.order.rate is None:
        return {"store": "", "rate": ""}
    rate = format(plan.order.rate.normalize(), "f")
    return {"store": format_money(plan.store_amount, plan.order.store_currency), "rate": rate}


def wanted_of(order: Order, kind: str, form: QueryDict) -> Wanted:
    """Return what a sheet says; raises Refusal for amounts that are none."""

    def count(name: str) -> int:
        said = form.get(name, "").strip()
        return int(said) if said.isascii() and said.isdigit() and len(said) < 7 else 0

    chosen = [(line.pk, count(f"qty-{line.pk}")) for line in order.lines.all()]
    lines = [(pk, number) for pk, number in chosen if number]
    amount = _money(form.get("amount", ""), order.currency)
    return Wanted(
        kind=kind,
        reason=form.get("reason", "")[:20],
        note=form.get("note", "")[:500],
        lines=lines if kind in _WITH_LINES else (),
        amount=amount or None,
        shipping=_money(form.get("shipping", ""), order.currency) if kind == "refund" else 0,
        restock=form.get("restock") == "1",
        notify=form.get("notify") == "1",
        address=_address(order, form) if kind == "address" else {},
        sends=found_in(order, _sends(form, count)) if kind == "exchange" else (),
        percent=count("percent"),
        days=count("days"),
    )


def _sends(form: QueryDict, count: Callable[[str], int]) -> list[tuple[str, int]]:
    """Return what is to be sent instead: article numbers and how many of each."""
    rows = [(form.get(f"sku-{row}", "").strip()[:120], count(f"count-{row}")) for row in range(1, SENDS + 1)]
    return [(sku, number or 1) for sku, number in rows if sku]


def _money(said: str, currency: str) -> int:
    """Return an amount as somebody typed it, a comma for the point where there is one."""
    plain = said.strip().replace("\N{NO-BREAK SPACE}", "").replace(" ", "")
    if plain.count(",") == 1 and "." not in plain:
        plain = plain.replace(",", ".")
    return to_minor(plain, currency) if plain else 0


def _address(order: Order, form: QueryDict) -> dict[str, Any]:
    lines = [one.strip() for one in form.get("lines", "").splitlines() if one.strip()]
    told = {name: form.get(f"to-{name}", "") for name in _PARTS}
    return {
        **told,
        "lines": lines,
        "country": order.country or str(order.shipping_address.get("country", "")),
    }


def _address_shown(order: Order, form: QueryDict) -> dict[str, str]:
    if form:
        return {"lines": form.get("lines", ""), **{name: form.get(f"to-{name}", "") for name in _PARTS}}
    to = order.shipping_address
    return {"lines": "\n".join(to.get("lines") or []), **{name: str(to.get(name, "")) for name in _PARTS}}


def _part_names() -> list[tuple[str, str]]:
    names: dict[str, Callable[[], str]] = {
        "name": lambda: _("Name"),
        "company": lambda: _("Company"),
        "postcode": lambda: _("Postcode"),
        "city": lambda: _("City"),
        "region": lambda: _("Region"),
        "phone": lambda: _("Phone"),
    }
    return [(name, said()) for name, said in names.items()]


@require_POST
def take_back(request: AgentRequest, order_id: int, action_id: int) -> HttpResponse:
    """Take an action back that the shop knows nothing of."""
    order = order_by_id(request.agent.workspace_id, order_id)
    known = {one.pk for one in order.actions.all()}
    try:
        undo(order.workspace_id, action_id if action_id in known else 0, agent=request.agent)
    except Refusal as refusal:
        return refused(request, refusal)
    if wants_fragment(request):
        return panel_of(request, order_id)
    messages.success(request, _("It is taken back."))
    return redirect(reverse("order", args=[order_id]))

"""The tools with which bots tell what may be sent back, and open a return for a customer who is known."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any, Final

from dragoman.core.conversations.order_tools import ORDER, order_for
from dragoman.core.conversations.ports import For, Tool
from dragoman.core.language.slots import write_date

from .actions.requests import AskedLine, By, Request, request_return
from .errors import BadMethod, NotReturnable, TooMany
from .order_facts import return_link
from .queries import quote_for
from .quoting import Answer, Quote

_ARGUMENTS: Final = {
    "type": "object",
    "properties": {
        "order": ORDER,
        "sku": {
            "type": "string",
            "maxLength": 120,
            "description": "Which line; without it, all that may go back.",
        },
    },
    "additionalProperties": False,
}


def _shown(found: Quote, whom: For) -> dict[str, Any]:
    free = [one for one in found.answers if one.allowed]
    ends = [one.until for one in free if one.until]
    told: dict[str, Any] = {
        "outcome": "allowed" if free else "refused",
        "payer": found.payer or "",
        "lines": [{"sku": one.goods.sku, "title": _counted(one)} for one in free],
        "basis": next((one.basis for one in free if one.basis), "") or "",
    }
    if ends:
        told["until"] = write_date(min(ends), language=whom.language)
    return told


def _counted(one: Answer) -> str:
    """Return what a line is called, with how many would go back where they are several."""
    return f"{one.goods.left} × {one.goods.title}" if one.goods.left > 1 else one.goods.title


def _quote(whom: For, given: Mapping[str, Any]) -> dict[str, Any]:
    order = order_for(whom, given)
    found = quote_for(order, at=datetime.now(UTC))
    told = {"order": order.number, "link": return_link(order) or "", **_shown(found, whom)}
    return told if order.lines.all() else {**told, "outcome": "refused"}


def _wanted(found: Quote, sku: str) -> list[Answer]:
    return [one for one in found.answers if one.allowed and (not sku or one.goods.sku == sku)]


def _preview(whom: For, given: Mapping[str, Any]) -> dict[str, Any]:
    order = order_for(whom, given)
    lines = _wanted(quote_for(order, at=datetime.now(UTC)), str(given.get("sku", "")))
    return {"order": order.number, "outcome": "done" if lines else "refused"}


def _start(whom: For, given: Mapping[str, Any]) -> dict[str, Any]:
    order = order_for(whom, given)
    lines = _wanted(quote_for(order, at=datetime.now(UTC)), str(given.get("sku", "")))
    if not lines:
        return {"order": order.number, "outcome": "refused"}
    wish = Request(
        lines=[AskedLine(sku=one.goods.sku, quantity=one.goods.left) for one in lines],
        key=f"bot-{whom.key}",
        language=whom.language,
    )
    try:
        made = request_return(order.workspace_id, order_id=order.pk, request=wish, by=By("customer"))
    except (NotReturnable, TooMany, BadMethod):
        return {"order": order.number, "outcome": "refused"}
    return {"order": order.number, "outcome": "done", "number": made.number, "link": return_link(order) or ""}


def return_tools() -> Iterator[tuple[str, Tool]]:
    """Yield each tool with its name."""
    about = (
        "What of an order may go back by law and policy, until when, who pays: `outcome` allowed or refused."
    )
    yield "return_quote", Tool(about, {**_ARGUMENTS, "properties": {"order": ORDER}}, _quote)
    about = "Open a return of an order, or of one line of it: `outcome` done (`number`) or refused."
    yield "start_return", Tool(about, _ARGUMENTS, _start, _preview)

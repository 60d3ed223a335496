"""PrestaShop's webservice (1.7 to 9) as its pages tell it, strictly: what they do not allow is refused.

Written from https://devdocs.prestashop-project.org/9/webservice/ (cheat sheet, list parameters, resources). Traps it keeps: an empty
list is `[]`, not an object; dates are in the shop's own time zone (the configuration PS_TIMEZONE); dates are filtered with
`date=1` only; what is written is XML whatever is read; a thing that is not there is a 404 without a body; fields in many languages are
lists; `order_slip` is kept as it was told: the webservice moves no money, changes no order and refuses no sum.
"""

import base64
import json
import re
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final

from .door import Answer, Call, open_door

_SHAPE: Final = (
    Path(__file__).parents[2] / "dragoman/ground/providers/shops/tests/recorded/prestashop_order.json"
)
# resource -> (its node, the name of its list)
_NODES: Final = {
    "orders": ("order", "orders"), "order_details": ("order_detail", "order_details"),
    "order_carriers": ("order_carrier", "order_carriers"), "order_payments": ("order_payment", "order_payments"),
    "order_states": ("order_state", "order_states"), "order_histories": ("order_history", "order_histories"),
    "order_slip": ("order_slip", "order_slips"), "currencies": ("currency", "currencies"), "countries": ("country", "countries"),
    "addresses": ("address", "addresses"), "customers": ("customer", "customers"), "products": ("product", "products"),
    "carriers": ("carrier", "carriers"), "languages": ("language", "languages"), "configurations": ("configuration", "configurations"),
}  # fmt: skip
_NEEDED: Final = {
    "order_slip": (
        "id_customer", "id_order", "conversion_rate", "total_products_tax_excl", "total_products_tax_incl",
        "total_shipping_tax_excl", "total_shipping_tax_incl",
    ),
    "order_histories": ("id_order", "id_order_state"),
    "addresses": ("id_country", "alias", "lastname", "firstname", "address1", "city"),
    "order_carriers": ("id_order", "id_carrier"),
}  # fmt: skip
_OPTIONAL: Final = {
    "order_slip": {
        "id", "amount", "shipping_cost", "shipping_cost_amount", "partial", "date_add", "date_upd", "order_slip_type", "associations",
    },
    "order_histories": {"id", "id_employee", "date_add"},
    "addresses": {
        "id", "id_customer", "id_manufacturer", "id_supplier", "id_warehouse", "id_state", "company", "vat_number", "address2",
        "postcode", "other", "phone", "phone_mobile", "dni", "deleted", "date_add", "date_upd",
    },
    "order_carriers": {
        "id", "id_order_invoice", "weight", "shipping_cost_tax_excl", "shipping_cost_tax_incl", "tracking_number", "date_add",
    },
}  # fmt: skip
_DETAIL: Final = ("id_order_detail", "product_quantity", "amount_tax_excl", "amount_tax_incl")
_WORDS: Final = {
    "display",
    "output_format",
    "io_format",
    "date",
    "limit",
    "sort",
    "language",
    "sendemail",
    "ws_key",
}
_DATES: Final = {"date_add", "date_upd"}
_WHEN: Final = "%Y-%m-%d %H:%M:%S"


def shape() -> Any:
    """Return everything a small shop has, resource by resource."""
    return json.loads(_SHAPE.read_text())


class _Refused(Exception):
    """What is answered instead; 404 has no body."""

    def __init__(self, status: int, code: int = 0, message: str = "") -> None:
        super().__init__(message)
        body = {"errors": [{"code": code, "message": message}]} if message else ""
        self.answer = Answer(status, body)


@dataclass
class PrestaShop:
    """A shop; `faults` are what happens to the next calls that write: "busy", "lost", "broken"; `barred`: resources."""

    address: str = ""
    key: str = "ZQ88PRJX5VWQHCWE4EE7SQ7HPNX00RAJ"
    rows: dict[str, list[dict[str, Any]]] = field(default_factory=shape)
    barred: set[str] = field(default_factory=set)
    faults: list[str] = field(default_factory=list)
    written: list[Call] = field(default_factory=list)

    def add(self, number: int, **told: Any) -> dict[str, Any]:
        """Put a further order into the shop, like the first."""
        order: dict[str, Any] = {**shape()["orders"][0], "id": number, "reference": f"REF{number:06}", **told}
        self.rows["orders"].append(order)
        return order

    def answer(self, call: Call) -> Answer:
        """Answer a call."""
        told = base64.b64encode(f"{self.key}:".encode()).decode()
        if call.headers.get("authorization") != f"Basic {told}":
            said = {"errors": [{"code": 18, "message": "Invalid authentication key format"}]}
            return Answer(401, said, {"www-authenticate": "Basic realm=PrestaShop"})
        fault = self.faults.pop(0) if self.faults and call.method != "GET" else ""
        if fault == "busy":
            return Answer(503, "", {"retry-after": "9"})
        if fault == "broken":
            return Answer(500, {"errors": [{"code": 2, "message": "[PHP Fatal error #1]"}]})
        try:
            answer = self._routed(call)
        except _Refused as refused:
            answer = refused.answer
        if call.method != "GET":
            self.written.append(call)
        answer.lost = fault == "lost"
        return answer

    def _routed(self, call: Call) -> Answer:
        found = re.fullmatch(r"/api(?:/(\w+)(?:/(\d+))?)?/?", call.path)
        if not found:
            raise _Refused(400, 19, "Resource of this type does not exist.")
        if call.query.get("output_format", "XML") != "JSON":
            raise _Refused(400, 0, "this server speaks JSON only: output_format=JSON")
        resource, number = found.groups()
        if resource is None:
            return Answer(200, sorted(set(_NODES) - self.barred))
        if resource not in _NODES:
            raise _Refused(400, 19, f'Resource of type "{resource}" does not exists.')
        if resource in self.barred:
            raise _Refused(
                401, 25, f'Resource of type "{resource}" is not allowed with this authentication key'
            )
        node, plural = _NODES[resource]
        rows = self.rows[plural]
        if call.method == "GET" and number is None:
            listed = _listed(rows, call.query)
            return Answer(200, {plural: listed} if listed else [])
        if call.method == "POST" and number is None:
            made = self._written(resource, call, {})
            made["id"] = max([one["id"] for one in rows], default=0) + 1
            rows.append(made)
            self._followed(resource, made)
            return Answer(201, {node: made})
        row = next((one for one in rows if str(one["id"]) == number), None)
        if row is None:
            raise _Refused(404)
        if call.method == "GET":
            return Answer(200, {plural: [row]} if "display" in call.query else {node: row})
        if call.method != "PUT" or number is None:
            raise _Refused(405, 26, f"Method {call.method} is not allowed for the resource {resource}")
        row |= self._written(resource, call, row)
        return Answer(200, {node: row})

    def _written(self, resource: str, call: Call, before: dict[str, Any]) -> dict[str, Any]:
        """Return what an XML document says; a PUT has to say all that is needed, as a POST has."""
        if resource not in _NEEDED:
            raise _Refused(405, 26, f"Method {call.method} is not allowed for the resource {resource}")
        try:
            root = ElementTree.fromstring(call.body)
        except ElementTree.ParseError:
            raise _Refused(500, 127, "XML error : the document cannot be read") from None
        node = _NODES[resource][0]
        if root.tag != "prestashop" or [one.tag for one in root] != [node]:
            raise _Refused(400, 0, f"a document <prestashop><{node}> is expected")
        thing = root[0]
        told = {one.tag: (one.text or "").strip() for one in thing if one.tag != "associations"}
        if bool(told.get("id")) is (call.method == "POST"):
            raise _Refused(
                400, 90, "id is forbidden when adding a new resource" if not before else "id is required"
            )
        lacking = [one for one in _NEEDED[resource] if not told.get(one)]
        if lacking:
            raise _Refused(400, 41, f'parameter "{lacking[0]}" required')
        if unknown := {one.tag for one in thing} - {*_NEEDED[resource]} - _OPTIONAL[resource]:
            raise _Refused(400, 93, f"parameter {sorted(unknown)[0]} is not known")
        for name, value in told.items():
            if name.startswith(("total_", "amount", "conversion")) and not re.fullmatch(
                r"-?\d+(\.\d{1,6})?", value
            ):
                raise _Refused(400, 85, f'Validation error: "Property {name} is not valid"')
        now = self._now()
        made: dict[str, Any] = {**told, "date_upd": now, **({} if before else {"date_add": now})}
        if told.get("id"):
            made["id"] = int(told["id"])
        if resource == "order_slip":
            made["associations"] = {"order_slip_details": self._details(thing, told["id_order"])}
            made |= {
                name: f"{float(made[name]):.6f}" for name in made if name.startswith(("total_", "amount"))
            }
        return made

    def _details(self, thing: ElementTree.Element, order: str) -> list[dict[str, str]]:
        found = []
        for one in thing.findall("associations/order_slip_details/order_slip_detail"):
            told = {child.tag: (child.text or "").strip() for child in one}
            if lacking := [name for name in _DETAIL if not told.get(name)]:
                raise _Refused(400, 41, f'parameter "{lacking[0]}" required')
            rows = self.rows["order_details"]
            if not any(
                str(row["id"]) == told["id_order_detail"] and row["id_order"] == order for row in rows
            ):
                raise _Refused(400, 0, "this line is not one of the order's")
            found.append(told)
        return found

    def _followed(self, resource: str, made: dict[str, Any]) -> None:
        """Let a new state reach its order; nothing else follows from what is written."""
        if resource == "order_histories":
            order = next((one for one in self.rows["orders"] if str(one["id"]) == made["id_order"]), None)
            if order is not None:
                order |= {"current_state": made["id_order_state"], "date_upd": self._now()}

    def _now(self) -> str:
        newest = max(one["date_upd"] for one in self.rows["orders"])
        return (datetime.strptime(newest, _WHEN) + timedelta(seconds=5)).strftime(_WHEN)


def _listed(rows: list[dict[str, Any]], query: dict[str, str]) -> list[dict[str, Any]]:
    for name, value in query.items():
        if name in _WORDS:
            continue
        found = re.fullmatch(r"filter\[(\w+)\]", name)
        if not found:
            raise _Refused(400, 0, f"{name} is no parameter of a list")
        column = found[1]
        if column in _DATES and query.get("date") != "1":
            raise _Refused(
                400, 34, f'This filter does not exist. Did you mean: "id"? ({column} needs date=1)'
            )
        if rows and column not in rows[0]:
            raise _Refused(400, 34, f'This filter does not exist: "{column}"')
        rows = [one for one in rows if _fits(str(one[column]), value)]
    for one in reversed(query.get("sort", "").strip("[]").split(",") if query.get("sort") else []):
        parts = re.fullmatch(r"(\w+)_(ASC|DESC)", one)
        if not parts or (rows and parts[1] not in rows[0]):
            raise _Refused(400, 38, f'The "sort" value is not known: {one}')
        rows = sorted(rows, key=lambda row, by=parts[1]: row[by], reverse=parts[2] == "DESC")
    if limit := query.get("limit"):
        if not re.fullmatch(r"\d+(,\d+)?", limit):
            raise _Refused(400, 39, "The limit value has to be a number or two")
        skip, _comma, size = limit.rpartition(",")
        rows = rows[int(skip or 0) :][: int(size)]
    display = query.get("display", "")
    if display == "full":
        return rows
    names = display.strip("[]").split(",") if display else ["id"]
    if display and (
        (rows and any(name not in rows[0] for name in names)) or not re.fullmatch(r"\[[\w,]+\]", display)
    ):
        raise _Refused(400, 35, "Unable to display a field that is not there")
    return [{name: one[name] for name in names} for one in rows]


def _fits(mine: str, value: str) -> bool:
    """Say whether a value fits `[a|b]`, `[a,b]`, `[a]`, `[a]%`, `%[a]%`, `>[a]`, `<[a]`, `![a]`, or the bare value."""
    found = re.fullmatch(r"([%<>!]?)\[(.*)\](%?)", value)
    before, inner, after = found.groups() if found else ("", value, "")
    mine, inner = mine.lower(), inner.lower()
    if before == "!":
        return mine not in inner.split("|")
    if before in {"<", ">"}:
        if mine.isdigit() and inner.isdigit():
            return int(mine) < int(inner) if before == "<" else int(mine) > int(inner)
        return mine < inner if before == "<" else mine > inner
    if before or after:
        pattern = (".*" if before else "") + re.escape(inner) + (".*" if after else "")
        return re.fullmatch(pattern, mine) is not None
    if "|" in inner:
        return mine in inner.split("|")
    if "," in inner:
        low, high = inner.split(",", 1)
        if mine.isdigit():
            return int(low) <= int(mine) <= int(high)
        return low <= mine <= high
    return mine == inner


@contextmanager
def prestashop_shop() -> Iterator[PrestaShop]:
    """Run a shop while the block runs."""
    shop = PrestaShop()
    with open_door(shop.answer) as address:
        shop.address = address
        yield shop

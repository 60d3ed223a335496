"""What customs are told of the goods of a return: by the agent, else by the order's line, else by the product."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dragoman.core.commerce.models import OrderLine
from dragoman.core.commerce.product_models import ProductVariant
from dragoman.core.commerce.wants import share

from .return_models import Return, ReturnLine

# a heading of the Harmonized System; fewer digits name no goods
SHORTEST_HS = 6


@dataclass(frozen=True, kw_only=True)
class CustomsGoods:
    """One kind of thing that comes back. `weight` is grams of one, `value` minor units of all without tax; what nobody
    told is empty or None, and never filled in."""

    line_id: int
    sku: str
    text: str
    quantity: int
    value: int
    hs_code: str
    origin: str
    weight: int | None

    @property
    def net(self) -> int | None:
        """Return the grams of all of them."""
        return None if self.weight is None else self.weight * self.quantity

    @property
    def missing(self) -> tuple[str, ...]:
        """Return what customs ask for and nobody told: codes."""
        lacking = {
            "text": not is_readable(self.text),
            "hs_code": len(self.hs_code) < SHORTEST_HS,
            "origin": not self.origin,
            "weight": not self.weight,
            "value": self.value <= 0,
        }
        return tuple(name for name, lacks in lacking.items() if lacks)


def is_readable(text: str) -> bool:
    """Say whether customs anywhere can read it: most of its letters are Latin ones."""
    letters = [one for one in text if one.isalpha()]
    return bool(letters) and sum(one < "\u0250" for one in letters) * 2 > len(letters)


def customs_goods(made: Return) -> list[CustomsGoods]:
    """Return the goods of a return (with its lines), as customs are told of them."""
    rows = [row for row in made.lines.all() if not row.line.digital]
    return [_goods(row, known) for row, known in zip(rows, _products(made, rows), strict=True)]


def _goods(row: ReturnLine, product: Mapping[str, Any]) -> CustomsGoods:
    line = row.line
    tax = share(line.tax, line.quantity, row.quantity)
    weight = next((one for one in (row.weight, line.weight, product.get("weight")) if one), None)
    return CustomsGoods(
        line_id=line.pk,
        sku=line.sku,
        text=row.customs_text or " ".join(part for part in (line.title, line.variant) if part),
        quantity=row.quantity,
        value=max(0, row.amount - tax),
        hs_code=row.hs_code or line.hs_code or product.get("product__hs_code") or "",
        origin=row.origin or line.origin or product.get("product__origin") or "",
        weight=weight,
    )


def _products(made: Return, rows: Sequence[ReturnLine]) -> list[Mapping[str, Any]]:
    """Return what the shop's products say of lines that say too little themselves."""

    def lacks(line: OrderLine) -> bool:
        return bool(line.sku) and not (line.hs_code and line.origin and line.weight)

    wanted = {row.line.sku for row in rows if lacks(row.line)}
    if not wanted:
        return [{} for _row in rows]
    found = ProductVariant.objects.filter(
        workspace_id=made.workspace_id,
        sku__in=wanted,
        removed=False,
        product__workspace_id=made.workspace_id,
        product__shop_id=made.order.shop_id,
    )
    told = {one["sku"]: one for one in found.values("sku", "weight", "product__hs_code", "product__origin")}
    return [told.get(row.line.sku, {}) for row in rows]

"""What a customer chose so far: it travels in the form, and every step looks at it anew."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from django.http import QueryDict
from django.utils.translation import gettext as _

from dragoman.core.commerce.models import Order, OrderLine
from dragoman.kit.text import in_ascii_digits
from dragoman.service.returns.actions.requests import AskedLine, Request
from dragoman.service.returns.models import ReturnPortal, Why, Wish
from dragoman.service.returns.queries import Asked

FAULTS: Final = (Why.DAMAGED, Why.WRONG_ITEM, Why.NOT_AS_DESCRIBED, Why.OTHER)
_WORDS: Final = 2000


@dataclass(frozen=True)
class Taken:
    """So many of a line, why, and whether its seal is broken."""

    line: OrderLine
    quantity: int
    why: str = ""
    opened: bool = False

    @property
    def sku(self) -> str:
        """Return what the room finds the line by."""
        return self.line.external_id or self.line.sku


@dataclass(frozen=True)
class Choice:
    """Lines, words, the wish, the way. `fault`: something is wrong with the goods, which is a right of its own."""

    taken: Sequence[Taken] = ()
    words: str = ""
    wish: str = Wish.REFUND
    method: str = ""
    fault: bool = False
    key: str = ""
    problems: dict[str, str] = field(default_factory=dict)

    @property
    def asked(self) -> list[Asked]:
        """Return it as a quote takes it."""
        return [Asked(one.sku, one.quantity, one.opened) for one in self.taken]

    def request(self) -> Request:
        """Return it as the room takes it."""
        lines = [
            AskedLine(sku=one.sku, quantity=one.quantity, reason=one.why or Why.OTHER, opened=one.opened)
            for one in self.taken
        ]
        return Request(
            lines=lines,
            method=self.method,
            words=self.words,
            guarantee=self.fault,
            wish=self.wish,
            key=self.key,
        )

    def of(self, line_id: int) -> Taken | None:
        """Return what was chosen of a line."""
        return next((one for one in self.taken if one.line.pk == line_id), None)

    def fields(self) -> list[tuple[str, str]]:
        """Return what the next step's form carries hidden."""
        found = [("words", self.words), ("wish", self.wish), ("key", self.key)]
        found += [("fault", "1")] if self.fault else []
        for one in self.taken:
            found += [(f"take-{one.line.pk}", "1"), (f"quantity-{one.line.pk}", str(one.quantity))]
            found += [(f"why-{one.line.pk}", one.why)] if one.why else []
            found += [(f"opened-{one.line.pk}", "1")] if one.opened else []
        return found


def read_choice(order: Order, form: QueryDict, *, left: dict[int, int], portal: ReturnPortal) -> Choice:
    """Read a form; `problems` name the fields that have to be mended. `left` is how many of each line can go back."""
    taken: list[Taken] = []
    problems: dict[str, str] = {}
    for line in order.lines.all():
        if f"take-{line.pk}" not in form or not left.get(line.pk):
            continue
        quantity = _number(form.get(f"quantity-{line.pk}", "1"))
        if not 1 <= quantity <= left[line.pk]:
            problems[f"quantity-{line.pk}"] = _("Choose a number from 1 to %(most)s.") % {
                "most": left[line.pk]
            }
            quantity = left[line.pk]
        why = form.get(f"why-{line.pk}", "")
        known = why if why in Why.values else ""
        taken.append(Taken(line, quantity, known, f"opened-{line.pk}" in form))
    wish, method = form.get("wish", Wish.REFUND), form.get("method", "")
    return Choice(
        taken=taken,
        words=form.get("words", "").strip()[:_WORDS],
        wish=wish if wish in wishes_of(portal) else Wish.REFUND,
        method=method[:16],
        fault="fault" in form,
        key=form.get("key", "")[:40] or secrets.token_urlsafe(24),
        problems=problems,
    )


def wishes_of(portal: ReturnPortal) -> list[str]:
    """Return what a customer may wish for at a brand; money always."""
    offered = [
        (Wish.REFUND, True),
        (Wish.EXCHANGE, portal.offers_exchange),
        (Wish.CREDIT, portal.offers_credit),
    ]
    return [str(wish) for wish, is_offered in offered if is_offered]


def _number(said: str) -> int:
    figures = in_ascii_digits(said.strip())
    return int(figures) if figures.isascii() and figures.isdigit() and len(figures) < 7 else 0

"""What a customer chose so far: it travels in the form, and every step looks at it anew."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from django.http import QueryDict
from django.utils.translation import gettext as _

from dragoman.core.commerce.models import Order, OrderLine
from dragoman.ground.design.functions import ui_language
from dragoman.kit.address import normal_email
from dragoman.kit.errors import Refusal
from dragoman.kit.text import in_ascii_digits
from dragoman.service.returns.actions.requests import AskedLine, Request
from dragoman.service.returns.models import ReturnPortal, Why, Wish
from dragoman.service.returns.queries import Asked

FAULTS: Final = (Why.DAMAGED, Why.WRONG_ITEM, Why.NOT_AS_DESCRIBED, Why.OTHER)
_WORDS: Final = 2000
_SHORT: Final = 200


@dataclass(frozen=True)
class Taken:
    """So many of a line, why, whether its seal is broken, and which one is wished for instead."""

    line: OrderLine
    quantity: int
    why: str = ""
    opened: bool = False
    instead: str = ""

    @property
    def sku(self) -> str:
        """Return what the room finds the line by."""
        return self.line.external_id or self.line.sku


@dataclass(frozen=True)
class Choice:
    """Lines, words, the wish, the way. `fault`: something is wrong with the goods, which is a right of its own.

    `gift`: whoever was given the goods asks, and `recipient` is their mail address.
    """

    taken: Sequence[Taken] = ()
    words: str = ""
    wish: str = Wish.REFUND
    method: str = ""
    fault: bool = False
    gift: bool = False
    recipient: str = ""
    key: str = ""
    problems: dict[str, str] = field(default_factory=dict)

    @property
    def asked(self) -> list[Asked]:
        """Return it as a quote takes it."""
        return [Asked(one.sku, one.quantity, one.opened) for one in self.taken]

    def request(self) -> Request:
        """Return it as the room takes it."""
        lines = [
            AskedLine(
                sku=one.sku,
                quantity=one.quantity,
                reason=one.why,
                instead=one.instead if self.wish == Wish.EXCHANGE else "",
                opened=one.opened,
            )
            for one in self.taken
        ]
        return Request(
            lines=lines,
            method=self.method,
            words=self.words,
            guarantee=self.fault,
            wish=self.wish,
            key=self.key,
            gift=self.gift,
            recipient=self.recipient,
            language=ui_language(),
        )

    def of(self, line_id: int) -> Taken | None:
        """Return what was chosen of a line."""
        return next((one for one in self.taken if one.line.pk == line_id), None)

    def fields(self) -> list[tuple[str, str]]:
        """Return what the next step's form carries hidden."""
        found = [("words", self.words), ("wish", self.wish), ("key", self.key)]
        found += [("fault", "1")] if self.fault else []
        found += [("recipient", self.recipient)] if self.gift else []
        for one in self.taken:
            found += [(f"take-{one.line.pk}", "1"), (f"quantity-{one.line.pk}", str(one.quantity))]
            found += [(f"why-{one.line.pk}", one.why)] if one.why else []
            found += [(f"opened-{one.line.pk}", "1")] if one.opened else []
            found += [(f"instead-{one.line.pk}", one.instead)] if one.instead else []
        return found


def read_choice(
    order: Order, form: QueryDict, *, left: dict[int, int], portal: ReturnPortal, gift: bool = False
) -> Choice:
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
        instead = form.get(f"instead-{line.pk}", "").strip()[:_SHORT]
        taken.append(Taken(line, quantity, known, f"opened-{line.pk}" in form, instead))
    wish, method = form.get("wish", ""), form.get("method", "")
    offered = wishes_of(portal, gift=gift)
    recipient = form.get("recipient", "").strip()[:254] if gift else ""
    if gift and not _is_address(recipient):
        problems["recipient"] = _("Give a whole e-mail address: what you get for it comes there.")
    return Choice(
        taken=taken,
        words=form.get("words", "").strip()[:_WORDS],
        wish=wish if wish in offered else offered[0],
        method=method[:16],
        fault="fault" in form and not gift,
        gift=gift,
        recipient=recipient,
        key=form.get("key", "")[:40] or secrets.token_urlsafe(24),
        problems=problems,
    )


def wishes_of(portal: ReturnPortal, *, gift: bool = False) -> list[str]:
    """Return what a customer may wish for at a brand; money always, but never for a gift."""
    offered = [
        (Wish.REFUND, not gift),
        (Wish.EXCHANGE, portal.offers_exchange),
        (Wish.CREDIT, portal.offers_credit),
    ]
    return [str(wish) for wish, is_offered in offered if is_offered] or [str(Wish.CREDIT)]


def _is_address(said: str) -> bool:
    try:
        return bool(normal_email(said))
    except Refusal:
        return False


def _number(said: str) -> int:
    figures = in_ascii_digits(said.strip())
    return int(figures) if figures.isascii() and figures.isdigit() and len(figures) < 7 else 0

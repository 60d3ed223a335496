"""What commerce asks of the rooms above: what they know about an order that speaks against a dispute."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from dragoman.ground.design.paper import Paragraph
from dragoman.kit.registry import Registry

from .models import Order


@dataclass(frozen=True)
class Chapter:
    """One chapter of an evidence pack; `is_policy`: what the customer was told of returns, `is_ours`: dry facts."""

    title: str
    paragraphs: Sequence[Paragraph]
    is_policy: bool = False
    is_ours: bool = False


class Witness(Protocol):
    """Says what a room knows about an order, in the active language; () where that is nothing."""

    def chapters(self, order: Order) -> Sequence[Chapter]:
        """Return what is to be read by a bank: nothing that the customer did not see themselves."""


# room -> what it knows
witnesses: Registry[Witness] = Registry("witness")

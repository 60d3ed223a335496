"""What the house must take away when a customer is deleted: every floor above registers an eraser."""

from collections.abc import Mapping, Sequence
from typing import Protocol

from dragoman.kit.registry import Registry


class Eraser(Protocol):
    """Counts and deletes what one room keeps about a customer; each `erase` is a short transaction of its own."""

    def count(self, workspace_id: int, customer_id: int) -> Mapping[str, int]:
        """Return how many rows of each noun there are, such as {"messages": 12}."""

    def part(self, workspace_id: int, customer_id: int, addresses: Sequence[str]) -> None:
        """Do at once what needs the customer's addresses, which are gone when `erase` is asked."""

    def erase(self, workspace_id: int, customer_id: int) -> bool:
        """Delete one batch, files too; return whether something is left. Done twice it changes nothing."""


erasers: Registry[Eraser] = Registry("eraser")

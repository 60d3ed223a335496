"""The pictures that a category may have: names of the design's icons."""

from typing import Final

ICONS: Final = (
    "truck", "undo", "card", "globe", "leaf", "lock", "box", "label", "paper", "chat", "users", "heart",
    "shield", "book",
)  # fmt: skip

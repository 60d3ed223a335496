"""What messages speak of, by the words of the shops' lexicon: what hurts, and why things come back."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from dragoman.core.language.lexicon import concepts_of
from dragoman.kit.text import fold

# the newest messages that are read, and the letters of each: more change no order
MOST: Final = 3000
LONGEST: Final = 2000
ROWS: Final = 8

_GOODS: Final = (
    "broken", "damaged", "cracked", "torn", "scratched", "leaking", "dirty", "spoiled", "bent", "defective",
    "not_work", "not_turn_on", "not_charge", "stopped_after_use", "fell_apart", "missing", "incomplete",
    "ordered_but_got", "wrong", "fake", "used", "opened_box", "empty", "quality", "as_described", "too_small",
    "too_big", "size", "fit", "allergy", "price",
)  # fmt: skip
# reasons for which things come back
REASONS: Final = frozenset(
    (*_GOODS, "colour", "not_like", "change_mind", "by_mistake", "compatible", "gift", "late", "too_late")
)
# what makes customers cross
PAINS: Final = frozenset(
    (
        *_GOODS, "late", "too_late", "delay", "not_arrived", "lost", "stolen", "stuck", "status_unchanged",
        "not_dispatched", "delivery_attempt", "left_somewhere", "returned_to_sender", "split_delivery",
        "delivery_cost", "customs_held", "duty", "import_vat", "handling_fee", "payment_failed", "charged_twice",
        "charged_too_much", "no_confirmation", "code_invalid", "return_cost", "return_label", "refund_not_come",
        "money_back", "chargeback", "no_answer", "again_repeatedly", "promised", "rude", "bot", "language_speak",
        "locked", "hacked", "reset", "page_fault", "out_of_stock", "unsubscribe", "spam",
    )
)  # fmt: skip


@dataclass(frozen=True)
class Spoken:
    """How many conversations speak of what, the most first; `read` messages of `conversations` were looked at."""

    conversations: int
    read: int
    concepts: tuple[tuple[str, int], ...]


def spoken_of(rows: Iterable[tuple[int, str, str]], *, among: frozenset[str]) -> Spoken:
    """Count what (conversation, language, text) speak of; a thing counts once a conversation."""
    seen: dict[int, set[str]] = defaultdict(set)
    read = 0
    for talk, language, text in rows:
        read += 1
        seen[talk].update(hit.label for hit in concepts_of(fold(text), language) if hit.label in among)
    times: dict[str, int] = defaultdict(int)
    for found in seen.values():
        for concept in found:
            times[concept] += 1
    ordered = sorted(times.items(), key=lambda one: (-one[1], one[0]))
    return Spoken(len(seen), read, tuple(ordered[:ROWS]))

"""Slots of a text: `{customer.name}` is filled in, `{customer.name|there}` says what stands where nothing is known."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import overload

from .ports import variables

SLOT = re.compile(r"\{([a-z_]+(?:\.[a-z_]+)?)(?:\|([^{}]*))?\}")
# where a sentence ends: its sign and a space, or a full-width sign, or the line
_SENTENCE = re.compile(r"[^\n]*?(?:[.!?؟।։]+(?=\s|$)\s*|[。！？]|\n|$)|\n")

PHRASE = re.compile(r"\{phrase:[a-z0-9_]{1,64}\}")
# what a conversation fills in, as authors are offered it; `name` is the older spelling of customer.name
OFFERED = ("customer.name", "order", "number", "agent.name", "brand.name", "today")
_BRACES = re.compile(r"\{([^{}\n]{1,60})\}")


def filled(text: str, values: Mapping[str, str], *, empty: bool = False) -> str:
    """Fill in what is known; what is not takes its fall-back, or stays open for a person.

    With `empty`, what `values` names without a value leaves nothing: where no person reads it before it goes out.
    """

    def put(slot: "re.Match[str]") -> str:
        value = values.get(slot[1], "")
        if value or (empty and slot[1] in values and slot[2] is None):
            return value
        return slot[2] if slot[2] is not None else slot[0]

    return SLOT.sub(put, text)


def without_sentences(text: str, slot: str) -> str:
    """Return a text without the sentences that a slot stands in with no fall-back: nothing is known to fill it with."""
    bare = f"{{{slot}}}"
    if bare not in text:
        return text
    kept = []
    for line in text.split("\n"):
        parts = [one[0] for one in _SENTENCE.finditer(line) if one[0]]
        said = "".join(part for part in parts if bare not in part).rstrip()
        if said or not line.strip():
            kept.append(said)
    return "\n".join(kept).strip()


class Fillable(Sequence[str]):
    """Every name that is filled in by itself; rooms that are read later may offer more."""

    @overload
    def __getitem__(self, at: int) -> str: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[str]: ...
    def __getitem__(self, at: int | slice) -> str | Sequence[str]:
        """Return what stands there."""
        return (*OFFERED, "name", *variables)[at]

    def __len__(self) -> int:
        """Count them."""
        return len((*OFFERED, "name", *variables))


FILLABLE = Fillable()


def named(slot: str) -> str:
    """Return what an open slot is called: a variable by its label too, anything else as it stands."""
    name = slot.strip("{}").partition("|")[0]
    return f"{variables[name].label} ({slot})" if name in variables else slot


def unknown_slots(texts: Iterable[str], *, known: Collection[str] = FILLABLE) -> list[str]:
    """Return what stands in braces and nobody ever fills in by itself, once each: a slip, or a gap for a person."""
    found = (match for text in texts for match in _BRACES.finditer(text))
    named = (one for one in found if not PHRASE.fullmatch(one[0]))
    return list(dict.fromkeys(one[0] for one in named if one[1].partition("|")[0].strip() not in known))


def slots_in(text: str) -> list[str]:
    """Return the names of the slots in a text, once each."""
    return list(dict.fromkeys(one[1] for one in SLOT.finditer(text)))


def open_slots(text: str) -> list[str]:
    """Return the slots that nobody has filled in yet, once each."""
    found = sorted([*SLOT.finditer(text), *PHRASE.finditer(text)], key=lambda one: one.start())
    return list(dict.fromkeys(one[0] for one in found))

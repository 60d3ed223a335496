"""Slots of a text: `{customer.name}` is filled in, `{customer.name|there}` says what stands where nothing is known."""

import re
from collections.abc import Mapping

SLOT = re.compile(r"\{([a-z]+(?:\.[a-z]+)?)(?:\|([^{}]*))?\}")


def filled(text: str, values: Mapping[str, str]) -> str:
    """Fill in what is known; what is not takes its fall-back, or stays open for a person."""

    def put(slot: "re.Match[str]") -> str:
        value = values.get(slot[1], "")
        if value:
            return value
        return slot[2] if slot[2] is not None else slot[0]

    return SLOT.sub(put, text)


def open_slots(text: str) -> list[str]:
    """Return the slots that nobody has filled in yet, once each."""
    return list(dict.fromkeys(found[0] for found in SLOT.finditer(text)))

"""Reading a customer's answer to one question: a number, an address, yes or no, one of several."""

import re
import tomllib
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Final

from dragoman.core.commerce.numbers import number_key
from dragoman.kit.address import normal_email
from dragoman.kit.errors import Refusal
from dragoman.kit.tags import LANGUAGES, match
from dragoman.kit.text import fold, in_ascii_digits
from dragoman.kit.tokens import pieces_of

from .flow_shapes import Takes
from .world import Heard

_FILE: Final = Path(__file__).with_name("yes_no.toml")
_LONGEST_NUMBER, _LONGEST = 40, 200
_FEW_WORDS, _LETTERS_A_WORD = 3, 3
# Japanese and Thai ask by a last word
_ASKS: Final = re.compile(r"[?？؟]|か[。．」]?$|ไหม|มั้ย|หรือไม่|หรือเปล่า|หรือยัง")


@lru_cache(maxsize=1)
def _answers() -> dict[str, dict[str, frozenset[str]]]:
    read = tomllib.loads(_FILE.read_text("utf-8"))
    return {
        tag: {side: frozenset(fold(one) for one in words) for side, words in sides.items()}
        for tag, sides in read.items()
    }


def is_short(text: str) -> bool:
    """Say whether a message has three words or less; of a script without blanks, as many letters as these have."""
    size = 0.0
    for piece in pieces_of(text):
        size += len(piece.text) / _LETTERS_A_WORD if piece.is_run else 1
        if size > _FEW_WORDS:
            return False
    return True


def asks(text: str) -> bool:
    """Say whether a message is a question by its last sign or word."""
    return _ASKS.search(text.strip()) is not None


def yes_or_no(text: str, language: str) -> str:
    """Return `yes`, `no`, or "" for an answer that says neither, by its first words."""
    plain = fold(text).strip(" \t\n.!?,;:…。！？،؟")
    spoken = match(language, LANGUAGES) or "en"
    for tag in dict.fromkeys([spoken, "en"]):
        for side in ("yes", "no"):
            words = _answers().get(tag, {}).get(side, frozenset())
            if plain in words:
                return side
    for side in ("yes", "no"):
        for one in _answers().get(spoken, {}).get(side, frozenset()):
            # a script without spaces has no border between words
            if plain.startswith(one) and (len(one) > 1) and not plain[len(one) : len(one) + 1].isalnum():
                return side
    return ""


def order_number(heard: Heard) -> str:
    """Return the order's number that an answer gives, as it was written; "" for none."""
    if heard.numbers:
        return heard.numbers[0][:_LONGEST_NUMBER]
    plain = in_ascii_digits(heard.text).strip().strip("#.,!?。")
    has_figure = any(one.isdigit() for one in plain)
    fits = has_figure and len(plain) <= _LONGEST_NUMBER and len(plain.split()) <= 3 and "@" not in plain
    return plain if fits and number_key(plain) else ""


def contact(heard: Heard) -> str:
    """Return the mail address or phone that an answer gives; "" for none."""
    if heard.addresses:
        return heard.addresses[0][:254]
    plain = heard.text.strip()
    if "@" in plain:
        try:
            return normal_email(plain)
        except Refusal:
            return ""
    figures = sum(one.isdigit() for one in in_ascii_digits(plain))
    return plain if 6 <= figures <= 16 and len(plain) <= 30 else ""


def chosen(heard: Heard, choices: Sequence[dict[str, str]]) -> str:
    """Return the value of what was chosen: clicked, named by its label, or by its place in the list; "" for none."""
    if heard.choice:
        return heard.choice if any(one["value"] == heard.choice for one in choices) else ""
    plain = in_ascii_digits(heard.text).strip().strip(".)")
    if plain.isdigit() and 1 <= int(plain) <= len(choices) and len(plain) <= 2:
        return choices[int(plain) - 1]["value"]
    said = fold(heard.text).strip()
    return next((one["value"] for one in choices if fold(one["label"]) == said or one["value"] == said), "")


def read(heard: Heard, takes: Takes, choices: Sequence[dict[str, str]]) -> str:
    """Return the answer to a question in its form; "" where it is none."""
    if takes in {"choice", "yes_no"}:
        found = chosen(heard, choices)
        return found or (yes_or_no(heard.text, heard.language) if takes == "yes_no" else "")
    if takes == "order_number":
        return order_number(heard)
    if takes == "email":
        return contact(heard) if "@" in contact(heard) else ""
    plain = " ".join(heard.text.split())
    if takes == "postcode":
        return plain if 2 <= len(plain) <= 12 and any(one.isalnum() for one in plain) else ""
    return plain[:_LONGEST]

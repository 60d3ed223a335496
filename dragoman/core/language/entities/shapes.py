"""The shapes that shops give their order numbers, told without a word beside them."""

import re
from enum import Enum, auto


class Shape(Enum):
    """How a code is written; some shapes name an order wherever they stand."""

    HASH = auto()  # `#1001`
    PLAIN = auto()  # `100482`
    FIGURES = auto()  # `55-120`: could be anything
    YEARLY = auto()  # `2026/000123`, `114-3941689-8772232`: figures that nothing else is
    DASHED = auto()  # `KSL-1042`
    NAMED = auto()  # `ORD10023X`, `230119ABCD12`
    SPACED = auto()  # `RTX 4090`: most often a model
    NONE = auto()  # what measures
    LOOSE = auto()  # `B7K2M9`, `RTX4090`: could be a model


# what follows a number that measures
UNITS = re.compile(
    r"\s?(?:%|[°º]|(?:cm|mm|m|km|kg|g|mg|ml|cl|l|w|kw|v|mah|gb|tb|mb|hz|ghz|inch|in|h|min|pcs|st|kpl|x|gsm)\b)",
    re.IGNORECASE,
)

# letters and figures that name an order wherever they stand: with a dash, or long enough to be no model
_NAMED = re.compile(
    r"[^\W\d_]{1,6}\d{0,4}[-/_]\w*\d{3,}\w*(?:[-/]\w+)*(?: \d+)?|[^\W\d_]{1,6}\d{5,}[A-Z]{0,2}"
)
_MIXED = re.compile(r"(?=(?:\D*\d){6})(?=(?:[^A-Z]*[A-Z]){2})[0-9A-Z]{10,20}")
_SERIAL = re.compile(r"SN[-:\d]", re.IGNORECASE)
# `WH-1000XM5`, `SM-A526B`: things are called like that
_MODEL = re.compile(r"[A-Z]{1,4}-?[A-Z]?\d{2,4}[A-Z]{1,3}\d?")
_SPACED = re.compile(r"[A-Z]{1,3} \d{2,5}")  # `RTX 4090`
_BRANDED = re.compile(r"[A-Z]{1,3} (?=\S*[A-Z])")  # `LG 55UP7500`
_TYRE = re.compile(r"\d{3}/\d{2}")  # `205/55`
_FIGURES = re.compile(r"\d+(?:[-/_]\d+)+")
_YEARLY = re.compile(r"(?:19|20)\d\d[-/](?:\d{1,2}[-/])?\d{3,8}|\d{2,8}-\d{4,8}-\d{2,8}")
_FOURS = re.compile(r"(?:\d{4}-){2,3}\d{4}")  # cards, and parcels of Japan and Korea


def shape_of(code: str) -> Shape:
    """Return the shape of a code."""
    if code.startswith("#"):
        return Shape.HASH
    if code.isdigit():
        return Shape.PLAIN
    if _TYRE.fullmatch(code):
        return Shape.NONE
    if _FIGURES.fullmatch(code):
        is_known = _YEARLY.fullmatch(code) and not _FOURS.fullmatch(code)
        return Shape.YEARLY if is_known else Shape.FIGURES
    code = _BRANDED.sub("", code)
    if _SERIAL.match(code) or _MODEL.fullmatch(code):
        return Shape.LOOSE
    if _SPACED.fullmatch(code):
        return Shape.SPACED
    if _NAMED.fullmatch(code):
        return Shape.DASHED if "-" in code or "/" in code else Shape.NAMED
    return Shape.NAMED if _MIXED.fullmatch(code) else Shape.LOOSE

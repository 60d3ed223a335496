"""A brand's colour as our tokens, so that text on it and in it can be read in light and dark (WCAG 2.2, 1.4.3)."""

import re
from functools import lru_cache
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

Colour = tuple[float, float, float]
_WHITE: Final = (255.0, 255.0, 255.0)
_BLACK: Final = (0.0, 0.0, 0.0)
# the surfaces of tokens.css on which the colour is read: the one that is hardest to read on, of each theme
_LIGHT: Final = (237.0, 237.0, 231.0)
_DARK: Final = (40.0, 43.0, 49.0)
_DARK_GROUND: Final = (25.0, 27.0, 31.0)
_TEXT, _EDGE = 4.6, 3.0
_HEX = re.compile(r"[0-9a-f]{6}")


def theme_name(colour: str) -> str:
    """Return a colour as it stands in the address of its style sheet, ours where it cannot be read."""
    name = colour.lower().removeprefix("#")
    return name if _HEX.fullmatch(name) else "2a3fc9"


@require_safe
def theme(request: HttpRequest, colour: str) -> HttpResponse:
    """Answer with the style sheet of a colour: it never changes, so it is kept for good."""
    response = HttpResponse(style_of(theme_name(colour)), content_type="text/css; charset=utf-8")
    response["Cache-Control"] = "public, max-age=31536000, immutable"
    return response


@lru_cache(maxsize=256)
def style_of(name: str) -> str:
    """Return the rules of a colour given as six hexadecimal digits."""
    plain = _read(name)
    fill = _until(plain, _BLACK, _WHITE, _TEXT)
    light_ink = _until(plain, _BLACK, _LIGHT, _TEXT)
    dark_fill = _until(fill, _WHITE, _DARK_GROUND, _EDGE)
    dark_ink = _until(plain, _WHITE, _DARK, _TEXT)
    pairs = {
        "accent": (fill, dark_fill),
        "accent-hover": (_mixed(fill, _BLACK, 0.18), _mixed(dark_fill, _BLACK, 0.14)),
        "accent-press": (_mixed(fill, _BLACK, 0.36), _mixed(dark_fill, _BLACK, 0.28)),
        "accent-ink": (light_ink, dark_ink),
        "accent-soft": (_mixed(plain, _WHITE, 0.92), _mixed(plain, _DARK_GROUND, 0.8)),
        "accent-line": (_mixed(plain, _WHITE, 0.7), _mixed(plain, _DARK_GROUND, 0.5)),
        "focus": (light_ink, dark_ink),
    }
    rules = "".join(
        f"--{token}:light-dark({_written(light)},{_written(dark)});" for token, (light, dark) in pairs.items()
    )
    return f":root{{{rules}}}"


def _until(colour: Colour, towards: Colour, ground: Colour, least: float) -> Colour:
    """Return a colour moved as little as needed towards another until it stands out from a ground."""
    steps = (_mixed(colour, towards, step / 40) for step in range(41))
    return next((one for one in steps if contrast(one, ground) >= least), towards)


def contrast(one: Colour, other: Colour) -> float:
    """Return the contrast ratio of two colours, 1 to 21."""
    bright, dim = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (bright + 0.05) / (dim + 0.05)


def _luminance(colour: Colour) -> float:
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in (one / 255 for one in colour)
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _mixed(one: Colour, other: Colour, share: float) -> Colour:
    red, green, blue = (a + (b - a) * share for a, b in zip(one, other, strict=True))
    return red, green, blue


def _read(name: str) -> Colour:
    return int(name[:2], 16), int(name[2:4], 16), int(name[4:], 16)


def _written(colour: Colour) -> str:
    return "#" + "".join(f"{round(part):02x}" for part in colour)

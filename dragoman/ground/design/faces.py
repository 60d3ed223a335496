"""Which font of this machine shows which letters, and where a line of a script without spaces may end."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.utils.translation import gettext as _

from dragoman.kit.errors import Refusal

FOLDERS = (Path("/usr/share/fonts"), Path("/usr/local/share/fonts"), Path.home() / ".local/share/fonts")


class NoFont(Refusal):
    """A script of the text has no font here."""

    code = "no_font"
    status = 503

    def __init__(self, package: str) -> None:
        super().__init__(
            _("This machine has no font for a script of this text. Install the package %(package)s.")
            % {"package": package}
        )


@dataclass(frozen=True)
class Face:
    """A font file by its possible names, and the letters it is for; `package` is where Debian has it."""

    name: str
    files: tuple[str, ...]
    letters: re.Pattern[str]
    package: str = "fonts-noto-core"


FIRST = Face("sans", ("NotoSans-Regular.ttf", "DejaVuSans.ttf"), re.compile("[ -\u058f\u1e00-\u22ff]"))
_OTHERS = (
    Face(
        "arabic",
        ("NotoNaskhArabic-Regular.ttf", "NotoSansArabic-Regular.ttf"),
        re.compile("[\u0600-\u077f\u08a0-\u08ff\ufb50-\ufdff\ufe70-\ufefc]"),
    ),
    Face("thai", ("NotoSansThai-Regular.ttf",), re.compile("[\u0e00-\u0e7f]")),
    Face("hebrew", ("NotoSansHebrew-Regular.ttf",), re.compile("[\u0590-\u05ff]")),
    Face("devanagari", ("NotoSansDevanagari-Regular.ttf",), re.compile("[\u0900-\u097f]")),
    Face(
        "cjk",
        ("NotoSansCJK-Regular.ttc", "NotoSansCJKjp-Regular.otf", "NotoSansJP-Regular.ttf"),
        re.compile("[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef]"),
        "fonts-noto-cjk",
    ),
    Face("symbols", ("NotoSansSymbols2-Regular.ttf",), re.compile("[\u2300-\u27bf\U0001f300-\U0001faff]")),
)
# the collection holds one face for each language
IN_COLLECTION = {"ja": 0, "ko": 1, "zh": 2}
# where a line may end in scripts without spaces: before a Thai vowel that leads a syllable, between ideographs
_THAI_BREAK = re.compile("(?<=[\u0e00-\u0e7f])(?=[\u0e40-\u0e44])")
_CJK = "\u3041-\u30ff\u3400-\u9fff\uf900-\ufaff\uac00-\ud7af"
_NOT_FIRST = "\u3001\u3002\uff0c\uff0e\uff01\uff1f\u300d\u300f\uff09"
_NOT_FIRST += "\u3041\u3043\u3045\u3047\u3049\u3063\u3083\u3085\u3087"
_NOT_FIRST += "\u30a1\u30a3\u30a5\u30a7\u30a9\u30c3\u30e3\u30e5\u30e7\u30fc"
_CJK_BREAK = re.compile(f"(?<=[{_CJK}\u3001\u3002])(?=[{_CJK}\u300c\u300e\uff08])(?![{_NOT_FIRST}])")
_BREAK = "\u200b"
_INVISIBLE = re.compile("[\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufe00-\ufe0f\ufeff]|[\x00-\x08\x0b-\x1f]")


@cache
def find_font(names: tuple[str, ...]) -> Path | None:
    """Find the first of these files on this machine."""
    for name in names:
        for folder in FOLDERS:
            hit = next(iter(sorted(folder.rglob(name))), None) if folder.is_dir() else None
            if hit is not None:
                return hit
    return None


def needed(text: str) -> Iterator[tuple[Face, Path]]:
    """Yield the faces beside the first that a text needs, each with its file; raises NoFont."""
    for face in _OTHERS:
        if not face.letters.search(text):
            continue
        file = find_font(face.files)
        if file is not None:
            yield face, file
        elif face.name != "symbols":
            raise NoFont(face.package)


def is_rtl(text: str) -> bool:
    """Say which way a paragraph runs: as its first letter with a direction does."""
    for letter in text:
        way = unicodedata.bidirectional(letter)
        if way in {"R", "AL"}:
            return True
        if way == "L":
            return False
    return False


def breakable(text: str) -> str:
    """Return a text with places where a line may end, without what has no width."""
    clean = _INVISIBLE.sub("", text.expandtabs(4))
    return _CJK_BREAK.sub(_BREAK, _THAI_BREAK.sub(_BREAK, clean))

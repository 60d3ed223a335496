"""What no engine may change: numbers, codes, addresses, amounts, dates and the workspace's own terms.

Each is masked before an engine sees the text and put back afterwards; what did not come back exactly once
is told, never invented.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from dragoman.core.language.scripts import main_script
from dragoman.core.language.slots import locale_of, read_date, write_date
from dragoman.kit.text import fold
from dragoman.kit.tokens import SPACELESS

_RUN = re.compile(f"[{SPACELESS}]")
_CURRENCY = r"(?:€|£|฿|\$|¥|₹|₩|₫|₴|₽|₺|₪|円|R\$|US\$|kr\.?|zł|Kč|[A-Z]{3}|บาท|euroa?s?|Euros?)"
_NUMBER = r"\d(?:[\d.,' \u00a0\u202f\u2019]*\d)?"
_MONTH = r"(?P<month>[^\W\d_][^\s\d_.,;:!?()]{1,13})\.?"
# The ends of a word in scripts with spaces; Thai and Japanese letters may touch a code on both sides.
_S, _E = (f"(?{look}[A-Za-z0-9\u00c0-\u024f\u0400-\u04ff])" for look in ("<!", "!"))
# In this order: what comes first in the list wins where two begin at one place.
_KINDS = (
    ("placeholder", r"\{\{?\w+(?:\.\w+)*\}?\}|%\(\w+\)[sd]"),
    ("url", r"(?:https?://|www\.)[^\s<>\"']*[^\s<>\"'.,;:!?)\]]"),
    ("email", r"[\w.+%-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}"),
    ("amount", rf"{_CURRENCY}[ \u00a0]?{_NUMBER}{_E}|{_S}(?<!-){_NUMBER}[ \u00a0]?{_CURRENCY}{_E}"),
    ("date", rf"{_S}(?<!-)\d{{4}}-\d{{2}}-\d{{2}}(?:[T ]\d{{2}}:\d{{2}}(?::\d{{2}})?Z?)?{_E}"),
    ("date", rf"{_S}(?<!-)\d{{1,2}}([./-])\d{{1,2}}\1(?:\d{{4}}|\d{{2}})?{_E}"),
    ("date", rf"{_S}\d{{1,2}}\.? (?:de )?{_MONTH}(?: (?:de )?\d{{4}})?{_E}"),
    ("date", rf"{_S}{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?(?:, \d{{4}})?{_E}"),
    ("date", r"(?:\d{2,4}年)?\d{1,2}月\d{1,2}[日号]"),
    ("date", r"(?:\d{2,4}년 ?)?\d{1,2}월 ?\d{1,2}일"),
    ("date", rf"{_S}\d{{1,2}} tháng \d{{1,2}}(?:(?:,| năm) \d{{4}})?{_E}"),
    ("time", rf"{_S}\d{{1,2}}[:.]\d{{2}}(?::\d{{2}})?(?: ?[ap]\.?m\.?)?{_E}"),
    ("phone", rf"{_S}(?:\+|00)\d[\d \u00a0()/.-]{{5,18}}\d{_E}|{_S}0\d{{1,4}}[ /-]\d[\d -]{{3,12}}\d{_E}"),
    ("code", rf"{_S}#?(?=[A-Za-z/_-]*\d)[A-Z0-9][A-Za-z0-9]*(?:[-/_][A-Za-z0-9]+)+{_E}"),
    ("code", rf"{_S}#?(?:[A-Z]{{2,5}} )?[A-Z]{{0,6}}\d{{4,}}(?: ?\d{{3,}})*[A-Z]{{0,4}}{_E}"),
    ("code", rf"{_S}#?(?=[A-Z0-9]*[A-Z])(?=[A-Z0-9]*\d)[A-Z0-9]{{4,}}{_E}"),
)  # fmt: skip
_PATTERNS = [re.compile(pattern, re.IGNORECASE if kind in ("url", "date") else 0) for kind, pattern in _KINDS]
# A month's name would stay foreign in the translation; digits alone are left as they were written.
_NAMED_DATE = re.compile(r"[^\d\s.,:/TZ-]{2}|年|月|월")


@dataclass(frozen=True)
class Protected:
    """A text with its pieces masked for one engine: `masked` goes out, `pieces[n]` stands behind mask n+1.

    `words` says what comes back in the place of a piece that is a term of the glossary.
    """

    masked: str
    pieces: tuple[str, ...]
    mask: str
    words: Mapping[str, str] = field(default_factory=dict)
    kinds: tuple[str, ...] = ()

    @property
    def _pattern(self) -> re.Pattern[str]:
        return _mask_pattern(self.mask)

    def seen(self, translated: str) -> list[int]:
        """Return the numbers of the masks in an answer, in order."""
        return [int(found[1]) for found in self._pattern.finditer(translated)] if self.pieces else []

    def bare(self, translated: str) -> str:
        """Return a masked text or an answer without its masks."""
        return self._pattern.sub(" ", translated) if self.pieces else translated

    def restore(self, translated: str, *, source: str, target: str) -> tuple[str, tuple[str, ...]]:
        """Return (text with the pieces back, the pieces that did not come back exactly once).

        A date with its month in letters comes back in the target language's words, all else as it was.
        """
        said = [self.words.get(piece) or _said(piece, source, target) for piece in self.pieces]
        seen = [0] * len(self.pieces)

        def put_back(found: re.Match[str]) -> str:
            number = int(found[1])
            if not 1 <= number <= len(self.pieces):
                return ""
            seen[number - 1] += 1
            return said[number - 1]

        text = self._pattern.sub(put_back, translated) if self.pieces else translated
        return text, tuple(piece for piece, times in zip(self.pieces, seen, strict=True) if times != 1)


def _said(piece: str, source: str, target: str) -> str:
    read = read_date(piece, language=source) if _NAMED_DATE.search(piece) else None
    return write_date(read[0], language=target, has_year=read[1]) if read else piece


@lru_cache(maxsize=16)
def _mask_pattern(mask: str) -> re.Pattern[str]:
    before, _, after = (_spaced(part) for part in mask.partition("{}"))
    return re.compile(rf"{before}\s*(\d{{1,3}})\s*{after}", re.IGNORECASE)


def _spaced(part: str) -> str:
    """Engines put blanks between the signs of a mask."""
    return r"\s*".join(map(re.escape, part))


def protect(
    text: str,
    *,
    language: str,
    mask: str,
    terms: Sequence[str] = (),
    words: Mapping[str, str] | None = None,
) -> Protected:
    """Mask everything in a text that must come through unchanged; `mask` holds `{}` for the number.

    `terms` are the workspace's words that are not translated: brand and product names; `words` are those, as they
    stand in the text, whose translation is known.
    """
    known = dict(words or {})
    pieces: list[str] = []
    masked: list[str] = []
    end = 0
    kinds: list[str] = []
    for start, stop, kind in _found(text, language=language, terms=(*terms, *known)):
        pieces.append(text[start:stop])
        kinds.append(kind)
        masked += [text[end:start], mask.format(len(pieces))]
        end = stop
    return Protected("".join([*masked, text[end:]]), tuple(pieces), mask, known, tuple(kinds))


def spans(text: str, *, language: str, terms: Sequence[str] = ()) -> list[tuple[int, int]]:
    """Return (start, end) of every protected piece of a text in a language, in order, never overlapping."""
    return [(start, stop) for start, stop, _kind in _found(text, language=language, terms=terms)]


def _found(text: str, *, language: str, terms: Sequence[str]) -> list[tuple[int, int, str]]:
    """Return (start, end, kind) of every protected piece."""
    found = [(*match.span(), "term") for match in _terms(tuple(terms)).finditer(text)] if terms else []
    for (kind, _written), pattern in zip(_KINDS, _PATTERNS, strict=True):
        for match in pattern.finditer(text):
            month = match.groupdict().get("month")
            if month is None or _is_month(month, language):
                found.append((*match.span(), kind))
    kept: list[tuple[int, int, str]] = []
    taken = 0
    # Stable: of two that begin together the kind named first stays, unless the other reaches farther.
    for start, stop, kind in sorted(found, key=lambda span: (span[0], -span[1])):
        if start >= taken and text[start:stop].strip():
            kept.append((start, stop, kind))
            taken = stop
    return kept


def _is_month(word: str, language: str) -> bool:
    """Say whether a word is a month's name; Hebrew writes "in" onto it."""
    known = _months(language)
    return fold(word) in known or (word.startswith("ב") and fold(word[1:]) in known)


@lru_cache(maxsize=64)
def _months(language: str) -> frozenset[str]:
    """Return the months' names, folded, of a language and of English, which is written everywhere."""
    names = set()
    for locale in (locale_of(language), locale_of("en")):
        for usage in ("format", "stand-alone"):
            for width in ("wide", "abbreviated"):
                names |= {fold(name).rstrip(".") for name in locale.months[usage][width].values()}
    return frozenset(name for name in names if len(name) >= (3 if name.isascii() else 2))


def _open(letter: str) -> str:
    """Return what must stand before a term: in Thai or Japanese a word begins anywhere."""
    return "" if _RUN.match(letter) else rf"(?:(?<=[{SPACELESS}])|(?<!\w))"


def _shut(letter: str) -> str:
    return "" if _RUN.match(letter) else rf"(?:(?=[{SPACELESS}])|(?!\w))"


@lru_cache(maxsize=64)
def _terms(terms: tuple[str, ...]) -> re.Pattern[str]:
    longest_first = sorted(filter(None, map(str.strip, terms)), key=len, reverse=True)
    return re.compile(
        "|".join(rf"{_open(term[0])}{re.escape(term)}{_shut(term[-1])}" for term in longest_first) or r"(?!)",
        re.IGNORECASE,
    )


def is_only_protected(text: str, *, language: str, terms: Sequence[str] = ()) -> bool:
    """Tell whether nothing in a text could be translated: only protected pieces, marks and emoji."""
    end, rest = 0, []
    for start, stop in spans(text, language=language, terms=terms):
        rest.append(text[end:start])
        end = stop
    return not main_script("".join([*rest, text[end:]]))

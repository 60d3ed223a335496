"""Numbers that a state gave a person: by their shape, their check, and the words before those that have no check."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from stdnum import ean, luhn, verhoeff
from stdnum.be import nn
from stdnum.br import cpf
from stdnum.ch import ssn as ahv
from stdnum.cn import ric
from stdnum.cz import rc
from stdnum.de import idnr
from stdnum.dk import cpr
from stdnum.ee import ik
from stdnum.es import dni, nie
from stdnum.fi import hetu
from stdnum.fr import nir
from stdnum.gr import amka
from stdnum.il import idnr as teudat
from stdnum.it import codicefiscale
from stdnum.kr import rrn
from stdnum.nl import bsn
from stdnum.no import fodselsnummer
from stdnum.pl import pesel
from stdnum.ro import cnp
from stdnum.se import personnummer
from stdnum.th import pin
from stdnum.tr import tckimlik
from stdnum.ua import rntrc
from stdnum.us import ssn

from dragoman.core.language.entities.found import GLUE, Taken
from dragoman.core.language.personal.found import Span
from dragoman.core.language.personal.words import ends_before

_THAI = re.compile("[\u0e01-\u0e5b]")
_AROUND = 200  # code points that tell what is spoken
_SHOP = re.compile("88")  # articles of Thailand: 885; ids beginning with 8 are of people naturalised


@dataclass(frozen=True)
class _Kind:
    """A national number: its shape, its check, whether the shape alone is enough or a word must name it."""

    expression: str
    check: Callable[[str], bool]
    named: bool = False

    @cached_property
    def shape(self) -> re.Pattern[str]:
        """Compile at the first use: forty of them take half a second of every start."""
        return re.compile(self.expression)


def _kind(pattern: str, check: Callable[[str], bool], *, named: bool = False) -> _Kind:
    # only the number's own letters may be of either case: a large class is slow to compile that way
    return _Kind(rf"(?<!{GLUE})(?<![-+./#_])(?i:{pattern})(?!{GLUE}|[-/_]\d)", check, named)


def _is_swedish(number: str) -> bool:
    """Check a Swedish number; a coordination number has 60 added to the day, so that only its check digit tells."""
    digits = re.sub(r"\D", "", number)
    if len(digits) == 10 and "-" not in number and "+" not in number:
        number = f"{digits[:6]}-{digits[6:]}"
    elif len(digits) == 12:
        number = f"{digits[:8]}-{digits[8:]}"
    if int(digits[-6:-4]) > 60:
        return (
            61 <= int(digits[-6:-4]) <= 91
            and 1 <= int(digits[-8:-6]) <= 12
            and bool(luhn.is_valid(digits[-10:]))
        )
    return bool(personnummer.is_valid(number))


def _is_danish(number: str) -> bool:
    """Check a Danish number by its date: those given out since 2007 need not pass the old check."""
    return bool(cpr.is_valid(number.replace(" ", "")))


def _is_korean(number: str) -> bool:
    """Check a Korean number; those given out since October 2020 have no check digit."""
    digits = re.sub(r"\D", "", number)
    if digits[6] in "3478" and int(digits[:2]) >= 20:
        return _is_date(2000 + int(digits[:2]), int(digits[2:4]), int(digits[4:6]))
    return bool(rrn.is_valid(digits, allow_future=False))


def _is_date(year: int, month: int, day: int) -> bool:
    try:
        return date(year, month, day) <= date.today()
    except ValueError:
        return False


def _is_thai(number: str) -> bool:
    return bool(pin.is_valid(number))


def _is_thai_of_foreigner(number: str) -> bool:
    """Check a Thai number of a person without nationality or of a foreigner, which begins with 0 or 9."""
    digits = re.sub(r"\D", "", number)
    total = sum((13 - place) * int(digit) for place, digit in enumerate(digits[:12]))
    return digits[0] in "09" and (11 - total % 11) % 10 == int(digits[12])


def _is_aadhaar(number: str) -> bool:
    digits = re.sub(r"\D", "", number)
    return digits[0] in "23456789" and digits != digits[::-1] and bool(verhoeff.is_valid(digits))


def _is_french(number: str) -> bool:
    return bool(nir.is_valid(re.sub(r"[ .-]", "", number).upper()))


def _is_pension_number(number: str) -> bool:
    """Check a German pension insurance number (VKVV §§ 2-4): weighted sums of digits."""
    code = re.sub(r"\s", "", number).upper()
    digits = code[:8] + f"{ord(code[8]) - 64:02}" + code[9:11]
    total = sum(
        sum(map(int, str(weight * int(digit))))
        for weight, digit in zip((2, 1, 2, 5, 7, 1, 2, 1, 2, 1, 2, 1), digits, strict=True)
    )
    return total % 10 == int(code[11])


_NATIONAL = (
    _kind(r"\d{6}[-+A-FU-Y]\d{3}[0-9A-Z]", lambda number: bool(hetu.is_valid(number, allow_temporary=True))),
    _kind(r"(?:\d{2})?\d{6}[-+]\d{4}|(?:19|20)\d{10}", _is_swedish),
    _kind(r"\d{10}", _is_swedish, named=True),
    _kind(r"\d{6}[- ]?\d{4}", _is_danish, named=True),
    _kind(r"[1-8]\d{10}", ik.is_valid),
    _kind(r"\d{11}", lambda number: pesel.is_valid(number)),
    _kind(r"\d{6} ?\d{5}", lambda number: fodselsnummer.is_valid(number), named=True),
    _kind(r"\d{2} ?\d{3} ?\d{3} ?\d{3}", lambda number: idnr.is_valid(number)),
    _kind(r"\d{2} ?\d{6} ?[A-Z] ?\d{3}", _is_pension_number),
    _kind(r"\d{8,9}|\d{4}[. ]\d{2}[. ]\d{3}|\d{3}[. ]\d{3}[. ]\d{3}", bsn.is_valid, named=True),
    _kind(r"[1-478](?:[ .-]?\d){4}[ .-]?(?:\d[ .-]?\d|2[AB])(?:[ .-]?\d){8}", _is_french),
    _kind(
        r"\d{8}[- ]?[A-Z]|\d{1,2}\.\d{3}\.\d{3}[- ]?[A-Z]",
        lambda number: dni.is_valid(re.sub(r"\W", "", number).zfill(9)),
    ),
    _kind(
        r"[KLM]\d{7}[A-Z]",
        lambda number: number[-1].upper() == dni.calc_check_digit(number[1:-1]),
        named=True,
    ),
    _kind(r"[XYZ][- ]?\d{7}[- ]?[A-Z]", nie.is_valid),
    _kind(
        r"[A-Z]{3} ?[A-Z]{3} ?[0-9LMNPQRSTUV]{2}[A-Z][0-9LMNPQRSTUV]{2} ?[A-Z][0-9LMNPQRSTUV]{3} ?[A-Z]",
        codicefiscale.is_valid,
    ),
    _kind(r"\d{11}", codicefiscale.is_valid, named=True),
    _kind(r"\d[- ]?\d{4}[- ]?\d{5}[- ]?\d{2}[- ]?\d", _is_thai),
    _kind(r"\d[- ]?\d{4}[- ]?\d{5}[- ]?\d{2}[- ]?\d", _is_thai_of_foreigner, named=True),
    _kind(r"\d{3}[. ]?\d{3}[. ]?\d{3}[- ]?\d{2}", lambda number: cpf.is_valid(number.replace(" ", ""))),
    _kind(r"\d{6}/\d{3,4}", rc.is_valid),
    _kind(r"[1-9]\d{12}", cnp.is_valid, named=True),
    _kind(
        r"[1-9]\d{10}|[1-9]\d{2} \d{3} \d{3} \d{2}", lambda number: tckimlik.is_valid(number.replace(" ", ""))
    ),
    _kind(r"\d{11}", amka.is_valid, named=True),
    _kind(r"\d{6}-[1-8]\d{6}", _is_korean),
    _kind(r"\d{6} ?[1-8]\d{6}", _is_korean, named=True),
    _kind(r"[1-9]\d{16}[0-9X]", ric.is_valid),
    _kind(r"\d{2}\.\d{2}\.\d{2}-\d{3}\.\d{2}", nn.is_valid),
    _kind(r"756\.\d{4}\.\d{4}\.\d{2}", ahv.is_valid),
    _kind(r"756\d{10}", ahv.is_valid, named=True),
    _kind(r"[2-9]\d{3}([ -])\d{4}\1\d{4}", _is_aadhaar),
    _kind(r"[2-9]\d{11}", _is_aadhaar, named=True),
    _kind(r"\d{9}|\d-?\d{7}-?\d", teudat.is_valid, named=True),
    _kind(r"\d{10}", rntrc.is_valid, named=True),
    _kind(r"\d{3}[- ]\d{2}[- ]\d{4}|\d{9}", lambda number: ssn.is_valid(number), named=True),
    _kind(r"[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z](?: ?\d\d){3} ?[A-D]", lambda _number: True, named=True),
)


def national_ids(text: str, begin: int, end: int) -> Iterator[Span]:
    """Yield the national numbers of a stretch of a plain text, no two over each other."""
    taken = Taken(end - begin)
    near: dict[int, tuple[int, int]] = {}
    for kind in _NATIONAL:
        for found in kind.shape.finditer(text, begin, end):
            start, stop = found.span()
            if not taken.is_free(start - begin, stop - begin) or not _passes(kind, found.group()):
                continue
            if start not in near:
                words = ends_before(text, start)
                near[start] = words.get("person", -1), words.get("order", -1)
            person, order = near[start]
            is_named = person >= 0 and person >= order
            if is_named or not (kind.named or order >= 0 or _is_article(text, start, stop)):
                taken.take(start - begin, stop - begin)
                yield Span(start, stop, "national_id")


def _is_article(text: str, start: int, end: int) -> bool:
    """Say whether thirteen digits are rather an article's (EAN): they pass its check, and no Thai is spoken there."""
    written = text[start:end]
    if len(written) != 13 or not written.isdigit() or not ean.is_valid(written):
        return False
    return bool(_SHOP.match(written)) or not _THAI.search(text, max(0, start - _AROUND), end + _AROUND)


def _passes(kind: _Kind, written: str) -> bool:
    try:
        return bool(kind.check(written))
    except (ValueError, IndexError, KeyError):
        return False

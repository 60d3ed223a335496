"""Personal data that nobody needs to answer a customer: found so that it can be masked before anything sees it.

Order, parcel and article numbers are left alone: a number that a word of orders or parcels stands before is none of
these, and figures without a check are none either.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from stdnum import iban, luhn
from stdnum.br import cpf
from stdnum.cz import rc
from stdnum.de import idnr
from stdnum.dk import cpr
from stdnum.ee import ik
from stdnum.es import dni, nie
from stdnum.fi import hetu
from stdnum.fr import nir
from stdnum.gr import amka
from stdnum.it import codicefiscale
from stdnum.kr import rrn
from stdnum.nl import bsn
from stdnum.no import fodselsnummer
from stdnum.pl import pesel
from stdnum.ro import cnp
from stdnum.se import personnummer
from stdnum.th import pin
from stdnum.tr import tckimlik

from dragoman.core.language import lexicon
from dragoman.core.language.detect import detect
from dragoman.core.language.entities.find import emails, find
from dragoman.core.language.entities.found import GLUE
from dragoman.core.language.terms import Hit, Terms
from dragoman.kit.text import fold

_MOST = 200_000  # characters that are looked through
_REACH = 24  # characters between a word and the number it speaks of


@dataclass(frozen=True)
class Span:
    """Something to mask: its place in code points, end exclusive, and one of the seven types."""

    start: int
    end: int
    type: str


@dataclass(frozen=True)
class _Kind:
    """A national number: its shape, its check, whether the shape alone is enough or a word must name it."""

    shape: re.Pattern[str]
    check: Callable[[str], bool]
    named: bool = False


def _shape(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!{GLUE})(?<![-+./#_])(?:{pattern})(?!{GLUE}|[-/_]\d)", re.IGNORECASE)


def _is_swedish(number: str) -> bool:
    """Check a Swedish number; a coordination number has 60 added to the day, so that only its check digit tells."""
    digits = re.sub(r"\D", "", number)
    return bool(luhn.is_valid(digits[-10:]) if int(digits[-6:-4]) > 60 else personnummer.is_valid(digits))


_NATIONAL = (
    _Kind(
        _shape(r"\d{6}[-+A-FU-Y]\d{3}[0-9A-Z]"),
        lambda number: bool(hetu.is_valid(number, allow_temporary=True)),
    ),
    _Kind(_shape(r"(?:\d{2})?\d{6}[-+]\d{4}"), _is_swedish),
    _Kind(_shape(r"(?:19|20)\d{10}"), _is_swedish),
    _Kind(_shape(r"\d{6}-\d{4}"), lambda number: cpr.is_valid(number), named=True),
    _Kind(_shape(r"[1-8]\d{10}"), ik.is_valid),
    _Kind(_shape(r"\d{11}"), lambda number: pesel.is_valid(number)),
    _Kind(_shape(r"\d{6} ?\d{5}"), lambda number: fodselsnummer.is_valid(number), named=True),
    _Kind(_shape(r"\d{2} ?\d{3} ?\d{3} ?\d{3}"), lambda number: idnr.is_valid(number)),
    _Kind(_shape(r"\d{9}|\d{4}[. ]\d{2}[. ]\d{3}|\d{3}[. ]\d{3}[. ]\d{3}"), bsn.is_valid, named=True),
    _Kind(
        _shape(r"[12](?: ?\d){5}[ ]?(?:\d|2[AB])(?: ?\d){6,8}(?: ?\d{2})?"),
        lambda number: nir.is_valid(number),
    ),
    _Kind(
        _shape(r"\d{8}[- ]?[A-Z]|\d{2}\.\d{3}\.\d{3}[- ]?[A-Z]"),
        lambda number: dni.is_valid(number.replace(".", "")),
    ),
    _Kind(_shape(r"[XYZ][- ]?\d{7}[- ]?[A-Z]"), nie.is_valid),
    _Kind(
        _shape(r"[A-Z]{6}[0-9LMNPQRSTUV]{2}[A-Z][0-9LMNPQRSTUV]{2}[A-Z][0-9LMNPQRSTUV]{3}[A-Z]"),
        codicefiscale.is_valid,
    ),
    _Kind(_shape(r"\d[- ]?\d{4}[- ]?\d{5}[- ]?\d{2}[- ]?\d"), pin.is_valid),
    _Kind(_shape(r"\d{3}\.?\d{3}\.?\d{3}-?\d{2}"), lambda number: cpf.is_valid(number)),
    _Kind(_shape(r"\d{6}/\d{3,4}"), rc.is_valid),
    _Kind(_shape(r"[1-9]\d{12}"), cnp.is_valid, named=True),
    _Kind(_shape(r"[1-9]\d{10}"), tckimlik.is_valid),
    _Kind(_shape(r"\d{11}"), amka.is_valid, named=True),
    _Kind(_shape(r"\d{6}-[1-8]\d{6}"), lambda number: rrn.is_valid(number, allow_future=False)),
)
# Words that say which number follows; folded, in every language.
_NAMES = Terms({"person": lexicon.numbered()["person"]})
_ORDERS = frozenset({
    "order", "order_number", "tracking", "tracking_number", "parcel", "invoice", "receipt", "product", "shipping",
    "carrier", "carrier_name", "serial_number", "model", "tax_number",
})  # fmt: skip
_CARD = re.compile(rf"(?<!{GLUE})(?<![-+./#_])\d(?:[ -]?\d){{12,18}}(?!{GLUE}|[-/_.]\d)")
_ISSUER = re.compile(r"4|5[0-8]|2[2-7]|3[04-9]|6")
_IBAN = re.compile(rf"(?<!{GLUE})[A-Za-z]{{2}}\d{{2}}(?:[ -]?[A-Za-z0-9]){{11,30}}(?!{GLUE})")
_TOKEN = re.compile(
    r"(?<![\w-])(?:sk-[\w-]{16,}|sk_(?:live|test)_\w{10,}|gh[pousr]_\w{20,}|github_pat_\w{20,}|glpat-[\w-]{16,}|xox[abprs]-[\w-]{10,}"
    r"|AKIA[0-9A-Z]{16}|AIza[\w-]{30,}|dgm_[\w-]{16,}|eyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]{5,}|whsec_\w{10,}|pk_(?:live|test)_\w{10,})(?![\w-])"
)
_KEYS = r"api[ _-]?key|access[ _-]?token|secret[ _-]?key|token"
_BEARER = re.compile(
    rf"\b(?:bearer|{_KEYS})\b\s*[:=]?\s+?(?P<value>[\w./+=-]{{16,}})|\b(?:{_KEYS})\b\s*[:=]\s*(?P<other>[\w./+=-]{{8,}})",
    re.IGNORECASE,
)
# What may stand between the word and the word that is one: `is`, in every language, or a sign.
_SAYS = (
    r"(?:is|was|are|ist|lautet|war|est|es|era|é|e|on|oli|är|er|var|jest|to|je|je:|lyder|is:|este|van|az|:|=|это|был|є|είναι|ειναι|هو|هي|היא|הוא"
    r"|है|คือ|là|la|は|是|为|はこちら|은|는|इज|hai)"
)
_SECRET = re.compile(
    rf"(?P<mark>\s*[:=：]\s*|(?<=[는은])\s+|[\s「\"'“]*(?<!\w){_SAYS}[\s:：]+|[\s]*(?:は|是|为|คือ|是：|:)\s*|\s*[（(「]\s*)[\"'“”„«「]?(?P<value>[!#-~\u00c0-\u024f]{{4,64}})"
)


def redacted(text: str) -> list[Span]:
    """Return what of a text is to be masked, in order, no two over each other."""
    text = text[:_MOST]
    spans = [Span(one.start, one.end, "email") for one in emails(text)]
    spans += _ibans(text)
    spans += _tokens(text)
    spans += _passwords(text, spans)
    orders = _order_words().find(fold(text))
    spans += [one for one in _cards(text, orders) if _is_free(one, spans)]
    spans += [one for one in _national_ids(text, orders) if _is_free(one, spans)]
    # a phone is what is no date, amount or order in the language of the text
    language = detect(text).language or "en"
    for one in find(text, language):
        span = Span(one.start, one.end, "phone")
        if one.type == "phone" and _is_free(span, spans):
            spans.append(span)
    return sorted(spans, key=lambda one: one.start)


def masked(text: str, spans: Sequence[Span]) -> str:
    """Return the text with each span as `[type]`."""
    parts, at = [], 0
    for one in spans:
        parts += [text[at : one.start], f"[{one.type}]"]
        at = one.end
    return "".join(parts) + text[at:]


def _is_free(span: Span, spans: Sequence[Span]) -> bool:
    return not any(span.start < one.end and span.end > one.start for one in spans)


@lru_cache(maxsize=1)
def _order_words() -> Terms:
    """Every language's words of orders, parcels and articles: a text to be masked has no language yet."""
    known = [
        wording
        for tag in lexicon.languages()
        for concept, wordings in lexicon.entries(tag).items()
        if concept in _ORDERS
        for wording in wordings
    ]
    return Terms({"order": known})


@lru_cache(maxsize=1)
def _password_words() -> Terms:
    known = [wording for tag in lexicon.languages() for wording in lexicon.entries(tag).get("password", ())]
    return Terms({"password": [*known, "pin", "pwd", "passwd", "pass"]})


def _is_order(span: Span, orders: Sequence[Hit]) -> bool:
    return any(0 <= span.start - hit.end <= _REACH for hit in orders)


def _ibans(text: str) -> Iterator[Span]:
    for found in _IBAN.finditer(text):
        written = found.group()
        # words may follow without a sign between: the longest beginning that passes the check
        for end in range(len(written), 14, -1):
            if written[end - 1] in " -" or (end < len(written) and written[end] not in " -"):
                continue
            if iban.is_valid(written[:end], check_country=False):
                yield Span(found.start(), found.start() + end, "iban")
                break


def _cards(text: str, orders: Sequence[Hit]) -> Iterator[Span]:
    for found in _CARD.finditer(text):
        number = re.sub(r"[ -]", "", found.group())
        span = Span(*found.span(), "card")
        if (
            _ISSUER.match(number)
            and luhn.is_valid(number)
            and len(set(number)) > 1
            and not _is_order(span, orders)
        ):
            yield span


def _national_ids(text: str, orders: Sequence[Hit]) -> Iterator[Span]:
    folded = fold(text)
    names = _NAMES.find(folded)
    taken: list[Span] = []
    for kind in _NATIONAL:
        for found in kind.shape.finditer(text):
            span = Span(*found.span(), "national_id")
            is_named = any(0 <= span.start - hit.end <= _REACH for hit in names)
            if not is_named and (kind.named or _is_order(span, orders)):
                continue
            if _is_free(span, taken) and _passes(kind, found.group()):
                taken.append(span)
                yield span


def _passes(kind: _Kind, written: str) -> bool:
    try:
        return bool(kind.check(written))
    except (ValueError, IndexError, KeyError):
        return False


def _tokens(text: str) -> Iterator[Span]:
    taken: list[Span] = []
    for found in _TOKEN.finditer(text):
        taken.append(Span(*found.span(), "token"))
    for found in _BEARER.finditer(text):
        name = "value" if found["value"] else "other"
        value = found[name]
        span = Span(*found.span(name), "token")
        if any(map(str.isdigit, value)) and any(map(str.isalpha, value)) and _is_free(span, taken):
            taken.append(span)
    yield from taken


def _passwords(text: str, spans: Sequence[Span]) -> Iterator[Span]:
    folded = fold(text)
    if len(folded) != len(text):
        folded = text.lower()
    for hit in _password_words().find(folded):
        found = _SECRET.match(text, hit.end)
        if not found:
            continue
        start, end = found.span("value")
        value = text[start:end].rstrip(".,;!?)」）")
        # a sentence goes on with words; a secret has figures or signs in it, or stands after a colon
        is_secret = any(not one.isalpha() for one in value) or (
            any(map(str.isupper, value[1:])) and any(map(str.islower, value))
        )
        if is_secret or found["mark"].strip() in {":", "=", "："}:
            span = Span(start, start + len(value), "password")
            if len(value) >= 4 and _is_free(span, spans):
                yield span

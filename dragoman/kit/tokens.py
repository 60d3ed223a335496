"""Search tokens made by us, so that PostgreSQL needs no dictionary and every script is found alike.

A word is indexed folded, and its Snowball stem beside it as `fi~paket`. Scripts without spaces become
overlapping pairs of characters, which a phrase query turns into a substring search. Codes and numbers are
indexed joined as well, so that `KSL-20418`, `KSL 20418` and `ksl20418` are one.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from operator import itemgetter
from typing import NamedTuple

import phonenumbers

from dragoman.kit.stems import LOOSE, STEMMED, stems_of_lowered
from dragoman.kit.text import fold, lowered

# Thai, Lao, Burmese, Khmer, Kana, Han, Hangul: written without spaces, or with endings glued on.
SPACELESS = (
    "\u0e01-\u0e3a\u0e40-\u0eff\u1000-\u109f\u1100-\u11ff\u1780-\u17ff\u3005-\u3007\u3041-\u30ff\u3130-\u318f"
    "\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff"
)
# Marks that belong to a word but that `\w` leaves out: accents, Hebrew points, Arabic vowels, Indic vowels.
MARKS = (
    "\u0300-\u036f\u0483-\u0487\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed"
    "\u0900-\u0963\u0971-\u0dff"
)
_SIMPLE = re.compile(rf"(?P<word>(?:[^\W_]|[{MARKS}])+)")
_MIXED = re.compile(rf"(?P<run>[{SPACELESS}]+)|(?P<word>(?:(?![{SPACELESS}])[^\W_]|[{MARKS}])+)")
_HAS_RUN = re.compile(f"[{SPACELESS}]")
_MAIL = re.compile(r"[\w.+%-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}")
# Half an address: `@example.com`, `somchai@`, or a domain alone.
_HALF_MAIL = re.compile(r"(?<![\w.%+-])@[\w-]+(?:\.[\w-]+)+|(?<![\w.%+-])[\w.+%-]+@(?![\w])")
_DOMAIN = re.compile(r"(?<![\w.@/-])(?:[a-z0-9-]+\.)+[a-z]{2,}(?![\w@.-])")
# What may stand inside one code or phone number: `KSL-20418`, `(040) 123 4567`, `2026/0042`.
_WITHIN_CODE = re.compile(r"[ \t./()_#‐‑–-]{1,2}")
_DIGITS = re.compile(r"\d{3,}")

MAX_WORD = 100  # characters; PostgreSQL allows 2046 bytes
MAX_POSITION = 16_383
MAX_POSITIONS = 255  # of one lexeme
MAX_BYTES = 500_000  # of one vector; PostgreSQL allows 1 MB
MAX_TERMS = 16  # words of one query
FIELD_TOKENS = 120  # of one field of one message
_WINDOW = 6  # parts of one number
_PHONE_TAIL = 8  # digits that a number shares however its country code is written
_QUOTED = re.compile(r"'((?:[^']|'')*)'")


class Piece(NamedTuple):
    """One word, or one run of a script without spaces: folded as `text`, with its accents as `plain`.

    `joined` means that it may be one code with the piece before it, `plus` that a plus sign stands before it.
    """

    text: str
    plain: str
    is_run: bool
    position: int
    joined: bool
    plus: bool = False


# mails of a shop say the same words again and again
_folded = lru_cache(maxsize=20_000)(fold)


def _pieces(plain: str, *, start: int = 1) -> Iterator[Piece]:
    """Walk over lowered text; positions count words, and characters inside runs."""
    position, end = start, 0
    for found in (_MIXED if _HAS_RUN.search(plain) else _SIMPLE).finditer(plain):
        gap, is_run = plain[end : found.start()], found.lastgroup == "run"
        joined = bool(end) and not is_run and (not gap or bool(_WITHIN_CODE.fullmatch(gap)))
        end = found.end()
        word = found.group()
        text = _folded(word) if len(word) <= MAX_WORD else fold(word)
        if text:  # marks alone fold to nothing
            yield Piece(text, word, is_run, position, joined, gap.endswith(("+", "+(")))
            position += len(text) if is_run else 1


def pieces_of(text: str) -> list[Piece]:
    """Return the words and runs of a text as they are searched for, in order."""
    return list(_pieces(lowered(text)))


def _pairs(run: str) -> list[str]:
    """Return overlapping pairs and the last character alone, so that one character finds as a prefix."""
    return [run[i : i + 2] for i in range(len(run))]


def _is_code(piece: Piece) -> bool:
    text = piece.text
    return not text.isalpha() and not piece.is_run and text.isascii() and any(c.isdigit() for c in text)


def _is_letters(piece: Piece, *, most: int) -> bool:
    return not piece.is_run and len(piece.text) <= most and piece.text.isascii() and piece.text.isalpha()


def _code_groups(pieces: Sequence[Piece]) -> list[tuple[int, int]]:
    """Return (first, end) of each unbroken row of pieces with digits."""
    groups: list[tuple[int, int]] = []
    for index, piece in enumerate(pieces):
        if not _is_code(piece):
            continue
        if groups and groups[-1][1] == index and piece.joined:
            groups[-1] = (groups[-1][0], index + 1)
        else:
            groups.append((index, index + 1))
    return groups


def _prefix(pieces: Sequence[Piece], first: int) -> Piece | None:
    """Return the letters in front of a code (`KSL`), if they may be part of it."""
    if first and pieces[first].joined and _is_letters(pieces[first - 1], most=5):
        return pieces[first - 1]
    return None


def _suffix(pieces: Sequence[Piece], end: int) -> Piece | None:
    """Return the letters behind a code (the `FI` of `RR 123 456 789 FI`), if they may be part of it."""
    if end < len(pieces) and pieces[end].joined and _is_letters(pieces[end], most=2):
        return pieces[end]
    return None


def _national(digits: str) -> str:
    """Return the number without its country code, or "" where these digits do not begin with one."""
    digits = digits.removeprefix("00")
    if not 9 <= len(digits) <= 15 or digits.startswith("0"):
        return ""
    try:
        number = phonenumbers.parse(f"+{digits}")
    except phonenumbers.NumberParseException:
        return ""
    return str(number.national_number) if phonenumbers.is_possible_number(number) else ""


def _phone_marks(pieces: Sequence[Piece], *, sought: bool) -> list[str]:
    """Return the marked forms of a row of digits that may be a phone number: its last digits, its national number.

    `sought` are the digits of a query, which nobody marks as a phone number.
    """
    digits = "".join(piece.text for piece in pieces)
    if not digits.isdigit() or not 6 <= len(digits) <= 15:
        return []
    national = _national(digits)
    told = pieces[0].plus or digits.startswith("0") or (len(digits) > 9 and bool(national))
    if not (told or sought):
        return []
    forms = [digits[-_PHONE_TAIL:] if len(digits) >= _PHONE_TAIL else "", digits.lstrip("0"), national]
    return [f"#{form}" for form in dict.fromkeys(forms) if len(form) > 5]


def _code_tokens(pieces: Sequence[Piece]) -> Iterator[tuple[str, int]]:
    """Yield every way in which neighbouring pieces may be written as one code."""
    for first, end in _code_groups(pieces):
        for mark in _phone_marks(pieces[first:end], sought=False):
            yield mark, pieces[first].position
        for i in range(first, end):
            before, position = _prefix(pieces, i), pieces[i].position
            for j in range(i + 1, min(end, i + _WINDOW) + 1):
                core = "".join(piece.text for piece in pieces[i:j])
                after = _suffix(pieces, j)
                if j > i + 1:
                    yield core, position
                if before:
                    yield before.text + core, position
                if after:
                    yield core + after.text, position
                if before and after:
                    yield before.text + core + after.text, position
            if not pieces[i].text.isdigit():
                for digits in _DIGITS.findall(pieces[i].text):
                    yield digits, position


def document_tokens(
    text: str, *, language: str = "", limit: int = 10_000, start: int = 1
) -> list[tuple[str, int]]:
    """Return (token, position) pairs of a text for `tsvector_literal`, by position, at most `limit`.

    `language` is the BCP 47 tag whose stems are added ("" = none); `start` is the first position, for
    texts indexed one after another.
    """
    # Twelve characters a word and more: what no reader will look for is not worth folding.
    plain = lowered(text[: limit * 12])
    pieces: list[Piece] = []
    tokens: list[tuple[str, int]] = []
    for piece in _pieces(plain, start=start):
        if len(tokens) >= limit:
            break
        pieces.append(piece)
        if piece.is_run:
            tokens += [(pair, piece.position + i) for i, pair in enumerate(_pairs(piece.text))]
            continue
        tokens.append((piece.text[:MAX_WORD], piece.position))
        if language:
            tokens += [(stem, piece.position) for stem in stems_of_lowered(piece.plain, language)]
    codes = [(code[:MAX_WORD], position) for code, position in _code_tokens(pieces)]
    if "@" in plain:
        for mail in _MAIL.finditer(plain):
            local, _, domain = fold(mail.group()).rpartition("@")
            codes += [(f"{local}@{domain}", start), (f"@{domain}", start), (f"{local}@", start)]
    # Of a text too long, its numbers are looked for before its last words.
    codes = codes[: limit // 2]
    return sorted(tokens[: limit - len(codes)] + codes, key=itemgetter(1))


def tsvector_literal(pairs: Iterable[tuple[str, int]]) -> str:
    """Return text that `::tsvector` takes: quoted, escaped, and within PostgreSQL's limits."""
    positions: dict[str, set[int]] = {}
    size = 0
    for token, position in pairs:
        seen = positions.get(token)
        if seen is None:
            size += len(token.encode("utf-8", "ignore")) + 8
            if size > MAX_BYTES:
                break
            seen = positions[token] = set()
        if len(seen) < MAX_POSITIONS:
            seen.add(max(1, min(position, MAX_POSITION)))
            size += 2
    return " ".join(
        [f"{_quoted(token)}:{','.join(map(str, sorted(seen)))}" for token, seen in positions.items() if token]
    )


def _quoted(token: str) -> str:
    if token.isalnum():
        return f"'{token}'"
    bare = token.replace("\x00", "").encode("utf-8", "ignore").decode()
    return "'" + bare.replace("\\", "\\\\").replace("'", "''") + "'"


def _either(options: Iterable[str]) -> str:
    unique = list(dict.fromkeys(option for option in options if option))
    return unique[0] if len(unique) == 1 else f"({' | '.join(unique)})"


def _both(terms: Sequence[str]) -> str:
    return terms[0] if len(terms) == 1 else f"({' & '.join(terms)})"


def _word_term(piece: Piece, *, last: bool, languages: Sequence[str]) -> str:
    """Return the query for one piece: a phrase of pairs, or the word, its beginnings and its stems."""
    if piece.is_run:
        pairs = _pairs(piece.text)[:MAX_WORD]
        if len(pairs) == 1:
            return f"{_quoted(pairs[0])}:*"
        # The last character alone ends a run in the index, not the substring that is looked for.
        phrase = " <-> ".join(_quoted(pair) for pair in pairs[:-1])
        return f"({phrase})" if len(pairs) > 2 else phrase
    word = piece.text[:MAX_WORD]
    options = [f"{_quoted(word)}:*" if last and len(word) > 1 else _quoted(word)]
    for language in languages:
        for stem in sorted(stems_of_lowered(piece.plain, language)):
            marker, _, bare = stem.partition("~")
            if marker in LOOSE and len(bare) > 3:
                options.append(f"{_quoted(f'{marker}~{bare[: max(4, -(-len(bare) * 7 // 10))]}')}:*")
            else:
                options.append(_quoted(stem))
    return _either(options)


def _code_term(pieces: Sequence[Piece], before: Piece | None, after: Piece | None, *, last: bool) -> str:
    """Return the query for one code: written as one, or all its parts anywhere."""

    def term(piece: Piece) -> str:
        return _word_term(piece, last=last and piece is (after or pieces[-1]), languages=())

    joined = "".join(piece.text for piece in pieces)
    star = ":*" if last and not after and len(joined) > 1 else ""
    core = _either(
        [
            f"{_quoted(joined[:MAX_WORD])}{star}",
            _both([term(piece) for piece in pieces]),
            *(_quoted(mark) for mark in _phone_marks(pieces, sought=True)),
        ]
    )
    if before:
        core = _either([f"{_quoted((before.text + joined)[:MAX_WORD])}{star}", _both([term(before), core])])
    if after:
        whole = (before.text if before else "") + joined + after.text
        core = _either([_quoted(whole[:MAX_WORD]), _both([core, term(after)])])
    return core


def phrase_term(text: str) -> str:
    """Return the query for words one after another, exactly as they stand; "" where there are none."""
    steps: list[str] = []
    pieces = list(_pieces(lowered(text[:1000])))[: MAX_TERMS * 2]
    for index, piece in enumerate(pieces):
        if not piece.is_run:
            steps.append(_quoted(piece.text[:MAX_WORD]))
            continue
        pairs = _pairs(piece.text)[:MAX_WORD]
        # the last character alone stands where a run ends, which is where the next word of the phrase begins
        if index < len(pieces) - 1:
            steps += [_quoted(pair) for pair in pairs]
        else:
            steps += [_quoted(pair) for pair in pairs[:-1]] or [f"{_quoted(pairs[0])}:*"]
    joined = " <-> ".join(steps)
    return f"({joined})" if len(steps) > 1 else joined


def in_field(query: str, field: str) -> str:
    """Return the query looking only among the tokens that `field_tokens` marked with this field."""
    return _QUOTED.sub(lambda found: f"'{field}={found.group(1)}'", query)


def field_tokens(field: str, text: str, *, language: str = "", start: int = 1) -> list[tuple[str, int]]:
    """Return the (token, position) pairs of a short text, marked as those of one field (`f=somchai`)."""
    pairs = document_tokens(text, language=language, limit=FIELD_TOKENS, start=start)
    return [(f"{field}={token}", position) for token, position in pairs]


def query_terms(q: str, *, language: str | None = None) -> list[str]:
    """Return the parts of a search that must all be found, each as text for `::tsquery`.

    `language` is the BCP 47 tag the searcher writes; None means that it is not known, and the stems of
    every language are tried.
    """
    languages = [language] if language else [tag for tag in STEMMED if tag != "nb"]
    plain = lowered(q[:1000])
    terms = []
    terms = [_quoted(fold(mail.group())) for mail in _MAIL.finditer(plain)]
    plain = _MAIL.sub(" ; ", plain)
    for kind in (_HALF_MAIL, _DOMAIN):
        for part in kind.finditer(plain):
            half, words = fold(part.group()), phrase_term(part.group())
            if words:
                terms.append(_either([_quoted(half if "@" in half else f"@{half}"), words]))
        plain = kind.sub(" ; ", plain)
    pieces = list(_pieces(plain))[: MAX_TERMS * 2]
    groups = dict(_code_groups(pieces))
    prefixed = {first - 1 for first in groups if _prefix(pieces, first)}
    index = 0
    while index < len(pieces) and len(terms) < MAX_TERMS:
        before = pieces[index] if index in prefixed else None
        index += 1 if before else 0
        end = groups.get(index, index + 1)
        if index in groups:
            after = _suffix(pieces, end) if end not in prefixed else None
            past = end + (1 if after else 0)
            terms.append(_code_term(pieces[index:end], before, after, last=past == len(pieces)))
            index = past
        else:
            terms.append(_word_term(pieces[index], last=end == len(pieces), languages=languages))
            index = end
    return terms


def tsquery(q: str, *, language: str | None = None) -> str:
    """Return text that `::tsquery` takes for whatever a person typed; "" when nothing is looked for."""
    return " & ".join(query_terms(q, language=language))

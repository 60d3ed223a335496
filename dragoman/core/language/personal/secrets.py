"""Passwords, wherever a word for one says that what follows is one, and keys of programs by their shape."""

import importlib.resources
import re
import tomllib
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from dragoman.core.language import lexicon
from dragoman.core.language.entities.found import Taken
from dragoman.core.language.personal.found import Span, has_long_word
from dragoman.core.language.terms import Terms, placed_words
from dragoman.kit.text import fold

_TOKEN = re.compile(
    r"(?<![\w-])(?:sk-[\w-]{16,}|[sr]k_(?:live|test)_\w{10,}|gh[pousr]_\w{20,}|github_pat_\w{20,}|glpat-[\w-]{16,}|xox[abeprs]-[\w-]{10,}"
    r"|xapp-[\w-]{20,}|A(?:KIA|SIA|ROA|IDA)[0-9A-Z]{16}|AIza[\w-]{30,}|ya29\.[\w-]{20,}|dgm_[\w-]{16,}|eyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]{5,}"
    r"|whsec_\w{10,}|pk_(?:live|test)_\w{10,}|shp(?:at|ca|pa|ss)_\w{20,}|npm_\w{30,}|pypi-[\w-]{30,}|hf_\w{20,}|dop_v1_\w{30,}"
    r"|SG\.[\w-]{16,}\.[\w-]{16,})(?![\w-])"
)
_KEYS = r"api[ _-]?key|(?:(?:access|refresh|auth)[ _-]?)?token|secret[ _-]?(?:access[ _-]?)?key|client[ _-]?secret"
_BEARER = re.compile(
    rf"\b(?:bearer|{_KEYS})\b\s*[:=]?\s+?(?P<value>[\w./+=-]{{16,}})|\b(?:{_KEYS})\b\s*[:=]\s*(?P<other>[\w./+=-]{{8,}})",
    re.IGNORECASE,
)
_NAMES = ("token", "key", "bearer", "secret")
# Short words for a password that stand by themselves only; the others come from the lexicon.
_SHORT = (
    "pin",
    "pwd",
    "passwd",
    "pass",
    "pw",
    "psw",
    "passcode",
    "passphrase",
    "pass phrase",
    "login password",
)
_LONG = 5  # letters from which on a word is looked for without looking where it ends

_SAID = tomllib.loads(
    (importlib.resources.files("dragoman.core.language") / "data" / "passwords.toml").read_text("utf-8")
)


def any_of(name: str) -> str:
    """Return one of the lists of `passwords.toml` as a choice, the longest first."""
    return "|".join(re.escape(word) for word in sorted(_SAID[name], key=len, reverse=True))


# Whose password it is and what for; then a word or a sign that says it, or an opening quote, or nothing; then itself.
_SIGNS = r"[:=：→>]+|[-–—]{1,2}>?"
_OPEN = r"\"'“”„«「『（(\[<`*"
_WHOSE = rf"(?:[ \t]+(?:{any_of('whose')})(?!\w)|[ \t]*(?:{any_of('whose_glued')})){{0,5}}"
_SAYS = rf"[ \t]+(?:{any_of('says')})(?:[ \t]*[:：])?[ \t]+|[ \t]*(?:{any_of('says_glued')})+\s*[:：]?\s*"
_VALUE = r"[!-~\u00a1-\u024f\u0370-\u052f\u0590-\u06ff]{4,64}"
_SECRET = re.compile(
    rf"{_WHOSE}(?:(?P<sign>\s*(?:{_SIGNS})\s*)|(?P<says>{_SAYS})|(?P<quote>\s*(?=[{_OPEN}]))|(?P<bare>\s+))"
    rf"[{_OPEN}]*(?P<value>{_VALUE})",
    re.IGNORECASE,
)
_STATED = frozenset(":=：")
_CLOSE = ".,;!?:)]>」』）\"'”“»`*、。"
_CRIES = re.compile("!*")
# `hunter2 is my password`
_MINE = "my|the|mein|mon|mi|a minha|minha|la mia|minun|mitt|min|moje|parola mea"
_BEFORE = re.compile(
    rf"(?<!\S)(?P<value>{_VALUE})[ \t]*(?:(?:is|ist|est|es|é|è|on|är|er|to|je|este) (?:{_MINE})\b|が私の|मेरा)[ \t]*$",
    re.IGNORECASE,
)
# `login: mika / hunter2`; without blanks around the stroke a colon says that no path is meant
_LOGIN = re.compile(
    rf"(?<!\w)(?:{any_of('login')})"
    rf"(?:(?:[ \t]*[:=：][ \t]*|[ \t]+)[^\s/|:]{{2,64}}[ \t]+[/|][ \t]+|[ \t]*[:=：][ \t]*[^\s/|:.]{{2,64}}[/|])"
    rf"(?P<value>{_VALUE})",
    re.IGNORECASE,
)
_LOGIN_FEWEST = 6
_REACH_BEFORE = 90
_ORDER = re.compile(
    r"#?[A-Z]{1,5}-?\d{3,}|\d{4}-\d{2}-\d{2}|\d{1,2}[./]\d{1,2}[./]\d{2,4}|https?://\S*|www\.\S*|\S+@\S+\.\S+"
)


def tokens(text: str) -> Iterator[Span]:
    """Yield the keys of programs."""
    taken = Taken(len(text))
    for found in _TOKEN.finditer(text) if has_long_word(text) else ():
        taken.take(*found.span())
        yield Span(*found.span(), "token")
    lowered = text.lower()
    if not any(name in lowered for name in _NAMES):
        return
    for found in _BEARER.finditer(text):
        name = "value" if found["value"] else "other"
        value = found[name]
        start, end = found.start(name), found.start(name) + len(value.rstrip("."))
        if any(map(str.isdigit, value)) and any(map(str.isalpha, value)) and taken.is_free(start, end):
            yield Span(start, end, "token")


@lru_cache(maxsize=1)
def _wordings() -> tuple[str, ...]:
    known = [wording for tag in lexicon.languages() for wording in lexicon.entries(tag).get("password", ())]
    # Arabic and Hebrew write "and" in one with the next word
    for tag, conjunction in (("ar", "و"), ("he", "ו")):
        known += [f"{conjunction}{wording}" for wording in lexicon.entries(tag).get("password", ())]
    return tuple(dict.fromkeys([*known, *lexicon.numbered()["password"], *_SHORT]))


@lru_cache(maxsize=1)
def _terms() -> Terms:
    return Terms({"password": _wordings()})


@lru_cache(maxsize=1)
def _gate() -> tuple[frozenset[str], frozenset[str], frozenset[str], re.Pattern[str]]:
    """Return what a text must hold that speaks of a password: pieces in ASCII and others, and how short words begin."""
    pieces: set[str] = set()
    short: set[str] = set()
    for wording in _wordings():
        for form in {wording.lower(), fold(wording)}:
            word = max(form.replace("*", "").split(), key=len)
            (short if word.isascii() and len(word) < _LONG else pieces).add(word)
    pieces = {one for one in pieces if not any(other in one for other in pieces - {one})}
    latin = frozenset(filter(str.isascii, pieces))
    return latin, frozenset(pieces - latin), frozenset(short), re.compile(rf"\b(?:{'|'.join(sorted(short))})")


def speaks_of_passwords(text: str) -> bool:
    """Say quickly whether a text may name a password, in any language."""
    lowered = (
        text.lower() if unicodedata.is_normalized("NFC", text) else unicodedata.normalize("NFC", text).lower()
    )
    latin, foreign, short, whole = _gate()
    if not lowered.isascii() and any(piece in lowered for piece in foreign):
        return True
    return any(piece in lowered for piece in latin) or (
        any(word in lowered for word in short) and whole.search(lowered) is not None
    )


def passwords(text: str) -> Iterator[Span]:
    """Yield the passwords of a text."""
    taken = Taken(len(text))
    for found in _LOGIN.finditer(text) if "/" in text or "|" in text else ():
        span = _of_login(found)
        if span:
            taken.take(span.start, span.end)
            yield span
    if not speaks_of_passwords(text):
        return
    for hit in _terms().find("", placed_words(text)):
        span = _after(text, hit.end) or _before(text, hit.start)
        if span and taken.is_free(span.start, span.end):
            taken.take(span.start, span.end)
            yield span


def _of_login(found: re.Match[str]) -> Span | None:
    value = found["value"].rstrip(_CLOSE)
    if len(value) < _LOGIN_FEWEST or not _is_mixed(value) or _ORDER.fullmatch(value):
        return None
    return _spanned(found, value)


def _after(text: str, place: int) -> Span | None:
    found = _SECRET.match(text, place)
    if found is None:
        return None
    value = found["value"].rstrip(_CLOSE)
    if len(value) < 4 or _ORDER.fullmatch(value):
        return None
    return _spanned(found, value) if _is_secret(found, value) else None


def _spanned(found: re.Match[str], value: str) -> Span:
    # a sentence's own exclamation mark is no loss, a password's last one would be told
    end = found.start("value") + len(value) + len(_CRIES.match(found["value"], len(value)).group())  # type: ignore[union-attr]
    return Span(found.start("value"), end, "password")


def _is_secret(found: re.Match[str], value: str) -> bool:
    """Say whether a word is a secret rather than the sentence going on: by its signs, and by what stands before it."""
    if found["sign"] is not None:
        # `password: forgotten` in Latin letters is believed; other scripts write sentences without capitals or figures
        return _is_mixed(value) or (_is_latin(value) and not _STATED.isdisjoint(found["sign"]))
    if found["says"] is not None or found["quote"] is not None:
        is_strange = any(not one.isalpha() and one not in "'’-" for one in value)
        return is_strange or (any(map(str.isupper, value[1:])) and any(map(str.islower, value)))
    return _is_mixed(value) and len(value) >= 6


def _is_latin(value: str) -> bool:
    return all(one < "\u0250" for one in value)


def _is_mixed(value: str) -> bool:
    """Say whether letters and figures, or letters and signs within, make a word that no language has."""
    return any(map(str.isalpha, value)) and (
        any(map(str.isdigit, value)) or any(one in "!#$%&*+=?@^_~" for one in value)
    )


def _before(text: str, place: int) -> Span | None:
    found = _BEFORE.search(text, max(0, place - _REACH_BEFORE), place)
    if found is None or not _is_mixed(found["value"]) or _ORDER.fullmatch(found["value"]):
        return None
    return Span(*found.span("value"), "password")

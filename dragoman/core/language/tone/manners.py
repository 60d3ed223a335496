"""How a shop's agent may write to a stranger, by language and market: rules that people wrote, in `data/manners`.

A section of a file is a kind of sign (`informal`, `blame` ...) with `words` (entries as in the lexicon), `patterns`
(regular expressions over the text as written), `except` (entries that look like a sign and are none) and `instead`
(what to write for a sign). `[markets.MX.rude]` adds to a section in one market. `[taboos.CODE]` are the words of what a
market's playbook says is not spoken of; `accents = true` says that accents tell words apart. `[parts]` are lists that
patterns name as `<surname>`. A pattern's group `name` is the sign, its group `title` what the suggestion takes along.
"""

import importlib.resources
import re
import tomllib
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Literal

from dragoman.core.language.manners import GENDERS
from dragoman.core.language.terms import Hit, Terms
from dragoman.kit.tags import match
from dragoman.kit.text import fold

_FOLDER = importlib.resources.files("dragoman.core.language") / "data" / "manners"
Address = Literal["formal", "informal", "either"]
ADDRESSES = ("formal", "informal", "either")
# What a file may have, in its order.
KINDS = (
    "informal", "formal", "honorific", "blame", "rude", "joke", "greeting", "closing", "trouble", "apology",
    "next_step", "refusal", "cushion",
)  # fmt: skip
_EXCEPT = "-"  # the label of what looks like a sign and is none


@dataclass(frozen=True)
class Sign:
    """A sign in a text: its place in code points, end exclusive, and what to write in its place ("": nothing known)."""

    start: int
    end: int
    instead: str = ""


@dataclass(frozen=True)
class Signs:
    """One kind of sign, ready to be found."""

    terms: Terms
    patterns: Sequence[re.Pattern[str]]
    instead: Mapping[str, str]
    spelt: "Spelt | None" = None

    def find(self, text: str, folded: "Folded") -> list[Sign]:
        """Return the signs in a text, in order, none over another."""
        found, left = self._in_words(text, folded)
        for pattern in self.patterns:
            for hit in pattern.finditer(text):
                if hit.group().strip() and not _meets(hit.span(), left):
                    found.append(self._named(hit))
        kept: list[Sign] = []
        for sign in sorted(found, key=lambda one: (one.start, -one.end)):
            if not kept or sign.start >= kept[-1].end:
                kept.append(sign)
        return kept

    def _in_words(self, text: str, folded: "Folded") -> tuple[list[Sign], list[tuple[int, int]]]:
        """Return the signs that its words find, and where an exception stands."""
        found: list[Sign] = []
        left: list[tuple[int, int]] = []
        for hit in self.terms.find(folded.text):
            start, end = folded.place(hit)
            if self.spelt and not self.spelt.has(text[start:end]):
                continue
            if hit.label == _EXCEPT:
                left.append((start, end))
            else:
                found.append(self._sign(text[start:end], start, end))
        return [one for one in found if not _meets((one.start, one.end), left)], left

    def _named(self, hit: re.Match[str]) -> Sign:
        """Return the sign that a pattern found; what is wrong beside the name goes with it: 田中くん, not 田中."""
        groups = hit.groupdict()
        if not groups.get("name"):
            return self._sign(hit.group(), *hit.span())
        end = hit.end("title") if groups.get("title") else hit.end("name")
        return self._sign(groups["name"], hit.start("name"), end)

    def _sign(self, written: str, start: int, end: int) -> Sign:
        better = self.instead.get(written) or self.instead.get(written.lower()) or self.instead.get("*", "")
        return Sign(start, end, better.replace("{}", written))


_WORD = re.compile(r"\w+")


class Spelt:
    """How the entries of a list are written, where accents tell words apart: `dẫn` leads, `đần` insults."""

    def __init__(self, entries: Iterable[str]) -> None:
        self._whole: dict[tuple[str, ...], set[tuple[str, ...]]] = {}
        self._stems: set[str] = set()
        for entry in entries:
            words = _words(entry)
            if "*" in entry and words:
                self._stems.add(words[0])
            else:
                self._whole.setdefault(tuple(map(fold, words)), set()).add(words)

    def has(self, written: str) -> bool:
        """Say whether words that fold to an entry are written as one; who writes none is not held to accents."""
        words = _words(written)
        if written.isascii() and any(len(word) > 3 for word in words):
            return True
        meant = self._whole.get(tuple(map(fold, words)))
        return words in meant if meant else any(words[0].startswith(stem) for stem in self._stems)


def _words(written: str) -> tuple[str, ...]:
    return tuple(_WORD.findall(unicodedata.normalize("NFC", written.lower())))


def _meets(span: tuple[int, int], spans: Sequence[tuple[int, int]]) -> bool:
    return any(span[0] < end and span[1] > start for start, end in spans)


class Folded:
    """A text folded for its words, that knows where each folded character stood."""

    def __init__(self, text: str) -> None:
        pieces = [fold(character) for character in text]
        self.text = "".join(pieces)
        self._origin = [place for place, piece in enumerate(pieces) for _each in piece]

    def place(self, hit: Hit) -> tuple[int, int]:
        """Return where a hit in the folded text stands in the text."""
        return self._origin[hit.start], self._origin[hit.end - 1] + 1


@dataclass(frozen=True)
class Manners:
    """The rules of one language in one market.

    `polite` and `plain` match the end of a sentence in languages whose verbs carry politeness; `particle` is what a
    reply needs at least once, if `particle_when` is None or finds something in it. `is_marked` says that the file names
    the form of address in this market itself.
    """

    address: Address
    signs: Mapping[str, Signs]
    polite: re.Pattern[str] | None = None
    plain: re.Pattern[str] | None = None
    particle: re.Pattern[str] | None = None
    particle_when: re.Pattern[str] | None = None
    particle_instead: str = ""
    particles: Mapping[str, str] = field(default_factory=dict)  # by the writer's gender, `woman` and `man`
    taboos: Mapping[str, Signs] = field(default_factory=dict)
    is_marked: bool = False
    samples: Mapping[str, str] = field(default_factory=dict)

    def find(self, kind: str, text: str, folded: Folded) -> list[Sign]:
        """Return the signs of one kind in a text."""
        return self.signs[kind].find(text, folded) if kind in self.signs else []


@lru_cache(maxsize=1)
def languages() -> tuple[str, ...]:
    """Return the tags there are rules for."""
    return tuple(sorted(file.name[:-5] for file in _FOLDER.iterdir() if file.name.endswith(".toml")))


@lru_cache(maxsize=64)
def _file(tag: str) -> dict[str, Any]:
    return tomllib.loads((_FOLDER / f"{tag}.toml").read_text("utf-8"))


@lru_cache(maxsize=256)
def manners_of(language: str, market: str = "") -> Manners | None:
    """Return the rules of a language (BCP 47) in a market (ISO 3166-1 alpha-2), None for a language that has none."""
    tag = match(language, languages())
    if tag is None:
        return None
    told = _file(tag)
    region = market.upper() or _region_in(language)
    there = told.get("markets", {}).get(region, {})
    accents = told.get("accents", False)
    parts = told.get("parts", {})
    endings, particle = told.get("endings", {}), told.get("particle", {})
    return Manners(
        address=there.get("address") or told["address"],
        is_marked="address" in there,
        signs={kind: _signs(told.get(kind, {}), there.get(kind, {}), accents, parts) for kind in KINDS},
        taboos={
            code: _signs(section, there.get("taboos", {}).get(code, {}), accents, parts)
            for code, section in told.get("taboos", {}).items()
        },
        polite=_ends(endings.get("polite", ())),
        plain=_ends(endings.get("plain", ())),
        particle=_any(particle.get("patterns", ())),
        particle_when=_any(particle.get("when", ())),
        particle_instead=particle.get("instead", ""),
        particles={gender: particle[f"by_{gender}"] for gender in GENDERS if f"by_{gender}" in particle},
        samples=told.get("samples", {}),
    )


def _region_in(language: str) -> str:
    last = language.rpartition("-")[2]
    return last if len(last) == 2 and last.isupper() else ""


def _signs(
    section: Mapping[str, Any], there: Mapping[str, Any], accents: bool, parts: Mapping[str, Sequence[str]]
) -> Signs:
    entries = {
        _EXCEPT: [*section.get("except", ()), *there.get("except", ())],
        "sign": [*section.get("words", ()), *there.get("words", ())],
    }
    patterns = [
        re.compile(_spelt_out(one, parts))
        for one in [*section.get("patterns", ()), *there.get("patterns", ())]
    ]
    spelt = Spelt(entry for listed in entries.values() for entry in listed) if accents else None
    return Signs(
        Terms(entries), patterns, {**section.get("instead", {}), **there.get("instead", {})}, spelt=spelt
    )


def _spelt_out(pattern: str, parts: Mapping[str, Sequence[str]]) -> str:
    for name, listed in parts.items():
        pattern = pattern.replace(f"<{name}>", f"(?:{'|'.join(listed)})")
    return pattern


def _any(parts: Sequence[str]) -> re.Pattern[str] | None:
    return re.compile("|".join(f"(?:{part})" for part in parts)) if parts else None


def _ends(parts: Sequence[str]) -> re.Pattern[str] | None:
    return re.compile(f"(?:{'|'.join(parts)})$") if parts else None

"""Words, stems and phrases of a list, found in a text: what a lexicon is looked up with.

An entry is a word; `paket*` is a stem and whatever follows; several words are a phrase. In a script without spaces an
entry is found wherever it stands.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from dragoman.kit.text import fold
from dragoman.kit.tokens import MARKS, SPACELESS

ONE = rf"[{SPACELESS}]+|(?:(?![{SPACELESS}])[^\W_]|[{MARKS}])+"
_WORD = re.compile(ONE)
_ENTRY = re.compile(rf"(?:{ONE})\*?")
# Hangul is written with spaces: its words take endings, as stems say
_RUN = re.compile(f"[{SPACELESS}]")
_HANGUL = re.compile("[\uac00-\ud7af\u1100-\u11ff\u3130-\u318f]")

# Arabic and Hebrew write the article and small words in one with the next.
PREFIXES = {
    "Arab": ("وبال", "وال", "بال", "فال", "كال", "ولل", "لل", "ال", "و", "ب", "ل", "ف"),
    "Hebr": ("וה", "שה", "מה", "ול", "וב", "ה", "ו", "ב", "ל", "מ", "ש", "כ"),
}
_SEMITIC = re.compile("(?P<Arab>[\u0620-\u064a])|(?P<Hebr>[\u05d0-\u05ea])")


def script_of(word: str) -> str:
    """Return `Arab` or `Hebr` for a word of one of these scripts, else nothing."""
    found = None if word.isascii() else _SEMITIC.match(word)
    return str(found.lastgroup) if found else ""


_SHORTEST_ROOT = 3  # letters that must be left of a word


class Word(NamedTuple):
    """One word of a folded text and where it stands."""

    text: str
    start: int
    end: int


class Hit(NamedTuple):
    """One entry found: the label it stands for, and its place in the folded text."""

    label: str
    start: int
    end: int


# one message is looked up in several lists
@lru_cache(maxsize=8)
def words_of(folded: str) -> tuple[Word, ...]:
    """Return the words of a folded text, in order; a run of a script without spaces is one."""
    return tuple(Word(found.group(), found.start(), found.end()) for found in _WORD.finditer(folded))


_TOKEN = re.compile(r"\S+")


def placed_words(text: str) -> Sequence[Word]:
    """Return the folded words of a text at the places they have in the text itself, whatever folding did to lengths."""
    if text.isascii():
        return words_of(text.lower())
    placed: list[Word] = []
    for found in _TOKEN.finditer(text):
        written, start = found.group(), found.start()
        folded = fold(written)
        if len(folded) == len(written):
            placed += [Word(one.text, start + one.start, start + one.end) for one in words_of(folded)]
            continue
        # where each folded letter comes from
        origin = [at for at, sign in enumerate(written) for _letter in fold(sign)]
        origin += [len(written)] * (len(folded) + 1 - len(origin))
        placed += [
            Word(one.text, start + origin[one.start], start + origin[one.end - 1] + 1)
            for one in words_of(folded)
        ]
    return placed


_Part = tuple[str, bool]  # a word, or the stem that it begins with
_Phrase = tuple[tuple[_Part, ...], str]
_HEAD = 3  # letters of a stem by which phrases are looked up


class Terms:
    """Lists of entries by their label, ready to be found."""

    def __init__(self, entries: Mapping[str, Iterable[str]]) -> None:
        """Compile them; an entry of two labels keeps the first."""
        self._exact: dict[str, str] = {}
        self._stems: dict[str, str] = {}
        # by their first word, and those that begin with a stem by its first letters
        self._phrases: dict[str, list[_Phrase]] = {}
        self._loose: dict[str, list[_Phrase]] = {}
        self._pieces: dict[str, str] = {}
        for label, wordings in entries.items():
            for wording in wordings:
                self._add(fold(wording), label)
        self._longest = max(map(len, self._pieces), default=0)
        # the lengths of the stems by their first letters, the longest first; shorter stems come after all
        self._sizes: dict[str, list[int]] = {}
        for size in sorted({len(stem) for stem in self._stems}, reverse=True):
            for head in {stem[:_HEAD] for stem in self._stems if len(stem) == size >= _HEAD}:
                self._sizes.setdefault(head, []).append(size)
        self._short_sizes = [size for size in range(_HEAD - 1, 0, -1) if size in set(map(len, self._stems))]
        self._loose_sizes = sorted(set(map(len, self._loose)))

    def _add(self, wording: str, label: str) -> None:
        if _RUN.search(wording) and not _HANGUL.search(wording):
            self._pieces.setdefault("".join(wording.replace("*", "").split()), label)
            return
        parts = _ENTRY.findall(wording)
        if len(parts) > 1:
            head = parts[0].removesuffix("*")
            by_head = self._phrases if head == parts[0] else self._loose
            key = head if head == parts[0] else head[:_HEAD]
            by_head.setdefault(key, []).append(
                (tuple((part.removesuffix("*"), part.endswith("*")) for part in parts), label)
            )
        elif parts and parts[0].endswith("*"):
            self._stems.setdefault(parts[0][:-1], label)
        elif parts:
            self._exact.setdefault(parts[0], label)

    def find(self, folded: str, words: Sequence[Word] | None = None) -> list[Hit]:
        """Return what stands in a folded text, in order, the longest at each place and none twice over."""
        words = words_of(folded) if words is None else words
        hits: list[Hit] = []
        free = 0  # the first word that no phrase has taken
        for at, word in enumerate(words):
            if at < free:
                continue
            phrase = self._phrase(words, at)
            if phrase:
                label, count = phrase
                hits.append(Hit(label, word.start, words[at + count - 1].end))
                free = at + count
                continue
            alone = self._exact.get(word.text) or self._stem(word.text) or self._bare(word.text)
            if alone:
                hits.append(Hit(alone, word.start, word.end))
            if self._pieces and _RUN.search(word.text):
                hits += self._in_run(word)
        return hits

    def _stem(self, word: str) -> str | None:
        for size in (*self._sizes.get(word[:_HEAD], ()), *self._short_sizes):
            label = self._stems.get(word[:size])
            if label:
                return label
        return None

    def _bare(self, word: str) -> str | None:
        """Look a word up without what Arabic and Hebrew write before it."""
        script = script_of(word)
        for prefix in PREFIXES[script] if script else ():
            if word.startswith(prefix) and len(word) - len(prefix) >= _SHORTEST_ROOT:
                rest = word[len(prefix) :]
                label = self._exact.get(rest) or self._stem(rest)
                if label:
                    return label
        return None

    def _phrase(self, words: Sequence[Word], at: int) -> tuple[str, int] | None:
        """Return (label, number of words) of the longest phrase that begins at a word."""
        first = words[at].text
        likely = [*self._phrases.get(first, ())]
        for size in self._loose_sizes:
            likely += self._loose.get(first[:size], ())
        best: tuple[str, int] | None = None
        for parts, label in likely:
            if (best is None or len(parts) > best[1]) and _stand(parts, words, at):
                best = label, len(parts)
        return best

    def _in_run(self, word: Word) -> list[Hit]:
        hits: list[Hit] = []
        at = 0
        while at < len(word.text):
            for length in range(min(self._longest, len(word.text) - at), 0, -1):
                label = self._pieces.get(word.text[at : at + length])
                if label:
                    hits.append(Hit(label, word.start + at, word.start + at + length))
                    at += length - 1
                    break
            at += 1
        return hits


def _stand(parts: Sequence[_Part], words: Sequence[Word], at: int) -> bool:
    """Say whether the parts of a phrase stand one after the other from a word on."""
    if at + len(parts) > len(words):
        return False
    for place, (part, is_stem) in enumerate(parts, at):
        word = words[place].text
        if not (word.startswith(part) if is_stem else word == part):
            return False
    return True

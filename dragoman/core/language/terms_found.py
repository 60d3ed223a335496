"""Words of a list, found in a text as it is written: where each stands, in whatever form."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from dragoman.core.language.terms import ONE
from dragoman.core.language.word_forms import COMPOUNDING, SHORTEST_PART, compound_parts, is_form
from dragoman.kit.text import fold
from dragoman.kit.tokens import SPACELESS

_WORD = re.compile(ONE)
_RUN = re.compile(f"[{SPACELESS}]")
_HANGUL = re.compile("[\uac00-\ud7af\u1100-\u11ff\u3130-\u318f]")
# what may stand between the words of one term
_JOINT = re.compile(r"[\s\u00a0'’‑–·-]{0,3}")
_HEAD = 2  # folded letters by which candidates are looked up


class Wanted(NamedTuple):
    """A term to be found; `label` is whatever its owner knows it by."""

    label: int
    text: str
    case_sensitive: bool = False


class Place(NamedTuple):
    """Where a term stands in a text (code points, end exclusive); `part` says that it is only part of a compound."""

    label: int
    start: int
    end: int
    part: bool = False


class _Piece(NamedTuple):
    text: str
    start: int
    end: int
    is_run: bool


def _pieces(text: str) -> list[_Piece]:
    return [
        _Piece(found.group(), found.start(), found.end(), _is_run(found.group()))
        for found in _WORD.finditer(text)
    ]


def _is_run(word: str) -> bool:
    return bool(_RUN.match(word)) and not _HANGUL.match(word)


def _folded_run(text: str) -> tuple[str, list[int]]:
    """Return a run folded letter by letter, and where each folded letter came from."""
    letters: list[str] = []
    places: list[int] = []
    for index, letter in enumerate(text):
        for one in fold(letter):
            letters.append(one)
            places.append(index)
    return "".join(letters), places


class _Term(NamedTuple):
    wanted: Wanted
    words: tuple[str, ...]


class Wordbook:
    """Terms of one language (BCP 47), ready to be found."""

    def __init__(self, wanted: Iterable[Wanted], language: str) -> None:
        """Compile them."""
        self.language = language
        self._joins = language.partition("-")[0] in COMPOUNDING
        self._heads: dict[str, list[_Term]] = defaultdict(list)
        self._runs: dict[str, list[_Term]] = defaultdict(list)
        self._parts: dict[str, list[_Term]] = defaultdict(list)
        for one in wanted:
            words = tuple(found.group() for found in _WORD.finditer(one.text))
            if one.text.rstrip().endswith("*") and words:
                words = (*words[:-1], f"{words[-1]}*")
            if words:
                self._add(_Term(one, words))

    def _add(self, term: _Term) -> None:
        first = fold(term.words[0].rstrip("*"))
        if not first:
            return
        if _is_run(term.words[0]):
            self._runs[first[:1]].append(term)
            return
        for key in _keys(first, self.language):
            self._heads[key].append(term)
        if self._joins and len(term.words) == 1 and len(first) >= SHORTEST_PART:
            self._parts[first[:_HEAD]].append(term)

    def find(self, text: str) -> list[Place]:
        """Return the places of terms in a text, in order, the longest first at each and none within another."""
        pieces = _pieces(text)
        found = sorted(
            self._all(text, pieces), key=lambda place: (place.part, place.start, place.start - place.end)
        )
        taken: list[Place] = []
        for place in found:
            if not any(place.start < other.end and other.start < place.end for other in taken):
                taken.append(place)
        return sorted(taken, key=lambda place: place.start)

    def _all(self, text: str, pieces: list[_Piece]) -> Iterator[Place]:
        for at, piece in enumerate(pieces):
            if piece.is_run:
                yield from self._in_run(text, pieces, at)
                continue
            folded = fold(piece.text)
            tried: set[int] = set()
            for key in _keys(folded, self.language):
                for term in self._heads.get(key, ()):
                    if id(term) in tried:
                        continue
                    tried.add(id(term))
                    end = self._ends(text, pieces, at, term)
                    if end and self._cased(text, piece.start, term):
                        yield Place(term.wanted.label, piece.start, end)
            if self._joins and len(folded) == len(piece.text):
                yield from self._in_compound(piece, folded)

    def _ends(self, text: str, pieces: list[_Piece], at: int, term: _Term) -> int:
        """Return where a term ends whose first word is this piece, 0 where it does not stand here."""
        if at + len(term.words) > len(pieces):
            return 0
        for offset, word in enumerate(term.words):
            piece = pieces[at + offset]
            if offset and not _JOINT.fullmatch(text[pieces[at + offset - 1].end : piece.start]):
                return 0
            if piece.is_run:
                head, places = _folded_run(piece.text)
                sought = fold(word)
                if not _is_run(word) or not head.startswith(sought):
                    return 0
                if offset == len(term.words) - 1:
                    return piece.start + places[len(sought) - 1] + 1
                continue
            if not self._fits(piece.text, word):
                return 0
        return pieces[at + len(term.words) - 1].end

    def _fits(self, written: str, word: str) -> bool:
        if word.endswith("*"):
            return fold(written).startswith(fold(word[:-1]))
        return is_form(written, word, self.language)

    def _cased(self, text: str, start: int, term: _Term) -> bool:
        """Where case matters the beginning that text and term share must be written alike."""
        if not term.wanted.case_sensitive:
            return True
        sought = term.wanted.text.rstrip("*")
        same = text[start : start + len(sought)]
        shared = sum(
            1 for one, other in zip(same, sought, strict=False) if one.casefold() == other.casefold()
        )
        return same[:shared] == sought[:shared]

    def _in_run(self, text: str, pieces: list[_Piece], at: int) -> Iterator[Place]:
        piece = pieces[at]
        folded, places = _folded_run(piece.text)
        for index, letter in enumerate(folded):
            for term in self._runs.get(letter, ()):
                sought = fold(term.words[0].rstrip("*"))
                if not folded.startswith(sought, index):
                    continue
                start, end = piece.start + places[index], piece.start + places[index + len(sought) - 1] + 1
                if len(term.words) > 1:
                    rest = _Term(term.wanted, term.words[1:])
                    further = index + len(sought) == len(folded) and self._ends(text, pieces, at + 1, rest)
                    joint = further and _JOINT.fullmatch(text[piece.end : pieces[at + 1].start])
                    if not further or not joint:
                        continue
                    end = further
                yield Place(term.wanted.label, start, end)

    def _in_compound(self, piece: _Piece, folded: str) -> Iterator[Place]:
        for start, end in compound_parts(folded):
            part = folded[start:end]
            for term in self._parts.get(part[:_HEAD], ()):
                word = term.words[0].rstrip("*")
                sought = fold(word)
                # a beginning must be the bare word, an end may be inflected
                fits = part == sought if start == 0 else is_form(part, word, self.language)
                if fits and not term.wanted.case_sensitive:
                    yield Place(term.wanted.label, piece.start + start, piece.start + end, part=True)


def _keys(folded: str, language: str) -> list[str]:
    """Return the beginnings under which a word is looked up; Arabic and Hebrew write small words in front."""
    heads = [folded[:_HEAD]]
    if language.partition("-")[0] in ("ar", "he", "fa", "ur"):
        heads += [folded[skip : skip + _HEAD] for skip in (1, 2, 3, 4) if len(folded) - skip >= 3]
    return list(dict.fromkeys(heads))

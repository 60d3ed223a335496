"""Whether a machine's wording says only what the sentences say that it names, and all of it: a program, no model.

It is strict on purpose. What it drops is said in the article's own words, so that nothing is lost; what it lets pass
goes to a customer as the shop's word.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from dragoman.core.language.entities.find import find
from dragoman.core.language.faults import faults_of, kind_of
from dragoman.core.language.numerals import figures, number_faults, numbers_in_words

from .covering import Text, says_more, uncovered
from .figures_said import figures_fit
from .weighty import is_written_without_spaces, knows, weights

_LONGER: Final = 1.5
_SLACK: Final = 20  # characters that a short answer may be longer
_MARKS: Final = frozenset(
    " \u00a0\u202f.,:!'\u2019\"\u201c\u201d\u201e\u00ab\u00bb()-\u2013\u2014\u2026\u00a1"
    "\u3001\u3002\uff01\uff0c\uff1a\u060c\u300c\u300d"
)
_ENDS: Final = " .,:!()\"'\u2019\u201c\u201d\u201e\u00ab\u00bb\u3001\u3002\uff01\uff0c\u060c\u300c\u300d"
# a link, an address, or a name of the network that a reader's program makes a link of
_ADDRESS: Final = re.compile(r"\S*(?:://|@|www\.|[^\W\d_]\.[^\W\d_])\S*", re.IGNORECASE)
_BAD: Final = frozenset({"wrong_language", "html", "repeated", "rubbish", "empty"})
_DENIES: Final = "negation"


@dataclass(frozen=True)
class Claim:
    """A part of a wording, and the places of the sentences it rests on."""

    text: str
    rests_on: Sequence[int]


def fault_of(claims: Sequence[Claim], source: Sequence[str], language: str) -> str:
    """Return what is wrong with a wording of sentences in a language (BCP 47) in one word, "" where nothing is.

    `unknown_language`, `empty`, `long`, `unsourced`, `left_out`, `sign`, `address`, `number`, `name`, `language`,
    `negation`, `weight`, `word`, `shortened`.
    """
    if not knows(language):
        return "unknown_language"
    said = " ".join(one.text for one in claims).strip()
    if not said:
        return "empty"
    if len(said) > _LONGER * sum(map(len, source)) + _SLACK:
        return "long"
    if any(not one.rests_on or not _exist(one.rests_on, source) for one in claims):
        return "unsourced"
    if {at for one in claims for at in one.rests_on} != set(range(len(source))):
        return "left_out"
    for claim in claims:
        cited = " ".join(source[at] for at in sorted(set(claim.rests_on)))
        found = next(_faults(claim, cited, language), "")
        if found:
            return found
    return next(_losses(claims, source, language), "")


def _exist(places: Sequence[int], source: Sequence[str]) -> bool:
    return all(0 <= at < len(source) for at in places)


def _faults(claim: Claim, cited: str, language: str) -> Iterator[str]:
    """Yield what one part says that its sentences do not."""
    if _strange_signs(claim.text, cited):
        yield "sign"
    if any(one.strip(_ENDS) not in cited for one in _ADDRESS.findall(claim.text)):
        yield "address"
    if {kind_of(one) for one in faults_of(cited, claim.text, source=language, target=language)} & _BAD:
        yield "language"
    if not _numbers_stand(claim.text, cited, language):
        yield "number"
    if not _things_stand(claim.text, cited, language):
        yield "name"
    mine, theirs = _counts(claim.text, language), _counts(cited, language)
    if mine[_DENIES] != theirs[_DENIES] or not _deny_the_same(claim.text, cited, language):
        yield "negation"
    if mine != theirs:
        yield "weight"
    if says_more(Text(claim.text, language), Text(cited, language)):
        yield "word"


def _strange_signs(text: str, cited: str) -> bool:
    """Say whether there is a sign that no plain sentence has: markup, a question, an emoji, a break, a hidden one."""
    return any(
        one not in cited and one not in _MARKS and unicodedata.category(one)[0] not in "LMN" for one in text
    )


def _numbers_stand(text: str, cited: str, language: str) -> bool:
    changed = number_faults(cited, text, source=language, target=language)
    if any(kind_of(one) in {"added", "order"} for one in changed):
        return False
    known = {int(value) for one in figures(cited, language) for value in one.values}
    in_words = numbers_in_words(text, language) - numbers_in_words(cited, language)
    return in_words <= known and figures_fit(text, cited, language)


def _things_stand(text: str, cited: str, language: str) -> bool:
    """Say whether amounts, dates, addresses, phones, numbers of orders and goods are those of the sentences."""
    known = {(one.type, one.value) for one in find(cited, language)}
    return all((one.type, one.value) in known or one.text in cited for one in find(text, language))


def _counts(text: str, language: str) -> Counter[str]:
    return Counter(one.label for one in weights(text, language))


def _deny_the_same(text: str, cited: str, language: str) -> bool:
    """Say whether what a negation turns round is what one of the sentences denies."""
    if is_written_without_spaces(language):
        return True
    theirs = _behind_negations(cited, language)
    return all(
        not mine.content or any(not other.content or not uncovered(mine, other) for other in theirs)
        for mine in _behind_negations(text, language)
    )


def _behind_negations(text: str, language: str) -> list[Text]:
    """Return the first word of the matter behind each negation, up to the next one."""
    found = [one for one in weights(text, language) if one.label == _DENIES]
    flat = Text(text, language).flat
    ends = [*(one.start for one in found[1:]), len(flat)]
    behind = [Text(flat[one.end : end], language) for one, end in zip(found, ends, strict=False)]
    return [Text(one.content[0].plain if one.content else "", language) for one in behind]


def _losses(claims: Sequence[Claim], source: Sequence[str], language: str) -> Iterator[str]:
    """Yield what a sentence says that no part which rests on it says."""
    for at, sentence in enumerate(source):
        said = " ".join(one.text for one in claims if at in one.rests_on)
        lost = number_faults(sentence, said, source=language, target=language)
        if any(kind_of(one) == "number" for one in lost):
            yield "number"
        if says_more(Text(sentence, language), Text(said, language)):
            yield "shortened"

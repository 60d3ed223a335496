"""Names spelt almost alike: n-gram tokens made by us, because no extension of the database may be required.

A name is indexed with each of its letters left out once (`~smchai`, `~sochai` ...), and longer ones with each pair
of neighbours left out. Whoever leaves a letter out of what they typed meets the same token, so a wrong, missing,
doubled or swapped letter, and one letter for two (`x` for `ks`), are looked up in the index and compared with nothing.
Plain three-letter tokens were tried on paper: `OR` over them returns a tenth of a million names, which then must be
ranked; these return the few that are meant.
"""

import re
from collections.abc import Iterator

from dragoman.kit.text import fold

_WORD = re.compile(r"[^\W\d_]+")
_SHORTEST, _PAIRED, _LONGEST = 4, 6, 24
# scripts in which a letter left out is another word
_ALPHABETIC = re.compile(r"[a-z\u0370-\u05ff\u0620-\u06ff]+")
MOST = 6  # words of one name


def _without_one(word: str) -> Iterator[str]:
    for at in range(len(word)):
        yield word[:at] + word[at + 1 :]


def _without_two(word: str) -> Iterator[str]:
    for at in range(len(word) - 1):
        yield word[:at] + word[at + 2 :]


def _words(text: str) -> list[str]:
    words = [found.group() for found in _WORD.finditer(fold(text))]
    return [w for w in words if _SHORTEST <= len(w) <= _LONGEST and _ALPHABETIC.fullmatch(w)][:MOST]


def _forms(word: str) -> list[str]:
    forms = [word, *_without_one(word)]
    if len(word) >= _PAIRED:
        forms += _without_two(word)
    return [f"~{form}" for form in dict.fromkeys(forms) if len(form) >= _SHORTEST - 1]


def near_tokens(name: str) -> list[str]:
    """Return the tokens under which a name is found although it is misspelt."""
    return [form for word in _words(name) for form in _forms(word)]


def near_query(text: str) -> str:
    """Return text that `::tsquery` takes for names spelt almost like this; "" where there is nothing to compare."""
    terms = [" | ".join(f"'{form}'" for form in _forms(word)) for word in _words(text)]
    return " & ".join(f"({term})" for term in terms)

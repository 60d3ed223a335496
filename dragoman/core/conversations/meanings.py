"""A search by what is meant: the words that all languages of a workspace have for it."""

from collections.abc import Iterator, Sequence

from dragoman.core.language.lexicon import concepts_of, entries
from dragoman.kit.tags import match
from dragoman.kit.text import fold
from dragoman.kit.tokens import tsquery

_MOST = 200  # words of one search
_FEWEST = 3  # letters: shorter words begin too many others


def meaning_query(text: str, *, language: str, languages: Sequence[str]) -> str:
    """Return the query for a concept in every language, known by a word of the searcher's language, else of any.

    Words that stand for no concept of the lexicon are searched as they are; "" where there are none.
    """
    concepts = _concepts(text, [language, "en", *languages])
    found = dict.fromkeys(query for query in _words_for(concepts, languages) if query)
    options = [tsquery(text), *list(found)[:_MOST]] if concepts else [tsquery(text)]
    known = [option for option in dict.fromkeys(options) if option]
    return known[0] if len(known) == 1 else f"({' | '.join(known)})" if known else ""


def _concepts(text: str, languages: Sequence[str]) -> list[str]:
    folded = fold(text)
    for language in dict.fromkeys(languages):
        found = [hit.label for hit in concepts_of(folded, language)]
        if found:
            return list(dict.fromkeys(found))
    return []


def _words_for(concepts: Sequence[str], languages: Sequence[str]) -> Iterator[str]:
    """Yield the query for each word, the first words of every language before the second ones."""
    spoken = [
        (language, wording.replace("*", ""), place)
        for language in languages
        for concept in concepts
        for place, wording in enumerate(entries(language).get(concept, ()))
    ]
    for language, word, _place in sorted(spoken, key=lambda one: one[2]):
        if len(word) >= _FEWEST or match(language, ("th", "ja", "zh", "ko")):
            yield _query(word, language)


def _query(word: str, language: str) -> str:
    made = tsquery(word, language=language)
    return f"({made})" if " & " in made else made

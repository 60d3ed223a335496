"""The words of a workspace: how its terms are said in other languages, and whether a translation said them so."""

from collections.abc import Sequence

from dragoman.core.language.scope import Scope


def terms_for(texts: Sequence[str], *, source: str, target: str, scope: Scope) -> tuple[tuple[str, str], ...]:
    """Return (as it stands in a text, as it is to be said) for every term of the glossary in these texts.

    A term that is not translated has the same word twice.
    """
    return ()


def term_faults(text: str, said: str, *, source: str, target: str, scope: Scope) -> tuple[str, ...]:
    """Return `term:<what should have been said>` for each term that a translation broke, `forbidden:<word>` ..."""
    return ()

"""What a translation engine is: stateless functions behind one protocol, one file per vendor."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from dragoman.kit.errors import Unavailable
from dragoman.kit.registry import Registry
from dragoman.kit.tags import match, same


@dataclass(frozen=True)
class Translated:
    """One text in another language; `confidence` is 0..1, or None where the engine gives none."""

    text: str
    engine: str
    confidence: float | None = None


@dataclass(frozen=True)
class Wish:
    """In which manner a text is to be said; an engine hears what it can and leaves the rest.

    `glossary` holds (word of the text, word to be said); `register` is `formal`, `casual` or empty; `context` is text
    that is not translated and helps to understand, never an instruction.
    """

    glossary: tuple[tuple[str, str], ...] = ()
    register: str = ""
    context: str = ""


ANY_MANNER = Wish()


class Unusable(Unavailable):
    """It answered in good health, but not with a translation: for these texts another engine is asked."""


class Translator(Protocol):
    """An engine at one address.

    `local` says that no text leaves the machine; `mask` is how a piece that must not change is written for
    it (`{}` is its number), in a form that this kind of engine carries over. `takes_terms` says that it hears
    the glossary of a wish itself; for others the terms are masked.
    """

    name: str
    local: bool
    mask: str
    takes_terms: bool

    def pairs(self) -> frozenset[tuple[str, str]] | None:
        """Return the (source, target) pairs it can do, None where it cannot say; or raise Unavailable."""

    def translate(
        self, texts: Sequence[str], source: str, target: str, wish: Wish = ANY_MANNER
    ) -> list[Translated | None]:
        """Translate in order, None for a text it cannot do; raises Unusable, or kit.errors.Unavailable or Rejected."""


# Scheme of TRANSLATOR_URL -> what makes an engine from the whole URL; ValueError for one that cannot be used.
engines: Registry[Callable[[str], Translator]] = Registry("translation engine")


def pair_for(pairs: Iterable[tuple[str, str]], source: str, target: str) -> tuple[str, str] | None:
    """Return the pair that serves two BCP 47 tags, as the engine writes it, or None."""
    known = sorted(pairs)
    for written in dict.fromkeys(pair[0] for pair in known):
        if match(source, [written]):
            found = match(target, [other for one, other in known if one == written])
            # A text in Brazilian Portuguese is no translation of one in Portuguese.
            if found and not same(written, found):
                return written, found
    return None

"""A deterministic engine for tests: `fake://[?pairs=en-fi,fi-en&lose=1&down=1&confidence=0.9]`.

It writes accents on every letter and the target in front: `Hello` becomes `[fi] Ĥéļļö`. Nobody takes it for
a translation.
"""

from collections.abc import Sequence
from urllib.parse import parse_qs, urlsplit

from dragoman.ground.providers.translation.ports import ANY_MANNER, Translated, Wish, engines, pair_for
from dragoman.kit.errors import Unavailable

_PLAIN = "acdeghijklnorstuwyzACDEGHIJKLNORSTUWYZ"
_ACCENTED = "áçðéĝĥîĵķļñöŕšţûŵýžÁÇÐÉĜĤÎĴĶĻÑÖŔŠŢÛŴÝŽ"
_ACCENTS = str.maketrans(_PLAIN, _ACCENTED)


@engines.register("fake")
class Fake:
    """Does every pair, or those named; `lose` drops what is masked, `down` is never there."""

    name = "fake"
    local = True
    mask = "\u27e6{}\u27e7"
    takes_terms = False

    def __init__(self, url: str) -> None:
        options = parse_qs(urlsplit(url).query)
        named = options.get("pairs", [""])[-1]
        self._pairs = frozenset(
            (source, target)
            for source, _, target in (pair.partition("-") for pair in named.split(",") if pair)
        )
        self._loses = "lose" in options
        self._is_down = "down" in options
        self._confidence = float(options.get("confidence", ["0.9"])[-1])

    def pairs(self) -> frozenset[tuple[str, str]] | None:
        """Return the pairs named in the URL, None for all."""
        if self._is_down:
            raise Unavailable("the fake engine is down")
        return self._pairs or None

    def translate(
        self, texts: Sequence[str], source: str, target: str, wish: Wish = ANY_MANNER
    ) -> list[Translated | None]:
        """Return every text with accents."""
        if self._is_down:
            raise Unavailable("the fake engine is down")
        if self._pairs and not pair_for(self._pairs, source, target):
            return [None] * len(texts)
        return [self._one(text, target) for text in texts]

    def _one(self, text: str, target: str) -> Translated:
        kept = text.replace("\u27e6", "(").replace("\u27e7", ")") if self._loses else text
        return Translated(
            f"[{target}] {kept.translate(_ACCENTS)}", engine=self.name, confidence=self._confidence
        )

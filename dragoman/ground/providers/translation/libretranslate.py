"""LibreTranslate's HTTP API: `libretranslate://host:port[?key=..&tls=1]`.

Shapes as run against libretranslate 1.9.6: GET /languages, POST /translate with a list of texts.
"""

from collections.abc import Sequence

from dragoman.ground.providers.translation.batches import batches, checked
from dragoman.ground.providers.translation.http import Door, address, patience_of
from dragoman.ground.providers.translation.ports import ANY_MANNER, Translated, Wish, engines, pair_for
from dragoman.kit.errors import Rejected, Unavailable
from dragoman.kit.memo import Memo
from dragoman.kit.tags import normalise

_PATIENCE = 20.0  # seconds
_MOST_TEXTS = 20
_MOST_CHARACTERS = 4_000
# Argos' own codes for what BCP 47 writes otherwise.
_CODES = {"zt": "zh-Hant", "pb": "pt-BR"}


@engines.register("libretranslate")
class LibreTranslate:
    """One LibreTranslate server; it tells no confidence."""

    name = "libretranslate"
    local = False
    # Its models break rare signs into pieces and lose them; capitals and digits they copy.
    mask = "XZ{}ZX"
    takes_terms = False

    def __init__(self, url: str) -> None:
        place = address(url)
        self._key = place.options.get("key", "")
        self._door = Door(place.base, patience=patience_of(place, _PATIENCE))
        self._codes: dict[str, str] = {}
        self._known: Memo[str, frozenset[tuple[str, str]]] = Memo(seconds=60)

    def pairs(self) -> frozenset[tuple[str, str]]:
        """Return the pairs of its installed models, asked once a minute; raises Unavailable or Rejected."""
        return self._known.get("", self._ask_pairs) or frozenset()

    def _ask_pairs(self) -> frozenset[tuple[str, str]]:
        listed = self._door.ask("GET", "/languages")
        try:
            offered = {str(entry["code"]): [str(code) for code in entry["targets"]] for entry in listed}
        except (TypeError, KeyError) as error:
            raise Unavailable("the list of languages was not the one expected") from error
        found = set()
        for code, targets in offered.items():
            for target in targets:
                found.add((self._tag(code), self._tag(target)))
        return frozenset(pair for pair in found if all(pair) and pair[0] != pair[1])

    def _tag(self, code: str) -> str:
        tag = _CODES.get(code) or normalise(code)
        self._codes.setdefault(tag, code)
        return tag

    def translate(
        self, texts: Sequence[str], source: str, target: str, wish: Wish = ANY_MANNER
    ) -> list[Translated | None]:
        """Translate in batches that its default limits take."""
        pair = pair_for(self.pairs(), source, target)
        if pair is None:
            return [None] * len(texts)
        said: list[str] = []
        for batch in batches(texts, texts_at_once=_MOST_TEXTS, characters=_MOST_CHARACTERS):
            said += self._batch(batch, self._codes[pair[0]], self._codes[pair[1]])
        return [Translated(text, engine=self.name) if text.strip() else None for text in said]

    def _batch(self, texts: Sequence[str], source: str, target: str) -> list[str]:
        body = {"q": list(texts), "source": source, "target": target, "format": "text"}
        if self._key:
            body["api_key"] = self._key
        try:
            answer = self._door.ask("POST", "/translate", body=body)
        except Rejected:
            # A server may allow fewer texts at once, or fewer characters, than we do.
            if len(texts) == 1:
                raise
            return [said for text in texts for said in self._batch([text], source, target)]
        return checked(answer.get("translatedText") if isinstance(answer, dict) else None, texts)

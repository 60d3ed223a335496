"""An apertium-apy server: `apertium://host:port`, rules for few pairs, weak but free and at home.

Shapes as run against apertium-apy 0.11.7: GET /listPairs, GET /translate, in ISO 639-3.
"""

from collections.abc import Sequence

from dragoman.ground.providers.translation.batches import checked
from dragoman.ground.providers.translation.http import Door, address, patience_of
from dragoman.ground.providers.translation.ports import ANY_MANNER, Translated, Wish, engines, pair_for
from dragoman.kit.errors import Unavailable
from dragoman.kit.memo import Memo

_PATIENCE = 10.0  # seconds
# Rules know neither politeness nor idiom.
_CONFIDENCE = 0.45
_TAGS = {
    "afr": "af", "bel": "be", "bul": "bg", "cat": "ca", "dan": "da", "deu": "de", "eng": "en", "epo": "eo",
    "eus": "eu", "fin": "fi", "fra": "fr", "gle": "ga", "glg": "gl", "ind": "id", "isl": "is", "ita": "it",
    "mkd": "mk", "msa": "ms", "nld": "nl", "nno": "nn", "nob": "nb", "nor": "nb", "oci": "oc", "pol": "pl",
    "por": "pt", "ron": "ro", "rus": "ru", "slv": "sl", "spa": "es", "swe": "sv", "tur": "tr", "ukr": "uk",
    "zlm": "ms",
}  # fmt: skip


@engines.register("apertium")
class Apertium:
    """One server with the pairs installed on it."""

    name = "apertium"
    local = False
    mask = "XZ{}ZX"
    takes_terms = False

    def __init__(self, url: str) -> None:
        place = address(url)
        self._door = Door(place.base, patience=patience_of(place, _PATIENCE))
        self._known: Memo[str, dict[tuple[str, str], str]] = Memo(seconds=60)

    def _codes(self) -> dict[tuple[str, str], str]:
        """Return how the server names each pair."""
        return self._known.get("", self._ask_codes) or {}

    def _ask_codes(self) -> dict[tuple[str, str], str]:
        answer = self._door.ask("GET", "/listPairs")
        found: dict[tuple[str, str], str] = {}
        try:
            for entry in answer["responseData"]:
                source, target = str(entry["sourceLanguage"]), str(entry["targetLanguage"])
                if source in _TAGS and target in _TAGS:
                    found.setdefault((_TAGS[source], _TAGS[target]), f"{source}|{target}")
        except (TypeError, KeyError) as error:
            raise Unavailable("the list of pairs was not the one expected") from error
        return found

    def pairs(self) -> frozenset[tuple[str, str]]:
        """Return the installed pairs; raises Unavailable or Rejected."""
        return frozenset(self._codes())

    def translate(
        self, texts: Sequence[str], source: str, target: str, wish: Wish = ANY_MANNER
    ) -> list[Translated | None]:
        """Translate one by one, unknown words unmarked."""
        codes = self._codes()
        pair = pair_for(codes, source, target)
        if pair is None:
            return [None] * len(texts)
        said = [self._one(text, codes[pair]) for text in texts]
        return [Translated(text, self.name, _CONFIDENCE) if text.strip() else None for text in said]

    def _one(self, text: str, pair: str) -> str:
        answer = self._door.ask("GET", "/translate", query={"langpair": pair, "q": text, "markUnknown": "no"})
        try:
            return checked([answer["responseData"]["translatedText"]], [text])[0]
        except (TypeError, KeyError) as error:
            raise Unavailable("the answer was not the one expected") from error

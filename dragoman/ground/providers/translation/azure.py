"""Azure's Translator, version 3.0: `azure://?key=..&region=..` (a global resource has no region).

Written from the vendor's documentation.
"""

from collections.abc import Sequence

from dragoman.ground.providers.translation.batches import batches, checked
from dragoman.ground.providers.translation.http import Door, address
from dragoman.ground.providers.translation.ports import ANY_MANNER, Translated, Wish, engines
from dragoman.kit.errors import Unavailable
from dragoman.kit.memo import Memo
from dragoman.kit.tags import match, normalise, same

_PATIENCE = 20.0  # seconds
_HOST = "api.cognitive.microsofttranslator.com"
_VERSION = "3.0"
_MOST_TEXTS = 100
_MOST_CHARACTERS = 40_000  # of 50,000


@engines.register("azure")
class Azure:
    """One Translator resource: every language it knows into every other; it tells no confidence."""

    name = "azure"
    local = False
    mask = "XZ{}ZX"
    takes_terms = False

    def __init__(self, url: str) -> None:
        place = address(url, host=_HOST)
        key, region = place.options.get("key", ""), place.options.get("region", "")
        if not key:
            raise ValueError("azure:// needs a key, such as azure://?key=KEY&region=westeurope")
        headers = {"Ocp-Apim-Subscription-Key": key}
        if region:
            headers["Ocp-Apim-Subscription-Region"] = region
        self._door = Door(place.base, patience=_PATIENCE, headers=headers)
        self._known: Memo[str, dict[str, str]] = Memo(seconds=600)

    def _codes(self) -> dict[str, str]:
        """Return the vendor's code for each tag it knows, asked every ten minutes."""
        return self._known.get("", self._ask_codes) or {}

    def _ask_codes(self) -> dict[str, str]:
        query = {"api-version": _VERSION, "scope": "translation"}
        answer = self._door.ask("GET", "/languages", query=query)
        try:
            return {normalise(code): code for code in answer["translation"] if normalise(code)}
        except (TypeError, KeyError) as error:
            raise Unavailable("the list of languages was not the one expected") from error

    def pairs(self) -> frozenset[tuple[str, str]]:
        """Return every pair of its languages; raises Unavailable or Rejected."""
        tags = self._codes()
        return frozenset((one, other) for one in tags for other in tags if not same(one, other))

    def translate(
        self, texts: Sequence[str], source: str, target: str, wish: Wish = ANY_MANNER
    ) -> list[Translated | None]:
        """Translate in batches of plain text."""
        codes = self._codes()
        first, second = match(source, codes), match(target, codes)
        if first is None or second is None or same(first, second):
            return [None] * len(texts)
        query = {
            "api-version": _VERSION, "from": codes[first], "to": codes[second], "textType": "plain",
        }  # fmt: skip
        said: list[str] = []
        for batch in batches(texts, texts_at_once=_MOST_TEXTS, characters=_MOST_CHARACTERS):
            answer = self._door.ask(
                "POST", "/translate", body=[{"Text": text} for text in batch], query=query
            )
            try:
                said += checked([entry["translations"][0]["text"] for entry in answer], batch)
            except (TypeError, KeyError, IndexError) as error:
                raise Unavailable("the answer was not the one expected") from error
        return [Translated(text, engine=self.name) if text.strip() else None for text in said]

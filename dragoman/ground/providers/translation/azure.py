"""Azure's Translator: `azure://?key=..&region=..` (a global resource has no region).

`version=3.0` is what counts without a word; a dated one (`2025-10-01-preview`, `2026-06-06`) has another wire and takes
`model=`, the name of a language model's deployment. A resource with a name of its own is
`azure://NAME.cognitiveservices.azure.com?key=..`. Written from the vendor's documentation.
"""

import re
from collections.abc import Sequence
from typing import Any

from dragoman.ground.providers.translation.batches import batches, checked
from dragoman.ground.providers.translation.http import Door, address, patience_of
from dragoman.ground.providers.translation.ports import ANY_MANNER, Translated, Wish, engines
from dragoman.kit.errors import Unavailable
from dragoman.kit.memo import Memo
from dragoman.kit.tags import match, normalise, same

_PATIENCE = 20.0  # seconds
_HOST = "api.cognitive.microsofttranslator.com"
_OWN_HOST = ".cognitiveservices.azure.com"
_OLD = "3.0"
_DATED = re.compile(r"\d{4}-\d{2}-\d{2}(?:-preview)?")
_MOST_TEXTS = 100
_MOST_CHARACTERS = 40_000  # of 50,000
_MOST_FOR_A_MODEL = 5_000
_TONES = {"formal": "formal", "casual": "informal"}


@engines.register("azure")
class Azure:
    """One Translator resource: every language it knows into every other; it tells no confidence."""

    name = "azure"
    host = _HOST
    local = False
    mask = "XZ{}ZX"
    takes_terms = False

    def __init__(self, url: str) -> None:
        place = address(url, host=_HOST)
        key, region = place.options.get("key", ""), place.options.get("region", "")
        if not key:
            raise ValueError("azure:// needs a key, such as azure://?key=KEY&region=westeurope")
        self._version, self._model = place.options.get("version") or _OLD, place.options.get("model", "")
        if self._version != _OLD and not _DATED.fullmatch(self._version):
            raise ValueError("version= of azure:// is 3.0 or a date such as 2026-06-06")
        if self._model and self._version == _OLD:
            raise ValueError("model= of azure:// needs a dated version, such as version=2026-06-06")
        headers = {"Ocp-Apim-Subscription-Key": key}
        if region:
            headers["Ocp-Apim-Subscription-Region"] = region
        self._door = Door(
            _base(place.base, self._version), patience=patience_of(place, _PATIENCE), headers=headers
        )
        self._known: Memo[str, dict[str, str]] = Memo(seconds=600)

    def _codes(self) -> dict[str, str]:
        """Return the vendor's code for each tag it knows, asked every ten minutes."""
        return self._known.get("", self._ask_codes) or {}

    def _ask_codes(self) -> dict[str, str]:
        query = {"api-version": self._version, "scope": "translation"}
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
        most = _MOST_FOR_A_MODEL if self._model else _MOST_CHARACTERS
        said: list[str] = []
        for batch in batches(texts, texts_at_once=_MOST_TEXTS, characters=most):
            try:
                said += checked(self._batch(batch, codes[first], codes[second], wish), batch)
            except (TypeError, KeyError, IndexError) as error:
                raise Unavailable("the answer was not the one expected") from error
        return [Translated(text, engine=self.name) if text.strip() else None for text in said]

    def _batch(self, texts: Sequence[str], source: str, target: str, wish: Wish) -> list[Any]:
        if self._version == _OLD:
            query = {"api-version": _OLD, "from": source, "to": target, "textType": "plain"}
            body: Any = [{"Text": text} for text in texts]
            answer = self._door.ask("POST", "/translate", body=body, query=query)
        else:
            wanted = {"language": target}
            if self._model:
                wanted["deploymentName"] = self._model
                # only a language model hears the tone
                if wish.register in _TONES:
                    wanted["tone"] = _TONES[wish.register]
            body = {"inputs": [{"text": text, "language": source, "targets": [wanted]} for text in texts]}
            answer = self._door.ask("POST", "/translate", body=body, query={"api-version": self._version})
            answer = answer["value"]
        return [entry["translations"][0]["text"] for entry in answer]


def _base(base: str, version: str) -> str:
    """Return where the API begins: a resource with a name of its own has it below a path."""
    if not base.endswith(_OWN_HOST):
        return base
    return f"{base}/translator/text" + ("/v3.0" if version == _OLD else "")

"""DeepL's API v2: `deepl://?key=..` (a key that ends in `:fx` is a free one and has a host of its own).

`glossary=` names one that was made there, `en-fi:ID,en-de:ID` by pair. Written from the vendor's documentation; the
languages are asked, for they differ by plan.
"""

from collections.abc import Sequence

from dragoman.ground.providers.translation.batches import batches, checked
from dragoman.ground.providers.translation.glossaries import glossaries_in, glossary_for
from dragoman.ground.providers.translation.http import Door, address, patience_of
from dragoman.ground.providers.translation.ports import ANY_MANNER, Translated, Wish, engines, pair_for
from dragoman.kit.errors import Unavailable
from dragoman.kit.memo import Memo
from dragoman.kit.tags import base, normalise, same

_PATIENCE = 20.0  # seconds
_HOST, _FREE_HOST = "api.deepl.com", "api-free.deepl.com"
_MOST_TEXTS = 50
_MOST_CHARACTERS = 30_000  # the limit is 128 KiB of body
_MOST_CONTEXT = 2_000
_FORMALITY = {"formal": "prefer_more", "casual": "prefer_less"}


@engines.register("deepl")
class DeepL:
    """One DeepL account; it tells no confidence."""

    name = "deepl"
    local = False
    mask = "XZ{}ZX"
    takes_terms = False

    def __init__(self, url: str) -> None:
        key = address(url, host=_HOST).options.get("key", "")
        if not key:
            raise ValueError("deepl:// needs a key, such as deepl://?key=KEY")
        place = address(url, host=_FREE_HOST if key.endswith(":fx") else _HOST)
        self._glossaries = glossaries_in(place.options.get("glossary", ""))
        headers = {"Authorization": f"DeepL-Auth-Key {key}"}
        self._door = Door(place.base, patience=patience_of(place, _PATIENCE), headers=headers)
        self.host = place.base.partition("//")[2]
        self._codes: dict[str, str] = {}
        self._known: Memo[str, frozenset[tuple[str, str]]] = Memo(seconds=600)

    def pairs(self) -> frozenset[tuple[str, str]]:
        """Return every pair of its sources and targets; raises Unavailable or Rejected."""
        return self._known.get("", self._ask_pairs) or frozenset()

    def _ask_pairs(self) -> frozenset[tuple[str, str]]:
        listed = {}
        for kind in ("source", "target"):
            answer = self._door.ask("GET", "/v2/languages", query={"type": kind})
            try:
                listed[kind] = {
                    normalise(code): str(code) for code in (entry["language"] for entry in answer)
                }
            except (TypeError, KeyError, AttributeError) as error:
                raise Unavailable("the list of languages was not the one expected") from error
        self._codes = listed["target"]
        return frozenset(
            (source, target) for source in listed["source"] for target in listed["target"]
            if not same(source, target)
        )  # fmt: skip

    def translate(
        self, texts: Sequence[str], source: str, target: str, wish: Wish = ANY_MANNER
    ) -> list[Translated | None]:
        """Translate in batches, in plain text and with the vendor's own sentence splitting."""
        pair = pair_for(self.pairs(), source, target)
        if pair is None:
            return [None] * len(texts)
        asked = {
            "source_lang": base(pair[0]).upper(),
            "target_lang": self._codes[pair[1]],
            "preserve_formatting": True,
            **self._manner(pair, wish),
        }
        said: list[str] = []
        for batch in batches(texts, texts_at_once=_MOST_TEXTS, characters=_MOST_CHARACTERS):
            body = {"text": batch, **asked}
            answer = self._door.ask("POST", "/v2/translate", body=body)
            try:
                said += checked([entry["text"] for entry in answer["translations"]], batch)
            except (TypeError, KeyError) as error:
                raise Unavailable("the answer was not the one expected") from error
        return [Translated(text, engine=self.name) if text.strip() else None for text in said]

    def _manner(self, pair: tuple[str, str], wish: Wish) -> dict[str, str]:
        """Return how it is to be said; `prefer_` is ignored where a language knows no formality."""
        wanted = {}
        if wish.register in _FORMALITY:
            wanted["formality"] = _FORMALITY[wish.register]
        if wish.context:
            wanted["context"] = wish.context[:_MOST_CONTEXT]
        glossary = glossary_for(self._glossaries, *pair)
        if glossary:
            wanted["glossary_id"] = glossary
        return wanted

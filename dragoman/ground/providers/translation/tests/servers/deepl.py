"""DeepL's API v2 (developers.deepl.com/docs): key, languages, translate with its limits, usage."""

from dataclasses import dataclass, field

from .loopback import Answered, Asked

MOST_BYTES, MOST_TEXTS = 128 * 1024, 50
_SOURCES = (
    "BG",
    "CS",
    "DA",
    "DE",
    "EL",
    "EN",
    "ES",
    "ET",
    "FI",
    "FR",
    "IT",
    "JA",
    "KO",
    "NL",
    "PL",
    "PT",
    "ZH",
    "AR",
)
_FORMAL = {"DE", "FR", "IT", "ES", "NL", "PL", "PT-BR", "PT-PT", "JA"}
_TARGETS = (
    *(tag for tag in _SOURCES if tag not in {"EN", "PT", "ZH"}),
    "EN-GB", "EN-US", "PT-BR", "PT-PT", "ZH", "ZH-HANS", "ZH-HANT",
)  # fmt: skip
_FORMALITIES = {"default", "more", "less", "prefer_more", "prefer_less"}


@dataclass
class DeepL:
    """One account; `left` are the characters it may still translate, `asked` what was sent to translate."""

    key: str = "key:fx"
    left: int = 500_000
    busy: int = 0
    glossaries: dict[str, tuple[str, str]] = field(default_factory=dict)
    asked: list[dict[str, object]] = field(default_factory=list)

    def __call__(self, asked: Asked) -> Answered:
        """Answer one request."""
        if asked.headers.get("authorization") != f"DeepL-Auth-Key {self.key}":
            return Answered(403, {"message": "Forbidden"})
        if self.busy > 0:
            self.busy -= 1
            return Answered(429, {"message": "Too many requests"}, {"Retry-After": "7"})
        if asked.path == "/v2/languages":
            return _languages(asked.query.get("type", "source"))
        if asked.path == "/v2/usage":
            return Answered(200, {"character_count": 500_000 - self.left, "character_limit": 500_000})
        if asked.path == "/v2/translate" and asked.method == "POST":
            return self._translate(asked)
        return Answered(404, {"message": "Not found"})

    def _translate(self, asked: Asked) -> Answered:
        if len(asked.body) > MOST_BYTES:
            return Answered(413, {"message": "Request Entity Too Large"})
        body = asked.json()
        if not asked.headers.get("content-type", "").startswith("application/json") or not isinstance(
            body, dict
        ):
            return Answered(400, {"message": "Bad request. Reason: body is not JSON"})
        wrong = self._wrong(body)
        if wrong:
            return Answered(400, {"message": f"Bad request. Reason: {wrong}"})
        texts = body["text"]
        if sum(map(len, texts)) > self.left:
            return Answered(456, {"message": "Quota Exceeded"})
        self.left -= sum(map(len, texts))
        self.asked.append(body)
        target = body["target_lang"]
        source = str(body.get("source_lang", "EN")).upper()
        said: list[dict[str, object]] = [
            {"detected_source_language": source, "text": f"{target}: {text}" if text else ""}
            for text in texts
        ]
        if body.get("show_billed_characters"):
            said = [{**one, "billed_characters": len(text)} for one, text in zip(said, texts, strict=True)]
        return Answered(200, {"translations": said})

    def _wrong(self, body: dict[str, object]) -> str:
        texts, target, source = body.get("text"), body.get("target_lang"), body.get("source_lang")
        formality, glossary = body.get("formality", "default"), body.get("glossary_id")
        if not isinstance(texts, list) or not texts or not all(isinstance(one, str) for one in texts):
            return "Parameter 'text' not specified."
        if len(texts) > MOST_TEXTS:
            return "Too many texts"
        if target not in _TARGETS:
            return "Value for 'target_lang' not supported."
        if source is not None and source not in _SOURCES:
            return "Value for 'source_lang' not supported."
        if formality not in _FORMALITIES:
            return "Value for 'formality' not supported."
        if formality in {"more", "less"} and target not in _FORMAL:
            return "'formality' is not supported for given 'target_lang'."
        if glossary is not None:
            if source is None:
                return "Use of a glossary requires the source_lang parameter to be specified."
            if self.glossaries.get(str(glossary)) != (source, str(target).partition("-")[0]):
                return "Glossary not found or for another pair of languages"
        return ""


def _languages(kind: str) -> Answered:
    if kind not in {"source", "target"}:
        return Answered(400, {"message": "Invalid value for parameter 'type'"})
    listed = _SOURCES if kind == "source" else _TARGETS
    named = [{"language": tag, "name": tag} for tag in listed]
    if kind == "target":
        named = [{**one, "supports_formality": one["language"] in _FORMAL} for one in named]
    return Answered(200, named)

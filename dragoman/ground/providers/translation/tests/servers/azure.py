"""Azure's Translator: version 3.0, and the versions from 2025-10-01-preview on (learn.microsoft.com, Translator REST)."""

from dataclasses import dataclass, field
from typing import Any

from .loopback import Answered, Asked

MOST_ELEMENTS, MOST_CHARACTERS = 1000, 50_000
OLD, NEW = "3.0", ("2025-10-01-preview", "2026-06-06")
_TAGS = (
    "en",
    "fi",
    "et",
    "pl",
    "nl",
    "th",
    "de",
    "fr",
    "es",
    "pt",
    "pt-pt",
    "ja",
    "ar",
    "zh-Hans",
    "zh-Hant",
    "he",
    "nb",
    "vi",
)
_TARGET_FIELDS = {
    "language", "script", "profanityAction", "profanityMarker", "deploymentName", "allowFallback", "tone", "gender",
    "adaptiveDatasetId", "referenceTextPairs",
}  # fmt: skip
_INPUT_FIELDS = {"text", "script", "language", "textType", "targets"}


def _error(status: int, code: int, message: str) -> Answered:
    return Answered(status, {"error": {"code": code, "message": message}})


@dataclass
class Azure:
    """One resource; with a `region` the header that names it is needed. `asked` is what was sent to translate."""

    key: str = "secret"
    region: str = ""
    busy: int = 0
    deployments: frozenset[str] = frozenset()
    asked: list[Any] = field(default_factory=list)

    def __call__(self, asked: Asked) -> Answered:
        """Answer one request."""
        version = asked.query.get("api-version", "")
        if version not in {OLD, *NEW}:
            return _error(400, 400021, "The API version parameter is missing or invalid.")
        # a resource's own host has the service below a path
        path = asked.path.removeprefix(f"/translator/text/v{version}").removeprefix("/translator/text")
        if path == "/languages":
            return Answered(
                200, {"translation": {tag: {"name": tag, "nativeName": tag, "dir": "ltr"} for tag in _TAGS}}
            )
        if asked.headers.get("ocp-apim-subscription-key") != self.key:
            return _error(
                401, 401000, "The request is not authorized because credentials are missing or invalid."
            )
        if self.region and asked.headers.get("ocp-apim-subscription-region") != self.region:
            return _error(
                401, 401000, "The request is not authorized because credentials are missing or invalid."
            )
        if self.busy > 0:
            self.busy -= 1
            return Answered(
                429, {"error": {"code": 429001, "message": "Too many requests"}}, {"Retry-After": "7"}
            )
        if path != "/translate" or asked.method != "POST":
            return _error(404, 404000, "The requested resource was not found.")
        body = asked.json()
        return self._old(asked, body) if version == OLD else self._new(body)

    def _old(self, asked: Asked, body: Any) -> Answered:
        source, target = asked.query.get("from", ""), asked.query.get("to", "")
        if target not in _TAGS:
            return _error(400, 400036, "The target language is not valid.")
        if source and source not in _TAGS:
            return _error(400, 400035, "The source language is not valid.")
        if asked.query.get("textType", "plain") not in {"plain", "html"}:
            return _error(400, 400000, "One of the request inputs is not valid.")
        if not isinstance(body, list) or not body or not all(_text_of(one) is not None for one in body):
            return _error(400, 400074, "The body of the request is not valid JSON.")
        texts = [_text_of(one) or "" for one in body]
        if len(texts) > MOST_ELEMENTS:
            return _error(400, 400072, "The maximum number of elements in the array has been exceeded.")
        if sum(map(len, texts)) > MOST_CHARACTERS:
            return _error(400, 400077, "The maximum request size has been exceeded.")
        self.asked.append(body)
        said = [{"translations": [{"text": f"{target}: {text}", "to": target}]} for text in texts]
        return Answered(200, said)

    def _new(self, body: Any) -> Answered:
        inputs = body.get("inputs") if isinstance(body, dict) else None
        if not isinstance(inputs, list) or not inputs:
            return _error(400, 400000, "One of the request inputs is not valid.")
        if (
            len(inputs) > MOST_ELEMENTS
            or sum(len(str(one.get("text", ""))) for one in inputs) > MOST_CHARACTERS
        ):
            return _error(400, 400077, "The maximum request size has been exceeded.")
        for one in inputs:
            wrong = self._wrong(one)
            if wrong:
                return _error(400, 400000, wrong)
        self.asked.append(body)
        value = []
        for one in inputs:
            said = [
                {
                    "language": target["language"],
                    "text": f"{target['language']}: {one['text']}",
                    "sourceCharacters": len(one["text"]),
                }
                for target in one["targets"]
            ]
            found = {} if "language" in one else {"detectedLanguage": {"language": "en", "score": 1.0}}
            value.append({**found, "translations": said})
        return Answered(200, {"value": value})

    def _wrong(self, one: Any) -> str:
        targets = one.get("targets")
        if not isinstance(one.get("text"), str) or not isinstance(targets, list) or not targets:
            return "text and targets are required"
        if set(one) - _INPUT_FIELDS or one.get("textType", "Plain").lower() not in {"plain", "html"}:
            return "unknown member of an input"
        if "language" in one and one["language"] not in _TAGS:
            return "The source language is not valid."
        for target in targets:
            if set(target) - _TARGET_FIELDS or target.get("language") not in _TAGS:
                return "The target language is not valid."
            deployment = target.get("deploymentName", "general")
            if deployment != "general" and deployment not in self.deployments:
                return "The deployment does not exist."
            # tone and gender are for large models alone
            if {"tone", "gender"} & set(target) and deployment == "general":
                return "tone and gender need a deployment of a large language model"
            if target.get("tone", "neutral") not in {"neutral", "formal", "informal"}:
                return "tone is not valid"
        return ""


def _text_of(one: Any) -> str | None:
    found = one.get("Text", one.get("text")) if isinstance(one, dict) else None
    return found if isinstance(found, str) else None

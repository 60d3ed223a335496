"""Google Cloud Translation v3 (cloud.google.com/translate/docs/reference/rest/v3) and its token server (RFC 7523)."""

import base64
import html
import json
import re
import time
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa

from .loopback import Answered, Asked

MOST_CONTENTS, MOST_CODE_POINTS = 1024, 30_720
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
    "pt-BR",
    "ja",
    "ar",
    "zh-CN",
    "zh-TW",
    "iw",
    "no",
    "vi",
)
_METHOD = re.compile(r"/v3/projects/([\w-]+)(?:/locations/([\w-]+))?(:translateText|/supportedLanguages)")
_SCOPES = {
    "https://www.googleapis.com/auth/cloud-translation",
    "https://www.googleapis.com/auth/cloud-platform",
}
_GRANT = "urn:ietf:params:oauth:grant-type:jwt-bearer"
_FIELDS = {
    "contents", "mimeType", "sourceLanguageCode", "targetLanguageCode", "model", "glossaryConfig", "labels",
    "transliterationConfig",
}  # fmt: skip


def _error(code: int, status: str, message: str) -> Answered:
    return Answered(code, {"error": {"code": code, "message": message, "status": status}})


@dataclass
class Google:
    """One project with a service account; `tokens` it has given out, `asked` what was sent to translate."""

    project: str = "shop-123"
    glossaries: frozenset[str] = frozenset()
    busy: int = 0
    email: str = "desk@shop-123.iam.gserviceaccount.com"
    tokens: set[str] = field(default_factory=set)
    asked: list[dict[str, Any]] = field(default_factory=list)
    _key: rsa.RSAPrivateKey = field(default_factory=lambda: rsa.generate_private_key(65537, 2048))

    def account(self, place: str) -> dict[str, str]:
        """Return the JSON key of the service account whose tokens come from `host:port`."""
        pem = self._key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        return {
            "type": "service_account",
            "project_id": self.project,
            "private_key_id": "1",
            "private_key": pem.decode(),
            "client_email": self.email,
            "client_id": "1",
            "token_uri": f"http://{place}/token",
        }

    def __call__(self, asked: Asked) -> Answered:
        """Answer one request."""
        if asked.path == "/token":
            return self._token(asked)
        if asked.headers.get("authorization", "").removeprefix("Bearer ") not in self.tokens:
            return _error(401, "UNAUTHENTICATED", "Request had invalid authentication credentials.")
        if self.busy > 0:
            self.busy -= 1
            return _error(429, "RESOURCE_EXHAUSTED", "Quota exceeded.")
        found = _METHOD.fullmatch(asked.path)
        if not found:
            return _error(404, "NOT_FOUND", "Requested entity was not found.")
        if found[1] != self.project:
            return _error(
                403, "PERMISSION_DENIED", "Cloud Translation API has not been used in this project."
            )
        if found[3] == "/supportedLanguages":
            listed = [{"languageCode": tag, "supportSource": True, "supportTarget": True} for tag in _TAGS]
            return Answered(200, {"languages": listed})
        return self._translate(asked, found[2] or "global")

    def _token(self, asked: Asked) -> Answered:
        form = {name: values[-1] for name, values in parse_qs(asked.body.decode()).items()}
        if form.get("grant_type") != _GRANT:
            return Answered(400, {"error": "unsupported_grant_type"})
        try:
            head, claims, signature = (_decoded(part) for part in form["assertion"].split("."))
            signed = form["assertion"].rpartition(".")[0].encode()
            self._key.public_key().verify(signature, signed, padding.PKCS1v15(), hashes.SHA256())
            told = json.loads(claims)
        except (KeyError, ValueError, InvalidSignature):
            return Answered(400, {"error": "invalid_grant", "error_description": "Invalid JWT Signature."})
        now = time.time()
        is_right = (
            json.loads(head)["alg"] == "RS256"
            and told.get("iss") == self.email
            and str(told.get("aud", "")).endswith("/token")
            and now - 60 <= told.get("iat", 0) <= now + 60
            and told.get("iat", 0) < told.get("exp", 0) <= told.get("iat", 0) + 3600
            and set(str(told.get("scope", "")).split()) & _SCOPES
        )
        if not is_right:
            return Answered(400, {"error": "invalid_grant"})
        token = f"ya29.{len(self.tokens)}"
        self.tokens.add(token)
        return Answered(200, {"access_token": token, "expires_in": 3599, "token_type": "Bearer"})

    def _translate(self, asked: Asked, location: str) -> Answered:
        body = asked.json()
        wrong = self._wrong(body, location)
        if wrong:
            return _error(400, "INVALID_ARGUMENT", wrong)
        self.asked.append(body)
        is_html = body.get("mimeType", "text/html") == "text/html"
        texts = [f"{body['targetLanguageCode']}: {text}" for text in body["contents"]]
        # what is taken for HTML comes back escaped
        said = [html.escape(text, quote=True) if is_html else text for text in texts]
        answer: dict[str, Any] = {"translations": [{"translatedText": text} for text in said]}
        if "glossaryConfig" in body:
            answer["glossaryTranslations"] = [
                {"translatedText": f"{text} (terms)", "glossaryConfig": body["glossaryConfig"]}
                for text in said
            ]
        return Answered(200, answer)

    def _wrong(self, body: Any, location: str) -> str:
        if not isinstance(body, dict):
            return "Invalid JSON payload received."
        unknown = set(body) - _FIELDS
        if unknown:
            return f"Invalid JSON payload received. Unknown name {sorted(unknown)[0]!r}: Cannot find field."
        contents = body.get("contents")
        if (
            not isinstance(contents, list)
            or not contents
            or not all(isinstance(one, str) for one in contents)
        ):
            return "Content is empty."
        if len(contents) > MOST_CONTENTS:
            return "Too many text segments."
        if sum(map(len, contents)) > MOST_CODE_POINTS:
            return "Text is too long."
        if body.get("mimeType", "text/html") not in {"text/html", "text/plain"}:
            return "Invalid mime type."
        if body.get("targetLanguageCode") not in _TAGS or body.get("sourceLanguageCode", "en") not in _TAGS:
            return "Target language is invalid."
        glossary = body.get("glossaryConfig")
        if glossary is not None:
            if location == "global" or "sourceLanguageCode" not in body:
                return "Glossary must be in the same region as the model, and needs a source language."
            if glossary.get("glossary") not in self.glossaries:
                return "Glossary not found."
        return ""


def _decoded(part: str) -> bytes:
    return base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))

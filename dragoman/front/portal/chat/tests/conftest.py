"""A shop with a chat, and a browser's calls to it without a browser."""

import json
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, override_settings

from dragoman.front.portal.chat import config, door
from tests.people import House, a_house


@dataclass
class Widget:
    """One browser: its secret, its session, and the endpoints of one brand."""

    brand: str = "kaisla"
    session: str = ""
    visitor: str = field(default_factory=lambda: uuid.uuid4().hex)
    headers: dict[str, str] = field(default_factory=dict)

    def post(self, path: str, body: Any) -> Any:
        """POST JSON (or a form, for a dictionary holding a file)."""
        form = isinstance(body, dict) and any(
            isinstance(value, SimpleUploadedFile) for value in body.values()
        )
        kind = {} if form else {"content_type": "application/json"}
        data = body if form else (body if isinstance(body, bytes) else json.dumps(body))
        return Client().post(f"/chat/{self.brand}/{path}", data, headers=self._headers(), **kind)

    def get(self, path: str) -> Any:
        """GET with the session."""
        return Client().get(f"/chat/{self.brand}/{path}", headers=self._headers())

    def _headers(self) -> dict[str, str]:
        return {**({"Authorization": f"Bearer {self.session}"} if self.session else {}), **self.headers}

    def open(self, **more: Any) -> dict[str, Any]:
        """Open or renew the session."""
        wish = {"visitor": self.visitor, **({"session": self.session} if self.session else {}), **more}
        answer = self.post("session", wish)
        assert answer.status_code == 200, answer.content
        self.session = answer.json()["session"]
        return dict(answer.json())

    def write(self, text: str = "Where is my parcel?", **more: Any) -> Any:
        """Send a message, opening the session first where there is none."""
        if not self.session:
            self.open()
        return self.post("messages", {"external_id": uuid.uuid4().hex, "text": text, "locale": "en", **more})

    def thread(self) -> list[dict[str, Any]]:
        """Read the whole thread."""
        return list(self.get("messages").json()["items"])


@pytest.fixture
def house(db: None, tmp_path: Any) -> Iterator[House]:
    """Kaisla with an open chat; only this room's addresses are served."""
    cache.clear()
    door._brands.forget()
    config._duty.forget()
    config._mails.forget()
    storage = {
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": tmp_path},
        },
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    with override_settings(ROOT_URLCONF="dragoman.front.portal.urls", MIDDLEWARE=[], STORAGES=storage):
        yield a_house()

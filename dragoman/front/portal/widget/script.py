"""Puts the widget's parts together into one plain script: no build step, read once, kept compressed."""

import gzip
import hashlib
import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

# In the order a reader needs them: nothing uses a name before its part has run.
PARTS = (
    "texts.js",
    "dom.js",
    "store.js",
    "api.js",
    "outbox.js",
    "live.js",
    "bubbles.js",
    "panel.js",
    "chat.js",
    "start.js",
)


@dataclass(frozen=True)
class Script:
    """One version of the script: its text, the same gzipped, and the strong ETag of both."""

    body: bytes
    gzipped: bytes
    etag: str


@cache
def widget_script() -> Script:
    """Return the script as this installation serves it."""
    return assemble()


def assemble() -> Script:
    """Join the style sheet and all parts inside one function, so that the page's globals stay its own."""
    room = files(__package__)
    css = room.joinpath("widget.css").read_text("utf-8")
    parts = [room.joinpath("parts", name).read_text("utf-8") for name in PARTS]
    lines = [
        '(() => {\n"use strict";',
        f"const CSS = {json.dumps(css, ensure_ascii=False)};",
        *parts,
        "})();\n",
    ]
    body = "\n".join(lines).encode()
    return Script(
        body=body,
        gzipped=gzip.compress(body, 9, mtime=0),
        etag=f'"{hashlib.sha256(body).hexdigest()[:20]}"',
    )

"""Puts the widget's parts together into one plain script: no build step, read once, kept compressed."""

import gzip
import hashlib
import json
import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

# In the order a reader needs them: nothing uses a name before its part has run.
PARTS = (
    "texts.js",
    "dom.js",
    "colour.js",
    "store.js",
    "api.js",
    "outbox.js",
    "tabs.js",
    "live.js",
    "thread.js",
    "page.js",
    "sound.js",
    "cards.js",
    "bot.js",
    "bubbles.js",
    "csat.js",
    "emoji.js",
    "ask.js",
    "copy.js",
    "suggest.js",
    "composer.js",
    "home.js",
    "panel.js",
    "invite.js",
    "talk.js",
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


def lean(code: str) -> str:
    """Leave out indentation and lines that are comments: a tenth of what travels, and no line changes its meaning.

    The parts keep to what makes this safe: no text of theirs runs over a line's end.
    """
    lines = (line.strip() for line in code.splitlines())
    return "\n".join(line for line in lines if line and not line.startswith("//"))


def lean_css(rules: str) -> str:
    """Leave out comments of a style sheet, and the blanks that part nothing: no value of ours holds such in quotes."""
    plain = re.sub(r"/\*.*?\*/", "", rules, flags=re.S)
    return re.sub(r"([:,])\s+", r"\1", re.sub(r"\s*([{};])\s*", r"\1", plain)).strip()


def assemble() -> Script:
    """Join the style sheet and all parts inside one function, so that the page's globals stay its own."""
    room = files(__package__)
    css = lean_css(room.joinpath("widget.css").read_text("utf-8"))
    parts = [lean(room.joinpath("parts", name).read_text("utf-8")) for name in PARTS]
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

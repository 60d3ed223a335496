"""Data of a page as JSON-LD, which no browser runs: the policy of scripts has nothing to say of it."""

import json
from collections.abc import Mapping
from typing import Any

from markupsafe import Markup

Data = Mapping[str, Any]


def as_script(data: Data) -> Markup:
    """Write data so that nothing in it can end the element it stands in."""
    said = json.dumps({"@context": "https://schema.org", **data}, ensure_ascii=False, separators=(",", ":"))
    for sign, code in (("<", "\\u003c"), (">", "\\u003e"), ("&", "\\u0026")):
        said = said.replace(sign, code)
    return Markup(said)  # noqa: S704 (every sign that HTML knows was replaced)

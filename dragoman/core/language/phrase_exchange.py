"""Wordings as a file: TOML for people and repositories, CSV for spreadsheets. What goes out comes back the same."""

import csv
import io
import json
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from django.utils.translation import gettext as _

from dragoman.core.accounts.models import Brand
from dragoman.core.accounts.queries import brands_of
from dragoman.core.language import phrasebook
from dragoman.core.language.actions.phrases import Wording
from dragoman.core.language.errors import BadWording
from dragoman.core.language.own_phrases import own_phrases_of, wordings_of
from dragoman.core.language.phrase_check import CATEGORIES
from dragoman.core.language.phrasebook import REGISTERS

COLUMNS: Final = ("key", "theme", "brand", "language", "register", "plural", "text")
LARGEST = 5 * 1024 * 1024
Rows = Sequence[tuple[str, Wording]]


def own_rows(workspace_id: int) -> Rows:
    """Return (theme or "", wording) of all that a workspace says its own way."""
    themes = dict(own_phrases_of(workspace_id).values_list("key", "theme"))
    return [
        (themes.get(one.key, ""), Wording(one.key, one.language, one.said, one.register, one.brand))
        for one in wordings_of(workspace_id).select_related("brand")
    ]


def book_rows(languages: Iterable[str]) -> Rows:
    """Return what the book itself says in some languages, to be changed and taken in again."""
    return [
        ("", Wording(key, language, said, register))
        for language in languages
        for key, _theme in phrasebook.said_keys()
        for register, said in phrasebook.ours(key, language).items()
        if register in ("", *REGISTERS)
    ]


def as_toml(rows: Rows) -> str:
    """Write wordings as an array of tables."""
    parts = ["# Phrases of a workspace: see “Phrasebook” in docs/leads.md.\n"]
    for theme, one in rows:
        facts = _facts(theme, one)
        lines = [f"{name} = {_quoted(value)}" for name, value in facts.items() if value]
        if set(one.said) == {"other"}:
            lines.append(f"text = {_quoted(one.said['other'])}")
        else:
            inner = ", ".join(
                f"{name} = {_quoted(one.said[name])}" for name in CATEGORIES if name in one.said
            )
            lines.append(f"text = {{ {inner} }}")
        parts.append("[[wording]]\n" + "\n".join(lines) + "\n")
    return "\n".join(parts)


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _facts(theme: str, one: Wording) -> dict[str, str]:
    return {
        "key": one.key,
        "theme": theme,
        "brand": one.brand.slug if one.brand else "",
        "language": one.language,
        "register": one.register,
    }


def as_csv(rows: Rows) -> str:
    """Write wordings as a table, a row for each plural; a byte order mark tells spreadsheets that it is UTF-8."""
    out = io.StringIO()
    table = csv.DictWriter(out, COLUMNS)
    table.writeheader()
    for theme, one in rows:
        for plural in CATEGORIES:
            if plural in one.said:
                table.writerow({**_facts(theme, one), "plural": plural, "text": one.said[plural]})
    return "\ufeff" + out.getvalue()


def read(workspace_id: int, content: bytes, *, name: str) -> tuple[list[Wording], dict[str, str]]:
    """Return (wordings, themes of phrases) of a file; `name` ends in .csv or .toml. Raises BadWording."""
    if len(content) > LARGEST:
        raise BadWording(_("The file is larger than 5 MB."), code="too_large")
    try:
        text = content.decode("utf-8-sig")
        entries = _from_csv(text) if name.lower().endswith(".csv") else _from_toml(text)
    except (
        UnicodeDecodeError,
        tomllib.TOMLDecodeError,
        csv.Error,
        TypeError,
        KeyError,
        AttributeError,
    ) as error:
        raise BadWording(_("This file cannot be read: %(why)s") % {"why": error}, code="unreadable") from None
    brands = {brand.slug: brand for brand in brands_of(workspace_id)}
    themes = {one["key"]: one["theme"] for one in entries if one["theme"]}
    return [_wording(one, brands) for one in entries], themes


def _from_toml(text: str) -> list[dict[str, Any]]:
    found = []
    for entry in tomllib.loads(text).get("wording", []):
        said = entry["text"]
        told = {name: str(entry.get(name, "")) for name in COLUMNS[:5]}
        found.append({**told, "said": {"other": said} if isinstance(said, str) else dict(said)})
    return found


def _from_csv(text: str) -> list[dict[str, Any]]:
    table = csv.DictReader(io.StringIO(text), delimiter=";" if ";" in text.partition("\n")[0] else ",")
    if missing := {"key", "language", "text"} - set(table.fieldnames or ()):
        raise csv.Error(f"no column {', '.join(sorted(missing))}")
    found: dict[tuple[str, ...], dict[str, Any]] = {}
    for row in table:
        told = {name: (row.get(name) or "").strip() for name in COLUMNS[:5]}
        place = (told["key"], told["brand"], told["language"], told["register"])
        entry = found.setdefault(place, {**told, "said": {}})
        entry["said"][(row.get("plural") or "").strip() or "other"] = row["text"] or ""
    return list(found.values())


def _wording(entry: Mapping[str, Any], brands: Mapping[str, Brand]) -> Wording:
    slug = entry["brand"]
    if slug and slug not in brands:
        raise BadWording(_("There is no brand “%(slug)s”.") % {"slug": slug}, code="unknown_brand")
    said = {str(name): str(text) for name, text in entry["said"].items()}
    return Wording(entry["key"], entry["language"], said, entry["register"], brands.get(slug))

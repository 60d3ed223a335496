"""Help centres as Zendesk's Help Center API gives them: what `/api/v2/help_center/.../*.json` answered, saved as files.

Wire: developer.zendesk.com, Help Center API: articles (`id`, `title`, `body` as HTML, `locale`, `source_locale`,
`draft`, `section_id`, `position`, `html_url`, `user_segment_id`), translations (`source_id`, `source_type`, `locale`,
`title`, `body`, `draft`), sections and categories (`id`, `name`, `locale`, `category_id`, `parent_section_id`).
One file may hold any of these lists; several files of one help centre are read together.
"""

import json
import re
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from dragoman.core.texts.models import Variant
from dragoman.kit.text import slug

from ..models import ArticleText
from .html import as_markdown
from .pieces import Piece, Pile, Shelf
from .tongues import without_market

LISTS = ("articles", "translations", "sections", "categories")
_LINK = re.compile(r"(?:https?://[^/]+)?/hc/(?:[\w-]+/)?articles/(\d+)")
# the source's column of numbers in json is not kept: a fault names the record instead
_NAMED = {"article": "articles", "section": "sections", "category": "categories"}


def is_zendesk(said: Any) -> bool:
    """Say whether a file's JSON looks like an answer of that API."""
    return isinstance(said, dict) and any(isinstance(said.get(name), list) for name in (*LISTS, "article"))


def read_zendesk(files: Mapping[str, Any]) -> Pile:
    """Return the texts of all answers together; a record that cannot be read is named by its number."""
    return _Centre(files).pile


class _Centre:
    """One help centre, put together from its answers."""

    def __init__(self, files: Mapping[str, Any]) -> None:
        self.pile = Pile()
        self.records: dict[str, dict[int, tuple[str, int, dict[str, Any]]]] = {
            name: {} for name in LISTS[:1] + LISTS[2:]
        }
        self.translations: dict[tuple[str, int], list[tuple[str, int, dict[str, Any]]]] = {}
        for file, said in files.items():
            self._take(file, said)
        self.keys = {
            number: slug(str(record.get("title") or record.get("name") or ""), most=100)
            or f"article-{number}"
            for number, (_file, _line, record) in self.records["articles"].items()
        }
        self._shelves()
        for number, (file, line, record) in self.records["articles"].items():
            self._article(number, file, line, record)

    def _take(self, file: str, said: Any) -> None:
        for name in LISTS:
            for at, record in enumerate(said.get(name) or [], 1):
                number = (
                    record.get("source_id" if name == "translations" else "id")
                    if isinstance(record, dict)
                    else None
                )
                if not isinstance(number, int) or isinstance(number, bool):
                    self.pile.wrong(file, at, _("The record has no number (“id”)."))
                elif name == "translations":
                    self._translation(file, at, number, record)
                else:
                    self.records[name].setdefault(number, (file, at, record))
                    for one in record.get("translations") or []:
                        kind = next(one_kind for one_kind, plural in _NAMED.items() if plural == name)
                        if isinstance(one, dict):
                            self.translations.setdefault((kind, number), []).append((file, at, one))

    def _translation(self, file: str, at: int, number: int, record: dict[str, Any]) -> None:
        kind = str(record.get("source_type", "")).lower()
        if kind not in _NAMED:
            self.pile.wrong(file, at, _("The translation does not say of what it is one (“source_type”)."))
            return
        self.translations.setdefault((kind, number), []).append((file, at, record))

    def _names(self, kind: str, number: int, record: dict[str, Any]) -> dict[str, str]:
        names: dict[str, str] = {}
        own = (record.get("locale") or record.get("source_locale") or "", record.get("name"))
        more = [
            (one.get("locale") or "", one.get("title"))
            for _f, _l, one in self.translations.get((kind, number), [])
        ]
        for locale, name in (own, *more):
            found = without_market(str(locale))
            if found and isinstance(name, str) and name.strip():
                names.setdefault(found[0], name.strip())
        return names

    def _shelves(self) -> None:
        self.shelf_of: dict[int, str] = {}
        for number, (_file, _at, record) in self.records["sections"].items():
            names = self._names("section", number, record)
            if not names:
                continue
            key = slug(next(iter(names.values()))) or f"section-{number}"
            self.shelf_of[number] = key
            position = record.get("position")
            self.pile.shelves.append(
                Shelf(key, names, position=position if isinstance(position, int) else None)
            )

    def _article(self, number: int, file: str, at: int, record: dict[str, Any]) -> None:
        texts = [(file, at, record), *self.translations.get(("article", number), [])]
        source = without_market(str(record.get("source_locale") or record.get("locale") or ""))
        done: set[tuple[str, str]] = set()
        for own_file, own_at, text in texts:
            tongue = without_market(str(text.get("locale") or record.get("source_locale") or ""))
            if tongue is None:
                self.pile.wrong(
                    own_file, own_at, _("“%(name)s” is no language.") % {"name": str(text.get("locale"))[:40]}
                )
                continue
            if tongue in done:
                continue
            title, html = text.get("title") or text.get("name"), text.get("body")
            body = as_markdown(html, link=self._linked) if isinstance(html, str) else ""
            if not isinstance(title, str) or not title.strip() or not body:
                self.pile.wrong(
                    own_file,
                    own_at,
                    _("Article %(number)s has no words in %(language)s.")
                    % {"number": number, "language": tongue[0]},
                )
                continue
            done.add(tongue)
            self.pile.pieces.append(
                self._piece(number, own_file, own_at, record, text, (title, body, tongue, source))
            )

    def _piece(
        self,
        number: int,
        file: str,
        at: int,
        record: dict[str, Any],
        text: dict[str, Any],
        said: tuple[str, str, tuple[str, str], tuple[str, str] | None],
    ) -> Piece:
        title, body, tongue, source = said
        position = record.get("position")
        section = record.get("section_id")
        return Piece(
            file,
            at,
            self.keys[number],
            tongue[0],
            title.strip(),
            body,
            market=tongue[1],
            category=self.shelf_of.get(section) if isinstance(section, int) else None,
            status=ArticleText.Status.DRAFT if text.get("draft") else ArticleText.Status.PUBLISHED,
            # a segment of users is signed-in people or agents: shown to nobody else there, so to the team alone here
            internal=bool(record.get("user_segment_id") or record.get("user_segment_ids")),
            position=position if isinstance(position, int) else None,
            made=Variant.Made.PERSON,
            origin=f"zendesk:{number}",
            is_source=tongue == source,
        )

    def _linked(self, address: str) -> str:
        found = _LINK.match(address)
        if found and int(found[1]) in self.keys:
            return f"article:{self.keys[int(found[1])]}"
        return address


def parsed(raw: bytes) -> Any:
    """Return a file's JSON; raises ValueError with the line it cannot be read in."""
    return json.loads(raw.decode("utf-8-sig"))

"""Help centres of Gorgias: the table (CSV) that it exports and takes, and the JSON of its help centre's interface.

The vendor documents no columns that are always there: a table's columns are known by their names in any order. The JSON
holds articles with a `translation` (or `translations`): `locale`, `title`, `content` as HTML, `slug`, `excerpt`,
`category_id`, `visibility_status`; and categories the same way.
"""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from django.utils.translation import gettext as _

from dragoman.kit.errors import Refusal
from dragoman.kit.tables import read_table
from dragoman.kit.text import slug

from ..models import ArticleText
from .html import as_markdown
from .pieces import Piece, Pile, Shelf
from .tongues import tongue_of, without_market

COLUMNS: Final[Mapping[str, tuple[str, ...]]] = {
    "id": ("id", "article id"),
    "title": ("title", "article title", "name", "question"),
    "body": ("content", "body", "article content", "html", "article body", "answer"),
    "summary": ("excerpt", "summary", "description", "article excerpt"),
    "key": ("slug", "key", "article slug"),
    "category": ("category", "category title", "category name", "categories"),
    "language": ("locale", "language", "article locale", "article language"),
    "status": ("visibility status", "visibility", "status", "published"),
}
_HIDDEN = ("unlisted", "private", "draft", "hidden", "false", "no", "0", "unpublished")


def is_gorgias(said: Any) -> bool:
    """Say whether a file's JSON looks like that of a Gorgias help centre."""
    rows = _rows(said)
    return any(isinstance(one, dict) and ("translation" in one or "translations" in one) for one in rows)


def _rows(said: Any) -> list[Any]:
    if isinstance(said, dict):
        said = next(
            (
                said[name]
                for name in ("data", "articles", "categories", "items")
                if isinstance(said.get(name), list)
            ),
            [],
        )
    return said if isinstance(said, list) else []


def read_gorgias(files: Mapping[str, Any]) -> Pile:
    """Return the texts of all files together; a record that cannot be read is named by its place in its list."""
    pile = Pile()
    shelves: dict[Any, str] = {}
    rows = [(file, at, one) for file, said in files.items() for at, one in enumerate(_rows(said), 1)]
    for file, at, one in rows:
        if not isinstance(one, dict):
            pile.wrong(file, at, _("The record is no article."))
        elif not any("content" in text for text in _texts(one)):
            names = {
                found[0]: str(text["title"]).strip()
                for text in _texts(one)
                if text.get("title") and (found := without_market(str(text.get("locale", ""))))
            }
            if names:
                shelves[one.get("id")] = slug(next(iter(names.values()))) or f"category-{one.get('id')}"
                pile.shelves.append(Shelf(shelves[one.get("id")], names))
    for file, at, one in rows:
        if isinstance(one, dict):
            pile.pieces += _articles(file, at, one, shelves, pile)
    return pile


def _texts(record: dict[str, Any]) -> list[dict[str, Any]]:
    several = record.get("translations")
    found = several if isinstance(several, list) else [record.get("translation")]
    return [one for one in found if isinstance(one, dict)]


def _articles(
    file: str, at: int, record: dict[str, Any], shelves: Mapping[Any, str], pile: Pile
) -> Iterator[Piece]:
    texts = [one for one in _texts(record) if "content" in one]
    key = next((slug(str(one.get("slug") or one.get("title") or ""), most=100) for one in texts), "")
    for text in texts:
        tongue = without_market(str(text.get("locale", "")))
        title, body = text.get("title"), as_markdown(str(text.get("content") or ""))
        if tongue is None:
            pile.wrong(file, at, _("“%(name)s” is no language.") % {"name": str(text.get("locale"))[:40]})
        elif not isinstance(title, str) or not title.strip() or not body:
            pile.wrong(file, at, _("The article has no title or no words."))
        else:
            status = str(text.get("visibility_status") or "public").lower()
            yield Piece(
                file,
                at,
                key or f"article-{record.get('id')}",
                tongue[0],
                title.strip(),
                body,
                summary=str(text["excerpt"]).strip() if text.get("excerpt") else None,
                category=shelves.get(text.get("category_id") or record.get("category_id")),
                status=ArticleText.Status.DRAFT if status in _HIDDEN else ArticleText.Status.PUBLISHED,
                origin=f"gorgias:{record['id']}" if record.get("id") else "",
            )


def read_table_of(path: str, raw: bytes, *, language: str = "") -> Pile:
    """Return the texts of a table; a line that cannot be read is named."""
    pile = Pile()
    try:
        lines = read_table(raw)
    except Refusal as refusal:
        pile.wrong(path, 0, refusal)
        return pile
    columns = _columns(lines[0][1]) if lines else {}
    if "title" not in columns or "body" not in columns:
        pile.wrong(path, 1, _("The first line must name the columns; “title” and “content” are two of them."))
        return pile
    for line, cells in lines[1:]:
        given = {name: cells[at] for name, at in columns.items() if at < len(cells)}
        piece = _line(path, line, given, language, pile)
        if piece is not None:
            pile.pieces.append(piece)
    return pile


def _columns(head: list[str]) -> dict[str, int]:
    named = [cell.strip().lower().replace("_", " ") for cell in head]
    found: dict[str, int] = {}
    for name, words in COLUMNS.items():
        at = next((named.index(word) for word in words if word in named), None)
        if at is not None:
            found[name] = at
    return found


def _line(path: str, line: int, given: dict[str, str], fallback: str, pile: Pile) -> Piece | None:
    title, html = given.get("title", "").strip(), given.get("body", "")
    body = as_markdown(html) if "<" in html else html.strip()
    tongue = without_market(given["language"]) if given.get("language") else tongue_of(fallback)
    if tongue is None:
        pile.wrong(path, line, _("The line does not say its language: choose one for files that name none."))
        return None
    if not title or not body:
        pile.wrong(path, line, _("The article has no title or no words."))
        return None
    hidden = given.get("status", "").strip().lower() in _HIDDEN
    number = given.get("id", "").strip()
    return Piece(
        path,
        line,
        slug(given.get("key") or title, most=100) or f"article-{line}",
        tongue[0],
        title,
        body,
        market=tongue[1],
        summary=given.get("summary") or None,
        category=given.get("category") or None,
        status=ArticleText.Status.DRAFT if hidden else ArticleText.Status.PUBLISHED,
        origin=f"gorgias:{number}" if number else "",
    )

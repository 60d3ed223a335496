"""Articles as Markdown files with a head of YAML: one file a text.

The head: `title`, `summary`, `key`, `language` (`de`, `de@AT`), `category`, `questions`, `status` (draft, published),
`kind`, `internal`, `position`, `video`. What it leaves out comes from the path and the first heading.
"""

import re
from typing import Any, Final

import yaml
from django.utils.translation import gettext as _

from dragoman.kit.text import slug

from ..models import Article, ArticleText
from .pieces import Piece, Pile
from .tongues import from_path, tongue_of

LONGEST_HEAD = 20_000
_FENCE = re.compile(r"\A\ufeff?---[ \t]*\r?\n(.*?)(?:^|\n)---[ \t]*(?:\r?\n|\Z)", re.DOTALL | re.MULTILINE)
_HEADING = re.compile(r"\A\s*#[ \t]+(.+?)[ \t]*#*[ \t]*(?:\r?\n|\Z)")
FIELDS: Final = (
    "title", "summary", "key", "language", "category", "questions", "status", "kind", "internal", "position", "video",
)  # fmt: skip
_YES, _NO = ("true", "yes", "on", "1"), ("false", "no", "off", "0", "")


class _Bad(Exception):
    """A fault in the head: its line and what it is."""

    def __init__(self, line: int, said: str) -> None:
        super().__init__(said)
        self.line, self.said = line, said


def read_markdown(path: str, raw: bytes, *, language: str = "") -> Pile:
    """Return the one text of a file; `language` is for files that name none."""
    pile = Pile()
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        pile.wrong(path, 0, _("The file is not in UTF-8."))
        return pile
    try:
        pile.pieces.append(_piece(path, text.replace("\r\n", "\n"), language, pile))
    except _Bad as bad:
        pile.wrong(path, bad.line, bad.said)
    return pile


def parted_head(text: str) -> tuple[dict[str, Any], dict[str, int], str, int]:
    """Return a head's fields, the line each stands in, the body, and the line it begins in; raises _Bad."""
    found = _FENCE.match(text)
    if found is None:
        return {}, {}, text, 1
    head = found[1]
    if len(head) > LONGEST_HEAD:
        raise _Bad(1, _("The head of the file is longer than 20,000 characters."))
    try:
        # everything stays the text it is: `no` is Norwegian, not a refusal
        node = yaml.compose(head, Loader=yaml.BaseLoader)
        said = yaml.load(head, Loader=yaml.BaseLoader)  # noqa: S506  # this loader makes nothing but text
    except yaml.MarkedYAMLError as error:
        # where a quotation mark was opened says more than where the file ended
        mark = error.context_mark or error.problem_mark
        line = mark.line + 2 if mark else 1
        raise _Bad(
            line, _("The head of the file is no YAML: a quotation mark or a colon is missing.")
        ) from None
    except (yaml.YAMLError, RecursionError):
        raise _Bad(1, _("The head of the file is no YAML: a quotation mark or a colon is missing.")) from None
    if said is not None and not isinstance(said, dict):
        raise _Bad(2, _("The head of the file has no lines such as “title: Returns”."))
    pairs = node.value if isinstance(node, yaml.MappingNode) else []
    lines = {str(name.value): name.start_mark.line + 2 for name, _value in pairs}
    return dict(said or {}), lines, text[found.end() :], text[: found.end()].count("\n") + 1


def _piece(path: str, text: str, fallback: str, pile: Pile) -> Piece:
    head, lines, body, first = parted_head(text)
    for name in head:
        if name not in FIELDS:
            said = _("“%(name)s” is nothing that an article has: left out.") % {"name": str(name)[:40]}
            pile.wrong(path, lines.get(name, 0), said)
    title = _word(head, lines, "title")
    if not title and (heading := _HEADING.match(body)):
        title, body = heading[1], body[heading.end() :]
    if not title:
        raise _Bad(1, _("The article has no title: write “title:” into the head, or begin with a heading."))
    if not body.strip():
        raise _Bad(first, _("There is nothing below the head."))
    key, language, market = _named(path, head, lines, fallback)
    return Piece(
        path,
        first,
        _word(head, lines, "key") or key,
        language,
        title,
        body.strip("\n"),
        market=market,
        summary=_word(head, lines, "summary"),
        category=_word(head, lines, "category"),
        status=_one_of(head, lines, "status", (ArticleText.Status.DRAFT, ArticleText.Status.PUBLISHED))
        or ArticleText.Status.PUBLISHED,
        kind=_one_of(head, lines, "kind", tuple(Article.Kind.values)),
        internal=_flag(head, lines, "internal"),
        questions=_several(head, lines, "questions"),
        position=_number(head, lines, "position"),
        video=_word(head, lines, "video"),
    )


def _named(path: str, head: dict[str, Any], lines: dict[str, int], fallback: str) -> tuple[str, str, str]:
    stem, language, market = from_path(path)
    said = _word(head, lines, "language") or ("" if language else fallback)
    if said:
        found = tongue_of(said)
        if found is None:
            raise _Bad(lines.get("language", 1), _("“%(name)s” is no language.") % {"name": said[:40]})
        language, market = found
    if not language:
        raise _Bad(1, _("The file does not say its language: write “language: fi” into the head."))
    return slug(stem, most=120) or stem[:120], language, market


def _word(head: dict[str, Any], lines: dict[str, int], name: str) -> str | None:
    said = head.get(name)
    if said is None:
        return None
    if not isinstance(said, str):
        raise _Bad(lines.get(name, 1), _("“%(name)s” is one text, not a list.") % {"name": name})
    return " ".join(said.split())


def _several(head: dict[str, Any], lines: dict[str, int], name: str) -> list[str] | None:
    said = head.get(name)
    if said is None or said == "":
        return None
    if isinstance(said, str):
        return [said]
    if not isinstance(said, list) or not all(isinstance(one, str) for one in said):
        raise _Bad(lines.get(name, 1), _("“%(name)s” is a list of texts.") % {"name": name})
    return [" ".join(one.split()) for one in said if one.strip()]


def _one_of(head: dict[str, Any], lines: dict[str, int], name: str, known: tuple[str, ...]) -> str | None:
    said = _word(head, lines, name)
    if said is None or said in known:
        return said
    facts = {"name": name, "known": ", ".join(known)}
    raise _Bad(lines.get(name, 1), _("“%(name)s” is one of: %(known)s.") % facts)


def _flag(head: dict[str, Any], lines: dict[str, int], name: str) -> bool | None:
    said = _word(head, lines, name)
    if said is None:
        return None
    if said.lower() not in (*_YES, *_NO):
        raise _Bad(lines.get(name, 1), _("“%(name)s” is true or false.") % {"name": name})
    return said.lower() in _YES


def _number(head: dict[str, Any], lines: dict[str, int], name: str) -> int | None:
    said = _word(head, lines, name)
    if not said:
        return None
    if not (said.isascii() and said.isdigit() and len(said) < 7):
        raise _Bad(lines.get(name, 1), _("“%(name)s” is a number from 0.") % {"name": name})
    return int(said)

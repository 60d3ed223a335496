"""Markdown as articles are written in: read in every script, and its words without its marks."""

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import zip_longest

from markdown_it import MarkdownIt
from markdown_it.parser_inline import ParserInline
from markdown_it.rules_inline import StateInline
from markdown_it.rules_inline.state_inline import Scanned
from markdown_it.token import Token
from markdown_it.utils import EnvType

from dragoman.kit.tokens import SPACELESS

_WITHOUT_BLANKS = re.compile(f"[{SPACELESS}\u3000-\u303f\uff01-\uff5e]")


class _State(StateInline):
    """Where words have no blanks between them, marks of emphasis stand between a sign and a letter: `**45 %**で`.

    CommonMark takes them for signs there (its rule asks for a blank beside them); a letter of such a script counts as a
    blank for it. markdown-it-py has no rule of its own for this.
    """

    def scanDelims(self, start: int, canSplitWord: bool) -> Scanned:  # the library's names
        found = super().scanDelims(start, canSplitWord)
        end = start + found.length
        before, after = self.src[start - 1 : start], self.src[end : end + 1]
        opens = found.can_open or bool(_WITHOUT_BLANKS.match(before) and after.strip())
        closes = found.can_close or bool(_WITHOUT_BLANKS.match(after) and before.strip())
        return Scanned(opens, closes, found.length)


class _Inline(ParserInline):
    def parse(self, src: str, md: MarkdownIt, env: EnvType, tokens: list[Token]) -> list[Token]:
        state = _State(src, md, env, tokens)
        self.tokenize(state)
        for rule in self.ruler2.getRules(""):
            rule(state)
        return state.tokens


def markdown() -> MarkdownIt:
    """Return a parser: CommonMark with tables; what looks like HTML in a shop's words is shown as it stands."""
    parser = MarkdownIt("commonmark", {"html": False, "linkify": False})
    parser.inline = _Inline()
    # a preset switches rules off, also those of the line
    return parser.configure("commonmark", {"html": False, "linkify": False}).enable(
        ["table", "strikethrough"]
    )


def with_rows(tokens: Iterable[Token]) -> Iterator[Token]:
    """Yield tokens with each row of a table as one text, its cells named by their columns: alone they say nothing."""
    heads: list[str] = []
    cells: list[str] = []
    is_in_table = is_in_head = False
    for token in tokens:
        if token.type in ("table_open", "table_close"):
            is_in_table, heads = token.type == "table_open", []
        elif token.type in ("thead_open", "thead_close"):
            is_in_head = token.type == "thead_open"
        elif is_in_table and token.type == "inline":
            (heads if is_in_head else cells).append(plain(token))
        elif token.type == "tr_close" and cells:
            named = zip_longest(heads, cells, fillvalue="")
            said = " · ".join(f"{head}: {cell}" if head and cell else cell for head, cell in named if cell)
            yield Token("inline", "", 0, content=said)
            cells = []
        elif not is_in_table:
            yield token


def plain(token: Token) -> str:
    """Return the words of a token without its marks."""
    if token.children is None:
        return token.content.strip()
    says: dict[str, Callable[[Token], str]] = {"softbreak": lambda _one: " ", "hardbreak": lambda _one: "\n"}
    said = [says[one.type](one) if one.type in says else one.content for one in token.children]
    return "".join(said).strip()

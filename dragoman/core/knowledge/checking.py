"""The editor's check: what a reader would stumble over, and what lower and upper rooms know besides."""

import re
from collections.abc import Iterable, Iterator
from urllib.parse import unquote

from django.utils.translation import gettext as _
from markdown_it.token import Token

from dragoman.core.language.redact import redacted
from dragoman.core.texts.models import LocalisedText

from .models import Article, ArticleFile, ArticleText
from .ports import Draft, Remark, checkers
from .reading import ARTICLE, SNIPPET, parsed, parts_for, snippets_in

_PAGES = {"search", "topics", "webinars"}
_SLOT = re.compile(r"\{\{?\s*(?!\s*snippet:)[\w .:-]{1,60}\}\}?")
_HELP = re.compile(r"/help/[^/]+/[^/]+/([^/#?]+)/?(?:[#?].*)?\Z")
_FILE = re.compile(r"/help-files/\d+/([\w-]+)")
MOST = 40


def remarks_on(draft: Draft) -> list[Remark]:
    """Return what should be looked at before this is published, what is wrong first."""
    found = list(_own(draft))
    for _name, checker in checkers.items():
        found += checker.remarks(draft)
    order = {"bad": 0, "warn": 1, "note": 2}
    return sorted(dict.fromkeys(found), key=lambda one: order.get(one.level, 3))[:MOST]


def _own(draft: Draft) -> Iterator[Remark]:
    tokens = parsed(parts_for(draft.body, internal=True))
    yield from _headings(tokens)
    yield from _pictures(tokens)
    yield from _links(draft, tokens)
    yield from _snippets(draft)
    if draft.body.count("[[internal]]") != draft.body.count("[[/internal]]"):
        yield Remark(
            "internal_open",
            _("An internal part is not closed: everything below it is hidden from customers."),
            "bad",
        )
    for slot in dict.fromkeys(_SLOT.findall(draft.body)):
        yield Remark("slot", _("Nothing fills this in: readers see it as it stands."), "bad", quote=slot)
    # a shop's own addresses and phones belong into its articles
    whole = f"{draft.title}\n{draft.body}"
    for span in redacted(whole, types=("card", "iban", "national_id", "token"))[:10]:
        quote = whole[span.start : span.end]
        yield Remark(
            "personal",
            _("This looks like personal data: articles are read by everybody."),
            "warn",
            quote=quote,
        )


def _headings(tokens: Iterable[Token]) -> Iterator[Remark]:
    before = 1
    for token in tokens:
        if token.type != "heading_open":
            continue
        level = int(token.tag[1])
        if level == 1:
            yield Remark(
                "heading_first",
                _("The title is the first heading: begin the others with two signs (##)."),
                "note",
            )
        elif level > before + 1:
            yield Remark(
                "heading_skipped",
                _("A level of headings is left out: people who listen to the page lose their way."),
            )
        before = max(level, 2)


def _pictures(tokens: Iterable[Token]) -> Iterator[Remark]:
    for one in (child for token in tokens for child in token.children or []):
        if one.type == "image" and not (one.content or "").strip():
            said = _("Not everybody sees this picture: write what it shows between the square brackets.")
            yield Remark("alt", said, "bad", quote=str(one.attrGet("src") or ""))


def _links(draft: Draft, tokens: Iterable[Token]) -> Iterator[Remark]:
    within = [one for token in tokens for one in token.children or []]
    hrefs = [
        str(one.attrGet("href") or one.attrGet("src") or "")
        for one in within
        if one.type in ("link_open", "image")
    ]
    pictures = {str(one.attrGet("src") or "") for one in within if one.type == "image"}
    keys: dict[str, str] = {}
    files: dict[str, str] = {}
    for href in hrefs:
        if href.startswith(ARTICLE):
            keys.setdefault(unquote(href.removeprefix(ARTICLE).partition("#")[0]), href)
        elif place := _HELP.search(href):
            keys.setdefault(unquote(place[1]), href)
        elif place := _FILE.search(href):
            files.setdefault(place[1], href)
        elif href in pictures and href.startswith(("http:", "https:")):
            said = _(
                "Readers get no pictures from other hosts: add it to the article, and show it from there."
            )
            yield Remark("picture", said, "bad", quote=href)
    rows = Article.objects.filter(workspace_id=draft.workspace_id, key__in=keys)
    known = set(rows.values_list("key", flat=True))
    live = ArticleText.objects.filter(workspace_id=draft.workspace_id, live__isnull=False)
    public = set(rows.filter(internal=False, pk__in=live.values("article_id")).values_list("key", flat=True))
    for key, href in keys.items():
        if key not in known | _PAGES:
            yield Remark("link", _("There is no such article: the link leads nowhere."), "bad", quote=href)
        elif key in known - public:
            said = _("Customers do not read that article: they get these words without a link.")
            yield Remark("link", said, "note", quote=href)
    kept = set(
        ArticleFile.objects.filter(workspace_id=draft.workspace_id, token__in=files).values_list(
            "token", flat=True
        )
    )
    for token, href in files.items():
        if token not in kept:
            yield Remark("file", _("There is no such file: readers see an empty place."), "bad", quote=href)


def _snippets(draft: Draft) -> Iterator[Remark]:
    wanted = snippets_in(draft.body)
    rows = LocalisedText.objects.filter(workspace_id=draft.workspace_id, kind=SNIPPET, key__in=wanted)
    if draft.brand_id is not None:
        rows = rows.filter(brand_id=draft.brand_id)
    known = set(rows.values_list("key", flat=True))
    for key in wanted:
        if key not in known:
            said = _("Nobody wrote this snippet: readers see nothing there.")
            yield Remark("snippet", said, "bad", quote=f"{{{{snippet:{key}}}}}")

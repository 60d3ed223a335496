"""One text of an article as its page shows it: beside its source, with what changed there, as readers will see it."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from markupsafe import Markup

from dragoman.core.accounts.models import Agent, Brand
from dragoman.core.accounts.queries import agents_of, brands_of, workspace_facts
from dragoman.core.knowledge.checking import remarks_on
from dragoman.core.knowledge.icons import ICONS
from dragoman.core.knowledge.listing import state_of
from dragoman.core.knowledge.models import Article, ArticleQuestion, ArticleText, ArticleVersion
from dragoman.core.knowledge.ports import Draft, Remark
from dragoman.core.knowledge.queries import find_text, is_stale, source_of, versions_of
from dragoman.core.knowledge.reading import SNIPPET, minutes_of, page_of
from dragoman.core.language.scope import Scope
from dragoman.core.language.side_by_side import differences
from dragoman.core.language.translate import translate
from dragoman.core.texts.models import LocalisedText
from dragoman.kit.errors import Unavailable
from dragoman.kit.variants import key_of

_INTERNAL = re.compile(r"\[\[internal\]\](.*?)(?:\[\[/internal\]\]|\Z)", re.DOTALL)


@dataclass(frozen=True)
class Typed:
    """What stands in the fields, not stored; `problem` says why it was not taken, `suggested` what a machine said,
    `question` what customers looked for and `brand` whose it is: a new article keeps them."""

    title: str = ""
    summary: str = ""
    body: str = ""
    suggested: str = ""
    problem: str = ""
    field: str = ""
    is_conflict: bool = False
    question: str = ""
    brand: int | None = None


@dataclass(frozen=True)
class Change:
    """What became of the source since a text was written: pieces as (`same`, `del` or `ins`, the piece)."""

    at: datetime
    pieces: Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Part:
    """A stretch of the preview: what everybody reads, or what is for the team alone."""

    html: Markup
    internal: bool


def brand_for(workspace_id: int, article: Article | None) -> Brand | None:
    """Return the brand a preview is shown as: the article's, else the first."""
    if article is not None and article.brand is not None:
        return article.brand
    return brands_of(workspace_id).first()


def preview_of(body: str, brand: Brand | None, language: str, market: str) -> list[Part]:
    """Return a wording as its readers see it, with what is for the team alone marked."""
    parts: list[Part] = []
    at = 0
    for found in _INTERNAL.finditer(body):
        parts += _part(body[at : found.start()], brand, language, market, internal=False)
        parts += _part(found[1], brand, language, market, internal=True)
        at = found.end()
    return parts + _part(body[at:], brand, language, market, internal=False)


def _part(body: str, brand: Brand | None, language: str, market: str, *, internal: bool) -> list[Part]:
    if not body.strip():
        return []
    page = page_of(body, brand=brand, language=language, market=market, internal=True)
    return [Part(Markup(page.html), internal)]  # noqa: S704  # page_of cleans it


def checked(agent: Agent, article: Article | None, language: str, market: str, typed: Typed) -> list[Remark]:
    """Return what should be looked at in what is typed."""
    if not typed.body.strip():
        return []
    return remarks_on(
        Draft(
            agent.workspace_id,
            language,
            typed.title,
            typed.body,
            market=market,
            brand_id=article.brand_id if article else None,
            key=article.key if article else "",
            summary=typed.summary,
        )
    )


def suggestion(article: Article, language: str, market: str, typed: Typed) -> Typed:
    """Return the source as an engine says it; what stood in the fields stays where none can."""
    source = source_of(article)
    if source is None or source.head is None:
        return typed
    scope = Scope(
        workspace_id=article.workspace_id, brand_id=article.brand_id, market=market, purpose="article"
    )
    said: list[str] = []
    try:
        for words in (source.head.title, source.head.summary, source.head.body):
            found = translate(words, source=source.language, target=language, scope=scope) if words else None
            if words and found is None:
                return _untranslated(typed)
            said.append(found.text if found else "")
    except Unavailable:
        return _untranslated(typed)
    title, summary, body = said
    return Typed(" ".join(title.split())[:200], " ".join(summary.split())[:500], body, suggested=body)


def _untranslated(typed: Typed) -> Typed:
    problem = _("No engine can translate this now. Write it yourself, or order it.")
    return Typed(typed.title, typed.summary, typed.body, problem=problem)


def page_context(
    agent: Agent, article: Article | None, key: str, language: str, market: str, typed: Typed | None
) -> dict[str, Any]:
    """Return what the editor shows; an article without a text in this language gets empty fields."""
    name = key_of(language, market)
    text = find_text(article, name) if article else None
    source = source_of(article) if article else None
    head = text.head if text else None
    # a market's own text begins as what the language says everywhere
    begun = find_text(article, language) if article and market and text is None else None
    said = head or (begun.head if begun else None)
    words = typed or (Typed(said.title, said.summary, said.body) if said else Typed())
    brand = brand_for(agent.workspace_id, article)
    return {
        "article": article,
        "key": key,
        "language": language,
        "market": market,
        "name": name,
        "text": text,
        "head": head,
        "source": source if source is not None and source != text else None,
        "is_source": text is not None and source == text,
        "state": state_of(text, source),
        "typed": words,
        "problem": typed.problem if typed else "",
        "is_conflict": typed.is_conflict if typed else False,
        "change": change_in(text, source),
        "parts": preview_of(words.body, brand, language, market),
        "minutes": minutes_of(words.body),
        "remarks": checked(agent, article, language, market, words),
        "others": _others(article, text, source),
        "snippets": snippets_for(agent.workspace_id, brand),
        "brand": brand,
        "questions": questions_in(article, language),
        "files": list(article.files.order_by("pk")) if article else [],
        "brands": list(brands_of(agent.workspace_id)),
        "owners": [one for one in agents_of(agent.workspace_id) if one.can_reply],
        "icons": ICONS,
        "versions": len(versions_of(text)) if text else 0,
        "team": workspace_facts(agent.workspace_id).language,
    }


def change_in(text: ArticleText | None, source: ArticleText | None) -> Change | None:
    """Return what changed in the source since this text was written or confirmed."""
    if text is None or source is None or source.head is None or not is_stale(text, source):
        return None
    numbered = {one.number: one for one in versions_of(source)}
    before = numbered.get(text.source_version)
    pieces = differences(joined(before), joined(source.head), source.language) if before else []
    return Change(source.head.written_at, pieces)


def joined(version: ArticleVersion) -> str:
    """Return a wording as one text to compare."""
    return "\n\n".join(part for part in (version.title, version.summary, version.body) if part)


def _others(
    article: Article | None, text: ArticleText | None, source: ArticleText | None
) -> list[tuple[ArticleText, str]]:
    rows = article.texts.all() if article else ()
    return [(one, state_of(one, source)) for one in rows if one != text]


def snippets_for(workspace_id: int, brand: Brand | None) -> list[tuple[str, str]]:
    """Return (key, title) of the snippets that a text may reuse."""
    rows = LocalisedText.objects.filter(workspace_id=workspace_id, kind=SNIPPET)
    if brand is not None:
        rows = rows.filter(brand=brand)
    return [(one.key, one.title or one.key) for one in rows.order_by("key")[:200]]


def questions_in(article: Article | None, language: str) -> Mapping[str, list[ArticleQuestion]]:
    """Return the questions of an article in a language: those kept, and those real conversations suggest."""
    rows = list(article.questions.filter(language=language).order_by("-times", "pk")) if article else []
    state = ArticleQuestion.State
    return {
        "kept": [one for one in rows if one.state == state.KEPT],
        "suggested": [one for one in rows if one.state == state.SUGGESTED],
    }

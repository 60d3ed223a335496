"""Bringing articles in from files: what is there already is not doubled, and what is refused is named."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from django.db import transaction

from dragoman.core.accounts.models import Agent
from dragoman.kit.errors import Refusal

from ..errors import NoArticle
from ..files.pictures import Album
from ..files.pieces import MOST_FAULTS, Fault, Piece, Pile
from ..models import Article, ArticleOrigin, ArticleText
from ..queries import find_text, get_article
from .articles import ArticleWish, article_for, check_may_draft, settle_source, write_text
from .pictures import Abroad, Luggage
from .shelves import save_category
from .standing import set_article

_LINK = re.compile(r"\]\(article:([^\s()]{1,120})\)")


@dataclass(frozen=True)
class Came:
    """A text that is new or changed: its words come in as `status`."""

    key: str
    title: str
    language: str
    market: str
    is_new: bool
    status: str


@dataclass
class Brought:
    """What came of it, which `publishes` or makes drafts of all.

    `texts` are new or changed, `same` are as they were, `pictures` became files (by the article's key and what they are
    known by), `abroad` stay on foreign hosts, `faults` were refused, and `more` of them that are not named.
    """

    publishes: bool = True
    texts: list[Came] = field(default_factory=list)
    same: int = 0
    pictures: set[tuple[str, str]] = field(default_factory=set)
    abroad: list[Abroad] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    more: int = 0

    @property
    def new(self) -> int:
        """Return how many texts are new."""
        return sum(one.is_new for one in self.texts)

    @property
    def changed(self) -> int:
        """Return how many texts have other words than before."""
        return len(self.texts) - self.new

    def wrong(self, fault: Fault) -> None:
        """Note what was refused; not without end."""
        if len(self.faults) < MOST_FAULTS:
            self.faults.append(fault)
        else:
            self.more += 1


@dataclass(frozen=True)
class How:
    """How files are brought in; without `publish` all becomes drafts."""

    brand_id: int | None = None
    publish: bool = True
    only_look: bool = False


class _Enough(Exception):
    """Everything was looked at: nothing of it stays."""


def bring_articles(workspace_id: int, pile: Pile, *, how: How, agent: Agent | None) -> Brought:
    """Store what files held, each text by itself: one that is refused keeps no other out.

    An agent who may not publish brings drafts in. With `only_look` nothing is kept. Raises MayNotWrite.
    """
    check_may_draft(agent)
    may_publish = agent is None or agent.can_lead
    how = replace(how, publish=how.publish and may_publish)
    brought = Brought(publishes=how.publish, faults=list(pile.faults), more=pile.more)
    if not how.only_look:
        # each text in a transaction of its own: no transaction writes for long
        _bring(workspace_id, pile, how, agent, brought)
        return brought
    try:
        with transaction.atomic():
            _bring(workspace_id, _unindexed(pile), replace(how, publish=False), agent, brought)
            raise _Enough
    except _Enough:
        return brought


def _unindexed(pile: Pile) -> Pile:
    """Return what files held without what would be indexed: nothing of it is kept."""
    bare = [replace(one, questions=None, position=None, video=None, is_source=False) for one in pile.pieces]
    return replace(pile, pieces=bare)


def _bring(workspace_id: int, pile: Pile, how: How, agent: Agent | None, brought: Brought) -> None:
    if agent is None or agent.can_lead:
        for shelf in pile.shelves:
            save_category(
                workspace_id,
                agent=agent,
                names=shelf.names,
                key=shelf.key,
                brand_id=how.brand_id,
                icon=shelf.icon,
                position=shelf.position,
            )
    keys, album = _keys(workspace_id, pile), Album(pile.pictures)
    for piece in pile.pieces:
        key = keys.get(piece.origin, piece.key)
        named = replace(piece, key=key, body=_linked(piece.body, pile, keys))
        luggage = Luggage(album, named)
        try:
            with transaction.atomic():
                _one(workspace_id, luggage, how, agent, brought)
        except Refusal as refusal:
            luggage.leave()
            brought.wrong(Fault(piece.file, piece.line, str(refusal)))


def _keys(workspace_id: int, pile: Pile) -> dict[str, str]:
    """Return the key of each article that says where it comes from: the one it has here, else a free one."""
    origins = [one.origin for one in pile.pieces if one.origin]
    rows = ArticleOrigin.objects.filter(workspace_id=workspace_id, origin__in=origins)
    keys = dict(rows.values_list("origin", "article__key"))
    taken = set(Article.objects.filter(workspace_id=workspace_id).values_list("key", flat=True))
    for one in pile.pieces:
        if not one.origin or one.origin in keys:
            continue
        key = one.key if one.key not in taken else f"{one.key[:80]}-{one.origin.rpartition(':')[2]}"
        keys[one.origin] = key
        taken.add(key)
    return keys


def _linked(body: str, pile: Pile, keys: Mapping[str, str]) -> str:
    """Let links between articles lead to the keys that they have here."""
    if "](article:" not in body:
        return body
    named = {one.key: keys[one.origin] for one in pile.pieces if one.origin}
    return _LINK.sub(lambda found: f"](article:{named.get(found[1], found[1])})", body)


def _one(workspace_id: int, luggage: Luggage, how: How, agent: Agent | None, brought: Brought) -> None:
    piece = luggage.piece
    known = _known(workspace_id, piece)
    luggage.weigh(_find_article(workspace_id, piece.key))
    if luggage.new and not how.only_look:
        luggage.unpack(article_for(workspace_id, _wish(piece, how), agent=agent), agent=agent)
    wish = _wish(luggage.linked(), how)
    before = known.head_id if known else None
    text = write_text(workspace_id, wish, agent=agent)
    _around(text.article, piece, agent)
    if piece.origin:
        ArticleOrigin.objects.get_or_create(
            workspace_id=workspace_id, origin=piece.origin, defaults={"article": text.article}
        )
    if before == text.head_id:
        brought.same += 1
    else:
        status = piece.status if brought.publishes else ArticleText.Status.DRAFT
        came = Came(piece.key, wish.title, text.language, text.market, before is None, status)
        brought.texts.append(came)
    brought.pictures |= {(piece.key, digest) for digest in luggage.new}
    brought.abroad += luggage.abroad
    for fault in luggage.faults:
        brought.wrong(fault)


def _wish(piece: Piece, how: How) -> ArticleWish:
    return ArticleWish(
        piece.key,
        piece.language,
        piece.title,
        piece.body,
        market=piece.market,
        status=piece.status if how.publish else ArticleText.Status.DRAFT,
        summary=piece.summary,
        category=piece.category,
        brand_id=how.brand_id,
        kind=piece.kind,
        internal=piece.internal,
        questions=piece.questions,
        made=piece.made,
        note=piece.file[:200],
    )


def _find_article(workspace_id: int, key: str) -> Article | None:
    try:
        return get_article(workspace_id, key)
    except NoArticle:
        return None


def _known(workspace_id: int, piece: Piece) -> ArticleText | None:
    article = _find_article(workspace_id, piece.key)
    if article is None:
        return None
    return find_text(article, f"{piece.language}@{piece.market}" if piece.market else piece.language)


def _around(article: Article, piece: Piece, agent: Agent | None) -> None:
    """Keep what a file says of the article itself."""
    changes: dict[str, object] = {}
    if piece.position is not None and piece.position != article.position:
        changes["position"] = piece.position
    if piece.video is not None and piece.video != article.video:
        changes["video"] = piece.video
    if piece.is_source and article.source != piece.language:
        changes["source"] = piece.language
    if changes and (agent is None or agent.can_lead):
        set_article(article, agent=agent, changes=changes)
    else:
        settle_source(article)

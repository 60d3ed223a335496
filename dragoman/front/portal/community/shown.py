"""Posts as their reader sees them: safe, in the reader's language where it was asked for, the original beside it."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import nh3
from django.utils.translation import gettext as _
from markupsafe import Markup

from dragoman.core.knowledge.reading import page_of
from dragoman.kit.tags import direction, same
from dragoman.service.community.actions.translating import source_of, translatable
from dragoman.service.community.badges import Standing, standings
from dragoman.service.community.filters import personal_of
from dragoman.service.community.models import Post, Rendering, Space, Thread
from dragoman.service.community.queries import readable, renderings_of, titles_in, votes_of

from .door import Visit
from .words import BADGES, held_because

# no picture: one from elsewhere would tell its owner who reads
_TAGS: Final = {
    "a", "b", "blockquote", "br", "code", "del", "em", "h3", "h4", "hr", "i", "kbd", "li", "ol", "p", "pre", "s",
    "strong", "sub", "sup", "table", "tbody", "td", "th", "thead", "tr", "ul",
}  # fmt: skip
_MARK = re.compile(r"\{\{(?=\s*snippet:)|\[\[(?=/?internal\]\])")
_ATTRIBUTES: Final = {"a": {"href"}, "ol": {"start"}}


def html_of(body: str) -> Markup:
    """Return a member's Markdown as HTML that is safe to show, with no picture and no part left out."""
    # what means something in articles is a member's plain words here
    said = _MARK.sub(lambda found: f"{found[0][0]}\u2060{found[0][1:]}", body)
    html = page_of(said, internal=True).html
    return Markup(  # noqa: S704 (cleaned on this line)
        nh3.clean(
            html,
            tags=_TAGS,
            attributes=_ATTRIBUTES,
            url_schemes={"http", "https"},
            link_rel="ugc nofollow noopener noreferrer",
        )
    )


@dataclass(frozen=True)
class ShownPost:
    """A post with the words around it; `rendering` is it in the reader's language, None for the original alone."""

    row: Post
    rendering: Rendering | None
    standing: Standing
    is_accepted: bool
    is_mine: bool
    voted: bool

    @property
    def html(self) -> Markup:
        """Return what its reader reads first."""
        return html_of(self.rendering.body if self.rendering else self.row.body)

    @property
    def original(self) -> Markup:
        """Return it as it was written."""
        return html_of(self.row.body)

    @property
    def language(self) -> str:
        """Return the language of what is read first."""
        return self.rendering.language if self.rendering else self.row.language

    @property
    def dir(self) -> str:
        """Return the direction of what is read first."""
        return direction(self.language)

    @property
    def author(self) -> str:
        """Return who wrote it, as everybody may know them."""
        if self.row.is_staff:
            return self.row.agent.name if self.row.agent else self.row.thread.brand.name
        return author_of(self.row)

    @property
    def badge(self) -> str:
        """Return what they earned by helping."""
        known = BADGES.get(self.standing.badge)
        return str(known) if known else ""

    @property
    def waits_because(self) -> str:
        """Say to its writer why it waits."""
        return held_because(self.row.why) if self.row.state == Post.State.HELD else ""

    @property
    def has_personal(self) -> bool:
        """Say whether its writer has to change it first."""
        return bool(personal_of(self.row.why))


def author_of(post: Post) -> str:
    """Return a member's name; one who left has none."""
    return (post.member.name if post.member else "") or _("Former member")


@dataclass(frozen=True)
class ShownThread:
    """A thread as its reader sees it: the question, the answers, what can be done about languages."""

    row: Thread
    question: ShownPost
    answers: Sequence[ShownPost]
    title: str
    title_language: str
    can_translate: bool
    has_foreign: bool

    @property
    def is_public(self) -> bool:
        """Say whether everybody may read it."""
        return self.question.row.is_live


def shown_thread(visit: Visit, thread: Thread) -> ShownThread | None:
    """Return a thread as this reader may see it; None where they may not."""
    posts = readable(thread, visit.member)
    if not posts or not posts[0].is_question:
        return None
    kept = renderings_of(thread.workspace_id, posts, visit.language)
    fresh = {pk: row for pk, row in kept.items() if row.of == source_of(_post(posts, pk))}
    known = standings(thread.workspace_id, [one.member_id for one in posts if one.member_id])
    voted = votes_of(visit.member, posts) if visit.member else set()
    me = visit.member.pk if visit.member else 0
    rows = [
        ShownPost(
            one,
            fresh.get(one.pk),
            known.get(one.member_id or 0, Standing()),
            one.pk == thread.accepted_id,
            bool(me) and one.member_id == me,
            one.pk in voted,
        )
        for one in posts
    ]
    foreign = [one for one in posts if one.is_live and not same(one.language, visit.language)]
    missing = [one for one in foreign if one.pk not in fresh]
    possible = any(translatable(thread.workspace_id, one.language, visit.language) for one in missing)
    first = rows[0].rendering
    return ShownThread(
        thread,
        rows[0],
        rows[1:],
        (first.title if first and first.title else thread.title),
        first.language if first and first.title else thread.language,
        can_translate=possible,
        has_foreign=bool(missing),
    )


def _post(posts: Sequence[Post], pk: int) -> Post:
    return next(one for one in posts if one.pk == pk)


@dataclass(frozen=True)
class Line:
    """A question in a list."""

    row: Thread
    title: str
    language: str

    @property
    def author(self) -> str:
        """Return who asked."""
        return self.row.member.name or _("Former member")


def lines_of(visit: Visit, threads: Sequence[Thread]) -> list[Line]:
    """Return questions for a list, with their titles in the reader's language where they were translated."""
    known: Mapping[int, str] = titles_in(
        [one for one in threads if not same(one.language, visit.language)], visit.language
    )
    return [
        Line(one, known[one.pk], visit.language) if known.get(one.pk) else Line(one, one.title, one.language)
        for one in threads
    ]


@dataclass(frozen=True)
class ShownSpace:
    """A space with its name in the reader's language, or the nearest there is."""

    row: Space
    name: str
    about: str
    language: str


def shown_space(space: Space, language: str, brand_language: str) -> ShownSpace:
    """Return a space as its reader sees it."""
    names: Mapping[str, str] = space.names
    chosen = next((one for one in (language, brand_language, "en", *names) if one in names), "")
    return ShownSpace(space, names.get(chosen, space.key), space.abouts.get(chosen, ""), chosen or language)

"""Asking and answering: what holds a post back is looked for first; staff writes from the desk and is marked."""

import unicodedata
from dataclasses import dataclass
from typing import Final

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dragoman.core.accounts.models import Agent, Brand
from dragoman.core.accounts.queries import workspace_facts
from dragoman.core.language.detect import detect
from dragoman.kit.address import clean

from ..errors import BadPost, MayNotPost, NoCommunity
from ..filters import digest_of, look_at, personal_data, personal_of
from ..models import Member, Post, Rendering, Space, Thread
from ..queries import community_of, running_ban
from .standing import go_live, hold, withdraw

LONGEST_TITLE, LONGEST_BODY, SHORTEST_TITLE = 200, 10_000, 8
# signs that turn the direction of what follows, and with it what a reader sees
_TURNING: Final = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A)])


@dataclass(frozen=True)
class Asked:
    """A question as a member writes it; `language` is what their page is in, used where the text does not tell."""

    space: str
    title: str
    body: str
    language: str


@transaction.atomic
def ask(member: Member, wish: Asked) -> Post:
    """Store a question, public or held. Raises BadPost, MayNotPost."""
    check_may_post(member)
    space = Space.objects.filter(
        workspace_id=member.workspace_id, brand_id=member.brand_id, key=wish.space, is_open=True
    ).first()
    if space is None:
        raise BadPost("space", _("Choose what your question is about."))
    title, body = _title(wish.title), _body(wish.body)
    language = language_of(member.workspace_id, f"{title}\n{body}", wish.language)
    thread = Thread.objects.create(
        workspace_id=member.workspace_id,
        brand_id=member.brand_id,
        space=space,
        member=member,
        title=title,
        language=language,
    )
    return _put(member, Post(thread=thread, is_question=True, language=language), title, body)


@transaction.atomic
def answer(member: Member, *, thread: Thread, body: str, language: str) -> Post:
    """Store an answer of a member, public or held. Raises BadPost, MayNotPost, NoCommunity."""
    check_may_post(member)
    if thread.brand_id != member.brand_id or not thread.is_live:
        raise NoCommunity
    if thread.is_closed:
        raise BadPost("body", _("This question takes no answers any more. Ask one of your own."))
    said = _body(body)
    return _put(
        member, Post(thread=thread, language=language_of(member.workspace_id, said, language)), "", said
    )


@transaction.atomic
def answer_as_staff(agent: Agent, *, thread: Thread, body: str) -> Post:
    """Store an answer of an agent, public at once and marked as the shop's. Raises BadPost, MayNotPost."""
    if not agent.can_reply:
        raise MayNotPost(_("Only agents who may reply can answer here."))
    said = _body(body)
    kept, kinds = personal_data(said)
    if kept != said or "phone" in kinds:
        raise BadPost("body", _("Everybody reads this: take out personal data first."))
    post = Post(
        workspace_id=agent.workspace_id,
        thread=thread,
        agent=agent,
        is_staff=True,
        language=language_of(agent.workspace_id, said, thread.language),
        body=said,
        words=digest_of(said),
    )
    go_live(post)
    return post


@transaction.atomic
def change_post(member: Member, post: Post, *, title: str = "", body: str) -> Post:
    """Write one's own post anew; it is looked at as if it were new. Raises BadPost, MayNotPost, NoCommunity."""
    check_may_post(member)
    if post.member_id != member.pk or post.state not in (Post.State.LIVE, Post.State.HELD):
        raise NoCommunity
    post.changed_at = timezone.now()
    said = _body(body)
    post.language = language_of(member.workspace_id, said, post.language)
    Rendering.objects.filter(workspace_id=post.workspace_id, post_id=post.pk).delete()
    if post.is_question:
        title = _title(title)
        Thread.objects.filter(workspace_id=post.workspace_id, pk=post.thread_id).update(
            title=title, language=post.language
        )
        post.thread.title, post.thread.language = title, post.language
    return _put(member, post, title if post.is_question else "", said)


@transaction.atomic
def withdraw_post(member: Member, post: Post) -> None:
    """Take one's own words back; answers of others stay. Raises NoCommunity."""
    if post.member_id != member.pk or post.state == Post.State.WITHDRAWN:
        raise NoCommunity
    withdraw(post)


def check_may_post(member: Member) -> None:
    """Refuse whoever left, has no name yet, or is suspended."""
    if not member.is_here or running_ban(member) is not None:
        raise MayNotPost
    if not member.name:
        raise BadPost("name", _("Choose a name first: it stands beside what you write."))


def _put(member: Member, post: Post, title: str, body: str) -> Post:
    """Store a member's words, and let them out or hold them."""
    brand = Brand.objects.get(workspace_id=member.workspace_id, pk=member.brand_id)
    found = look_at(community_of(brand), member, title, body, post=post if post.pk else None)
    post.workspace_id, post.member = member.workspace_id, member
    if title and personal_of(found.why):
        kept, _kinds = personal_data(title)
        Thread.objects.filter(workspace_id=post.workspace_id, pk=post.thread_id).update(title=kept)
    post.body, post.words = found.body, digest_of(body)
    if found.why:
        hold(post, list(found.why))
    else:
        go_live(post)
    return post


def language_of(workspace_id: int, text: str, fallback: str) -> str:
    """Return the language a text is in, among those the workspace knows; `fallback` where it does not tell."""
    seen = detect(text, workspace_facts(workspace_id).languages, fallback=fallback)
    return seen.language or fallback


def _title(said: str) -> str:
    title = " ".join(clean(said).translate(_TURNING).split())
    if len("".join(one for one in title if unicodedata.category(one)[0] in "LN")) < SHORTEST_TITLE // 2:
        raise BadPost("title", _("Say in one line what you want to know."))
    if len(title) > LONGEST_TITLE:
        raise BadPost("title", _("At most %(most)s characters fit here.") % {"most": LONGEST_TITLE})
    return title


def _body(said: str) -> str:
    body = clean(said).replace("\r\n", "\n").translate(_TURNING).strip()
    if not body:
        raise BadPost("body", _("Write something first."))
    if len(body) > LONGEST_BODY:
        raise BadPost("body", _("At most %(most)s characters fit here.") % {"most": LONGEST_BODY})
    return body

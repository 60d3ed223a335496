"""A question becomes a conversation with its writer, and a solved thread a draft article."""

import json

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from dragoman.core.accounts.models import Agent, Brand
from dragoman.core.conversations.actions.receive import Incoming, receive_message
from dragoman.core.conversations.routes import EMAIL, sending_mailbox
from dragoman.core.knowledge.actions.articles import ArticleWish, write_text
from dragoman.core.knowledge.actions.questions import keep_questions
from dragoman.ground.events.actions import publish
from dragoman.kit.tags import same
from dragoman.kit.text import slug

from ..addresses import thread_path
from ..errors import BadPost, MayNotPost, NoCommunity
from ..events import ThreadTaken
from ..models import Post, Thread


@transaction.atomic
def open_conversation(agent: Agent, post: Post) -> int:
    """Put a member's post before the agents, answered by mail; a second time gives the same conversation's id.

    Raises MayNotPost, NoCommunity (a member who left, a post of staff), BadPost (no mailbox to answer from).
    """
    _check(agent)
    member, thread = post.member, post.thread
    if member is None or not member.is_here or not post.body:
        raise NoCommunity
    box = sending_mailbox(thread.workspace_id, thread.brand_id)
    if box is None:
        raise BadPost("mailbox", _("They would be answered by mail: connect a mailbox of this brand first."))
    received = receive_message(
        Incoming(
            channel=EMAIL,
            source=f"email:{box.pk}",
            external_id=f"community-post-{post.pk}",
            brand_id=thread.brand_id,
            kind="email",
            identity=member.email,
            name=member.name,
            verified=True,
            thread_key=f"community:{post.pk}",
            subject=thread.title[:200],
            text=post.body,
            language=post.language,
            sent_at=post.created_at,
            meta={"community_thread": thread.pk, "community_post": post.pk},
            raw=json.dumps({"community_post": post.pk}).encode(),
        )
    )
    Thread.objects.filter(workspace_id=thread.workspace_id, pk=thread.pk).update(
        conversation_id=received.conversation_id
    )
    publish(ThreadTaken(thread_id=thread.pk, to="conversation", agent_id=agent.pk))
    return received.conversation_id


@transaction.atomic
def draft_article(agent: Agent, thread: Thread) -> str:
    """Write a solved question and the answer that solved it as a draft; returns the article's key.

    Nobody's name goes along. Raises MayNotPost, BadPost (not solved), and what writing an article may.
    """
    _check(agent)
    posts = Post.objects.filter(workspace_id=thread.workspace_id, thread_id=thread.pk, state=Post.State.LIVE)
    question, solved = (
        posts.filter(is_question=True).first(),
        posts.filter(pk=thread.accepted_id or 0).first(),
    )
    if question is None or solved is None:
        raise BadPost("accepted", _("Only a solved question becomes an article: mark the answer first."))
    brand = Brand.objects.get(workspace_id=thread.workspace_id, pk=thread.brand_id)
    key = thread.article_key or f"{slug(thread.title, most=80) or 'question'}-{thread.pk}"
    source = f"{settings.BASE_URL or ''}{thread_path(brand.slug, thread.language, thread.pk)}"
    text = write_text(
        thread.workspace_id,
        ArticleWish(
            key=key,
            language=solved.language,
            title=thread.title,
            body=f"{plain(solved.body)}\n\n[[internal]]\n{plain(question.body)}\n\n<{source}>\n[[/internal]]",
            brand_id=thread.brand_id,
            questions=[thread.title] if same(thread.language, solved.language) else None,
            note=source[:200],
        ),
        agent=agent,
    )
    if not same(thread.language, solved.language):
        # asked in one language and solved in another: whoever asks so is to find it
        keep_questions(text.article, thread.language, [thread.title])
    Thread.objects.filter(workspace_id=thread.workspace_id, pk=thread.pk).update(article_key=key)
    publish(ThreadTaken(thread_id=thread.pk, to="article", agent_id=agent.pk))
    return text.article.key


def plain(body: str) -> str:
    """Return a post's Markdown with nothing in it that means something to articles."""
    for mark in ("[[internal]]", "[[/internal]]"):
        body = body.replace(mark, "")
    return body.replace("{{", "{ {")


def _check(agent: Agent) -> None:
    if not agent.can_reply:
        raise MayNotPost(_("Only agents who may reply can do this. Ask one of them."))

"""What helped: votes, the answer that solved it, following."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from dragoman.core.accounts.models import Agent
from dragoman.ground.events.actions import publish

from ..errors import BadPost, MayNotModerate, NoCommunity
from ..events import AnswerAccepted, ThreadClosed
from ..models import Follow, Member, Post, Thread, Vote
from .posting import check_may_post
from .standing import count_vote, follow


@transaction.atomic
def vote(member: Member, post: Post) -> None:
    """Say that a post helped; a second time changes nothing. Raises BadPost for one's own, MayNotPost."""
    check_may_post(member)
    if not post.is_live or post.thread.brand_id != member.brand_id:
        raise NoCommunity
    if post.member_id == member.pk:
        raise BadPost("vote", _("You cannot vote for what you wrote yourself."))
    _row, made = Vote.objects.get_or_create(
        workspace_id=member.workspace_id, post_id=post.pk, member_id=member.pk
    )
    if made:
        count_vote(post, 1)


@transaction.atomic
def take_vote_back(member: Member, post: Post) -> None:
    """Take a vote back; where there is none, nothing changes."""
    mine = Vote.objects.filter(workspace_id=member.workspace_id, post_id=post.pk, member_id=member.pk)
    if mine.delete()[0]:
        count_vote(post, -1)


@transaction.atomic
def accept(member: Member, post: Post) -> None:
    """Say that an answer solved one's own question, or with the same again that it did not. Raises NoCommunity."""
    if post.thread.member_id != member.pk:
        raise NoCommunity
    _settle(post)


@transaction.atomic
def accept_as_staff(agent: Agent, post: Post) -> None:
    """Mark the answer that solved a question, for a lead. Raises MayNotModerate, NoCommunity."""
    if not agent.can_lead:
        raise MayNotModerate
    _settle(post)


@transaction.atomic
def set_closed(agent: Agent, thread: Thread, *, is_closed: bool) -> None:
    """Let a question take no answers any more, or take them again; what stands there stays. Raises MayNotModerate."""
    if not agent.can_lead:
        raise MayNotModerate
    Thread.objects.filter(workspace_id=agent.workspace_id, pk=thread.pk).update(is_closed=is_closed)
    publish(ThreadClosed(thread_id=thread.pk, is_closed=is_closed, agent_id=agent.pk))


def _settle(post: Post) -> None:
    if post.is_question or not post.is_live:
        raise NoCommunity
    thread = Thread.objects.select_for_update(no_key=True, of=("self",)).get(
        workspace_id=post.workspace_id, pk=post.thread_id
    )
    solved = None if thread.accepted_id == post.pk else post.pk
    Thread.objects.filter(workspace_id=post.workspace_id, pk=thread.pk).update(accepted_id=solved)
    publish(AnswerAccepted(thread_id=thread.pk, post_id=solved))


def set_follow(member: Member, thread: Thread, *, wanted: bool) -> None:
    """Let a member hear of a thread, or no more."""
    if wanted and thread.is_live and thread.brand_id == member.brand_id:
        follow(thread, member.pk)
    elif not wanted:
        Follow.objects.filter(
            workspace_id=member.workspace_id, member_id=member.pk, thread_id=thread.pk
        ).delete()

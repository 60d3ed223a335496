"""Where a post stands: public, held, removed or withdrawn; with it the counts and the search of its thread."""

from django.db import connection
from django.db.models import F, QuerySet
from django.utils import timezone

from dragoman.ground.events.actions import publish
from dragoman.kit.tokens import document_tokens, tsvector_literal

from ..events import PostHeld, PostPublished, PostUnpublished
from ..models import Follow, Member, Post, Rendering, Thread

_MOST_INDEXED = 20_000  # characters of one thread
FORMER = "…"


def go_live(post: Post) -> None:
    """Let everybody read a post; must run in a transaction."""
    now, is_first = timezone.now(), post.live_at is None
    post.state, post.why = Post.State.LIVE, []
    post.live_at = post.live_at or now
    post.save()
    if is_first:
        _threads(post).update(last_at=now)
        if post.member_id is not None:
            follow(post.thread, post.member_id)
    settle(post.thread)
    publish(PostPublished(thread_id=post.thread_id, post_id=post.pk, is_first=is_first))


def hold(post: Post, why: list[str]) -> None:
    """Let a post wait for a person; must run in a transaction."""
    post.state, post.why = Post.State.HELD, why
    post.save()
    settle(post.thread)
    publish(PostHeld(thread_id=post.thread_id, post_id=post.pk))


def take_down(post: Post) -> None:
    """Let nobody but its writer and the moderators read a post; must run in a transaction."""
    post.state = Post.State.REMOVED
    post.save()
    _gone(post)


def withdraw(post: Post) -> None:
    """Take a post's words out for good, as its writer wants; must run in a transaction."""
    post.state, post.body, post.why, post.words = Post.State.WITHDRAWN, "", [], ""
    post.changed_at = timezone.now()
    post.save()
    Rendering.objects.filter(workspace_id=post.workspace_id, post_id=post.pk).delete()
    if post.is_question:
        _threads(post).update(title=FORMER)
    _gone(post)


def _gone(post: Post) -> None:
    _threads(post).filter(accepted_id=post.pk).update(accepted=None)
    settle(post.thread)
    publish(PostUnpublished(thread_id=post.thread_id, post_id=post.pk))


def follow(thread: Thread, member_id: int) -> None:
    """Let a member hear of a thread."""
    row = Follow(workspace_id=thread.workspace_id, thread_id=thread.pk, member_id=member_id)
    Follow.objects.bulk_create([row], ignore_conflicts=True)


def settle(thread: Thread) -> None:
    """Count what is public in a thread, and index it."""
    posts = Post.objects.filter(workspace_id=thread.workspace_id, thread_id=thread.pk, state=Post.State.LIVE)
    is_live = posts.filter(is_question=True).exists()
    answers = posts.filter(is_question=False).count()
    Thread.objects.filter(workspace_id=thread.workspace_id, pk=thread.pk).update(
        is_live=is_live, answers=answers
    )
    index_thread(thread.workspace_id, thread.pk)


def index_thread(workspace_id: int, thread_id: int) -> None:
    """Make a thread findable by its public words and by their translations."""
    thread = Thread.objects.get(workspace_id=workspace_id, pk=thread_id)
    live = Post.objects.filter(workspace_id=workspace_id, thread_id=thread_id, state=Post.State.LIVE)
    said = [(thread.title, thread.language), *live.order_by("pk").values_list("body", "language")]
    made = Rendering.objects.filter(workspace_id=workspace_id, post__in=live).order_by("post_id")
    said += [
        (f"{title}\n{body}", language)
        for title, body, language in made.values_list("title", "body", "language")
    ]
    tokens: list[tuple[str, int]] = []
    start = length = 0
    for words, language in said if thread.is_live else []:
        if length > _MOST_INDEXED:
            break
        tokens += document_tokens(words, language=language, start=start + 1)
        start = max((place for _token, place in tokens), default=start) + 1
        length += len(words)
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE community_thread SET tsv = %s::tsvector WHERE workspace_id = %s AND id = %s",
            [tsvector_literal(tokens), workspace_id, thread_id],
        )


def count_vote(post: Post, step: int) -> None:
    """Count one vote more or less."""
    Post.objects.filter(workspace_id=post.workspace_id, pk=post.pk).update(votes=F("votes") + step)


def anonymise_posts(member: Member) -> None:
    """Take a member's name and address out of the words of their posts, and what was made of those."""
    mine = Post.objects.filter(workspace_id=member.workspace_id, member_id=member.pk)
    marks = [one for one in (member.name, member.email) if len(one) > 1]
    for post in mine.select_related("thread"):
        plain = _without(post.body, marks)
        title = _without(post.thread.title, marks) if post.is_question else post.thread.title
        if plain == post.body and title == post.thread.title:
            continue
        Rendering.objects.filter(workspace_id=post.workspace_id, post_id=post.pk).delete()
        mine.filter(pk=post.pk).update(body=plain, words="")
        _threads(post).update(title=title)
        index_thread(post.workspace_id, post.thread_id)


def _without(text: str, marks: list[str]) -> str:
    for mark in marks:
        text = text.replace(mark, FORMER)
    return text


def _threads(post: Post) -> QuerySet[Thread]:
    return Thread.objects.filter(workspace_id=post.workspace_id, pk=post.thread_id)

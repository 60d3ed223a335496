"""Asking a community: what everybody may read, what its writer may, who helped whom, what was looked for."""

from collections.abc import Iterable, Mapping, Sequence

from django.db.models import Q, QuerySet
from django.utils import timezone

from dragoman.core.accounts.models import Brand
from dragoman.kit.memo import Memo

from .errors import NoCommunity
from .models import Community, Decision, Follow, Member, Post, Rendering, Space, Thread, Vote

_open: Memo[int, bool] = Memo(seconds=5)


def community_of(brand: Brand) -> Community:
    """Return what a brand decided about its community, closed where it decided nothing."""
    found = Community.objects.filter(workspace_id=brand.workspace_id, brand_id=brand.pk).first()
    return found or Community(workspace_id=brand.workspace_id, brand_id=brand.pk)


def has_community(workspace_id: int) -> bool:
    """Say whether a brand of a workspace has an open community, at most 5 s old."""

    def load() -> bool:
        return Community.objects.filter(workspace_id=workspace_id, is_on=True).exists()

    return bool(_open.get(workspace_id, load))


def spaces_of(brand: Brand) -> list[Space]:
    """Return a brand's spaces in its order."""
    rows = Space.objects.filter(workspace_id=brand.workspace_id, brand_id=brand.pk)
    return list(rows.order_by("position", "pk"))


def find_member(brand: Brand, member_id: int) -> Member | None:
    """Return a member of a brand who is still here."""
    rows = Member.objects.filter(workspace_id=brand.workspace_id, brand_id=brand.pk, left_at=None)
    return rows.filter(pk=member_id).first()


def get_member(workspace_id: int, member_id: int) -> Member:
    """Return a member, also one who left; raises NoCommunity."""
    found = Member.objects.filter(workspace_id=workspace_id, pk=member_id).select_related("brand").first()
    if found is None:
        raise NoCommunity
    return found


def running_ban(member: Member) -> Decision | None:
    """Return the ban that keeps a member from writing now."""
    rows = Decision.objects.filter(
        workspace_id=member.workspace_id, member_id=member.pk, kind=Decision.Kind.BAN, lifted_at=None
    )
    return rows.filter(until__gt=timezone.now()).order_by("-until").first()


def threads_of(workspace_id: int, brand_id: int | None = None) -> QuerySet[Thread]:
    """Return the questions that everybody may read."""
    rows = Thread.objects.filter(workspace_id=workspace_id, is_live=True)
    rows = rows.filter(brand_id=brand_id) if brand_id is not None else rows
    return rows.select_related("space", "member", "brand")


def newest(rows: QuerySet[Thread]) -> QuerySet[Thread]:
    """Put those first in which something happened last."""
    return rows.order_by("-last_at", "-pk")


def unanswered(rows: QuerySet[Thread]) -> QuerySet[Thread]:
    """Leave those out that have an answer."""
    return rows.filter(answers=0)


def get_thread(workspace_id: int, thread_id: int, *, brand_id: int | None = None) -> Thread:
    """Return a thread, public or not; raises NoCommunity."""
    rows = Thread.objects.filter(workspace_id=workspace_id, pk=thread_id)
    rows = rows.filter(brand_id=brand_id) if brand_id is not None else rows
    found = rows.select_related("space", "member", "brand").first()
    if found is None:
        raise NoCommunity
    return found


def get_post(workspace_id: int, post_id: int, *, brand_id: int | None = None) -> Post:
    """Return a post with its thread, public or not; raises NoCommunity."""
    rows = Post.objects.filter(workspace_id=workspace_id, pk=post_id)
    rows = rows.filter(thread__brand_id=brand_id) if brand_id is not None else rows
    found = rows.select_related("thread__space", "thread__brand", "member", "agent").first()
    if found is None:
        raise NoCommunity
    return found


def posts_in(thread: Thread) -> QuerySet[Post]:
    """Return all posts of a thread: the question, then those that helped most, then the oldest."""
    rows = Post.objects.filter(workspace_id=thread.workspace_id, thread_id=thread.pk)
    rows = rows.select_related("member", "agent", "thread")
    return rows.order_by("-is_question", "-votes", "pk")


def readable(thread: Thread, member: Member | None) -> list[Post]:
    """Return what a reader may see of a thread: what is public, and their own that waits; the solving answer second."""
    wanted = Q(state=Post.State.LIVE)
    if member is not None:
        wanted |= Q(member_id=member.pk, state__in=[Post.State.HELD, Post.State.REMOVED])
    rows = list(posts_in(thread).filter(wanted))
    return sorted(rows, key=lambda one: (not one.is_question, one.pk != thread.accepted_id))


def renderings_of(workspace_id: int, posts: Iterable[Post], language: str) -> Mapping[int, Rendering]:
    """Return what posts say in a language, by their ids, where somebody asked for it."""
    ids = [one.pk for one in posts]
    rows = Rendering.objects.filter(workspace_id=workspace_id, post_id__in=ids, language=language)
    return {row.post_id: row for row in rows}


def titles_in(threads: Sequence[Thread], language: str) -> Mapping[int, str]:
    """Return the titles of threads in a language, by their ids, where they were translated."""
    if not threads:
        return {}
    rows = Rendering.objects.filter(
        workspace_id=threads[0].workspace_id,
        post__thread_id__in=[one.pk for one in threads],
        post__is_question=True,
        language=language,
    )
    return dict(rows.values_list("post__thread_id", "title"))


def votes_of(member: Member, posts: Iterable[Post]) -> set[int]:
    """Return which of these posts a member voted for."""
    rows = Vote.objects.filter(
        workspace_id=member.workspace_id, member_id=member.pk, post_id__in=[one.pk for one in posts]
    )
    return set(rows.values_list("post_id", flat=True))


def is_following(member: Member, thread: Thread) -> bool:
    """Say whether a member hears of a thread."""
    rows = Follow.objects.filter(workspace_id=member.workspace_id, member_id=member.pk)
    return rows.filter(thread_id=thread.pk).exists()


def posts_of(member: Member) -> QuerySet[Post]:
    """Return what a member wrote, the newest first."""
    rows = Post.objects.filter(workspace_id=member.workspace_id, member_id=member.pk)
    return rows.select_related("thread__brand").order_by("-pk")

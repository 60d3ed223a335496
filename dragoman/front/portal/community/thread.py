"""One question with its answers, and what members do there."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from dragoman.front.portal.chat.limits import count
from dragoman.kit.errors import NotFound, Refusal
from dragoman.service.community.actions.choosing import accept, set_follow, take_vote_back, vote
from dragoman.service.community.actions.posting import (
    LONGEST_BODY,
    LONGEST_TITLE,
    answer,
    change_post,
    withdraw_post,
)
from dragoman.service.community.actions.translating import translate_thread
from dragoman.service.community.errors import BadPost
from dragoman.service.community.models import Member, Thread
from dragoman.service.community.queries import get_post, get_thread, is_following, readable, running_ban

from .door import (
    CLICKS_PER_MEMBER,
    POSTS_PER_ADDRESS,
    POSTS_PER_MEMBER,
    TRANSLATIONS_PER_ADDRESS,
    Visit,
    at_community,
    members_only,
    page,
)
from .shown import shown_space, shown_thread


@require_safe
@at_community
def thread(visit: Visit, thread_id: int) -> HttpResponse:
    """Show a question with what was answered."""
    return show_thread(visit, _thread(visit, thread_id))


def show_thread(visit: Visit, found: Thread, *, status: int = 200, **facts: Any) -> HttpResponse:
    """Render a thread as this reader may see it; 404 where they may not."""
    shown = shown_thread(visit, found)
    if shown is None:
        raise NotFound
    member = visit.member
    return page(
        visit,
        "thread.html",
        status=status,
        rest=f"q/{found.pk}/",
        thread=shown,
        space=shown_space(found.space, visit.language, visit.brand.language),
        following=bool(member and is_following(member, found)),
        banned=running_ban(member) if member else None,
        canonical=f"/community/{visit.brand.slug}/{found.language}/q/{found.pk}/",
        noindex=not shown.is_public,
        **{"problem": "", "problems": {}, "body": "", **facts},
    )


@require_POST
@members_only
def post_answer(visit: Visit, member: Member, thread_id: int) -> HttpResponse:
    """Take an answer."""
    found = _thread(visit, thread_id)
    body = visit.posted("body", LONGEST_BODY + 1)
    if not member.name:
        return redirect(f"{visit.to('me')}?next={visit.to(f'q/{found.pk}/')}")
    try:
        count((POSTS_PER_MEMBER, str(member.pk)), (POSTS_PER_ADDRESS, visit.address))
        made = answer(member, thread=found, body=body, language=visit.language)
    except BadPost as bad:
        return show_thread(visit, found, status=422, problems={bad.field: str(bad)}, body=body)
    except NotFound:
        raise
    except Refusal as refusal:
        return show_thread(visit, found, status=refusal.status, problem=str(refusal), body=body)
    return redirect(f"{visit.to(f'q/{found.pk}/')}#p{made.pk}")


@require_POST
@members_only
def act(visit: Visit, member: Member, post_id: int, verb: str) -> HttpResponse:
    """Vote, take a vote back, accept, withdraw."""
    post = get_post(visit.brand.workspace_id, post_id, brand_id=visit.brand.pk)
    try:
        count((CLICKS_PER_MEMBER, str(member.pk)))
        if verb == "vote":
            vote(member, post)
        elif verb == "unvote":
            take_vote_back(member, post)
        elif verb == "accept":
            accept(member, post)
        else:
            withdraw_post(member, post)
    except NotFound:
        raise
    except Refusal as refusal:
        return show_thread(visit, _thread(visit, post.thread_id), status=refusal.status, problem=str(refusal))
    if verb == "withdraw" and post.is_question:
        return redirect(visit.to())
    return redirect(f"{visit.to(f'q/{post.thread_id}/')}#p{post.pk}")


@require_POST
@members_only
def follow_thread(visit: Visit, member: Member, thread_id: int) -> HttpResponse:
    """Hear of a thread, or no more."""
    set_follow(member, _thread(visit, thread_id), wanted=visit.posted("wanted", 1) == "1")
    return redirect(visit.to(f"q/{thread_id}/"))


@require_http_methods(["GET", "POST"])
@members_only
def edit(visit: Visit, member: Member, post_id: int) -> HttpResponse:
    """Write one's own post anew."""
    post = get_post(visit.brand.workspace_id, post_id, brand_id=visit.brand.pk)
    if post.member_id != member.pk or post.state not in (post.State.LIVE, post.State.HELD):
        raise NotFound
    title, body = post.thread.title, post.body
    problem, problems, status = "", {}, 200
    if visit.request.method == "POST":
        title, body = visit.posted("title", LONGEST_TITLE + 1), visit.posted("body", LONGEST_BODY + 1)
        try:
            count((POSTS_PER_MEMBER, str(member.pk)), (POSTS_PER_ADDRESS, visit.address))
            change_post(member, post, title=title, body=body)
            return redirect(f"{visit.to(f'q/{post.thread_id}/')}#p{post.pk}")
        except BadPost as bad:
            problems, status = {bad.field: str(bad)}, bad.status
        except Refusal as refusal:
            problem, status = str(refusal), refusal.status
    return page(
        visit, "edit.html", status=status, rest=f"p/{post.pk}/edit", post=post, title=title, body=body,
        problem=problem, problems=problems, noindex=True,
    )  # fmt: skip


# nothing is changed for whoever has a cookie: anybody may ask for it, and it is paced
@csrf_exempt
@require_POST
@at_community
def translate(visit: Visit, thread_id: int) -> HttpResponse:
    """Say a thread in the reader's language."""
    found = _thread(visit, thread_id)
    try:
        count((TRANSLATIONS_PER_ADDRESS, visit.address))
        translate_thread(found, readable(found, None), into=visit.language)
    except NotFound:
        raise
    except Refusal as refusal:
        return show_thread(visit, found, status=refusal.status, problem=str(refusal))
    return redirect(visit.to(f"q/{found.pk}/"))


def _thread(visit: Visit, thread_id: int) -> Thread:
    return get_thread(visit.brand.workspace_id, thread_id, brand_id=visit.brand.pk)

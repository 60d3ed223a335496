"""The community at the desk: what waits for a person, questions, one with its answers, members."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from dragoman.core.accounts.queries import brands_of, workspace_facts
from dragoman.kit.errors import NotFound, Refusal
from dragoman.service.community.actions.choosing import accept_as_staff, set_closed
from dragoman.service.community.actions.moderating import (
    Why,
    approve,
    ban,
    decide_appeal,
    keep,
    lift_ban,
    remove,
    restore,
)
from dragoman.service.community.actions.posting import LONGEST_BODY, answer_as_staff
from dragoman.service.community.actions.taking import draft_article, open_conversation
from dragoman.service.community.actions.translating import source_of, translatable, translate_thread
from dragoman.service.community.badges import Standing, standings
from dragoman.service.community.finding import search_threads
from dragoman.service.community.models import Appeal, Post
from dragoman.service.community.moderation import (
    decisions_of,
    get_decision,
    held_posts,
    may_decide,
    open_appeals,
    open_reports,
    with_reports,
)
from dragoman.service.community.moderation_models import Ground
from dragoman.service.community.queries import (
    get_member,
    get_post,
    get_thread,
    newest,
    posts_in,
    posts_of,
    renderings_of,
    running_ban,
    threads_of,
    unanswered,
)

from ..frame import frame
from ..request import AgentRequest, number_in
from .words import held_for

_MOST, _PAGE = 100, 30


def show(request: AgentRequest, template: str, **matter: Any) -> HttpResponse:
    """Render a page of the community inside the console's frame."""
    context = frame(request, section="community", may_moderate=request.agent.can_lead, **matter)
    return render(request, f"desk/community/{template}", context)


@require_GET
def queue(request: AgentRequest) -> HttpResponse:
    """Show what waits: complaints, reports, posts held back; the oldest first."""
    workspace_id = request.agent.workspace_id
    appeals = [(one, may_decide(one, request.agent)) for one in open_appeals(workspace_id)[:_MOST]]
    held = [(one, held_for(one.why)) for one in held_posts(workspace_id)[:_MOST]]
    reports = list(open_reports(workspace_id)[:_MOST])
    return show(request, "queue.html", appeals=appeals, held=held, reports=reports, grounds=Ground.choices)


@require_GET
def questions(request: AgentRequest) -> HttpResponse:
    """List questions, the newest first, or those that hold what is looked for."""
    workspace_id = request.agent.workspace_id
    words = request.GET.get("q", "").strip()[:300]
    is_open = request.GET.get("show") == "open"
    if words:
        found = [one for brand in brands_of(workspace_id) for one in search_threads(brand, words, most=50)]
        return show(request, "questions.html", rows=found, page=None, words=words, is_open=is_open)
    rows = threads_of(workspace_id)
    page = Paginator(newest(unanswered(rows) if is_open else rows), _PAGE).get_page(
        number_in(request, "page") or 1
    )
    return show(request, "questions.html", rows=list(page), page=page, words=words, is_open=is_open)


@require_GET
def thread(request: AgentRequest, thread_id: int) -> HttpResponse:
    """Show one question with everything in it, and what can be done."""
    return _thread(request, thread_id)


def _thread(request: AgentRequest, thread_id: int, *, body: str = "") -> HttpResponse:
    workspace_id = request.agent.workspace_id
    found = get_thread(workspace_id, thread_id)
    reader = workspace_facts(workspace_id).language
    posts = sorted(
        with_reports(posts_in(found)), key=lambda one: (not one.is_question, one.pk != found.accepted_id)
    )
    kept = renderings_of(workspace_id, posts, reader)
    known = standings(workspace_id, [one.member_id for one in posts if one.member_id])
    rows = [
        (
            one,
            row if (row := kept.get(one.pk)) and row.of == source_of(one) else None,
            held_for(one.why),
            known.get(one.member_id or 0, Standing()),
        )
        for one in posts
    ]
    can_translate = any(
        one.is_live and not row and translatable(workspace_id, one.language, reader)
        for one, row, _why, _standing in rows
    )
    return show(
        request,
        "thread.html",
        thread=found,
        posts=rows,
        can_translate=can_translate,
        body=body,
        grounds=Ground.choices,
        title=found.title,
        decisions=decisions_of(workspace_id).filter(post__thread_id=found.pk)[:_MOST],
    )


@require_POST
def answer(request: AgentRequest, thread_id: int) -> HttpResponse:
    """Answer as the shop; what cannot be taken stays in its field."""
    found = get_thread(request.agent.workspace_id, thread_id)
    body = request.POST.get("body", "")[: LONGEST_BODY + 1]
    try:
        answer_as_staff(request.agent, thread=found, body=body)
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return _thread(request, thread_id, body=body)
    messages.success(request, _("Your answer is public."))
    return redirect("community_desk_thread", thread_id)


@require_POST
def translate(request: AgentRequest, thread_id: int) -> HttpResponse:
    """Say a question in the team's language."""
    found = get_thread(request.agent.workspace_id, thread_id)
    try:
        translate_thread(
            found, list(posts_in(found)), into=workspace_facts(request.agent.workspace_id).language
        )
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return redirect("community_desk_thread", thread_id)


@require_POST
def close(request: AgentRequest, thread_id: int) -> HttpResponse:
    """Let a question take no answers any more, or take them again."""
    found = get_thread(request.agent.workspace_id, thread_id)
    try:
        set_closed(request.agent, found, is_closed=request.POST.get("closed") == "1")
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return redirect("community_desk_thread", thread_id)


@require_POST
def article(request: AgentRequest, thread_id: int) -> HttpResponse:
    """Write a solved question up as a draft article."""
    found = get_thread(request.agent.workspace_id, thread_id)
    try:
        key = draft_article(request.agent, found)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("A draft of the article is written: %(key)s.") % {"key": key})
        return redirect("knowledge_article", key)
    return redirect("community_desk_thread", thread_id)


@require_POST
def act(request: AgentRequest, post_id: int, verb: str) -> HttpResponse:
    """Decide about a post, mark it as the solution, or open a conversation with its writer."""
    post = get_post(request.agent.workspace_id, post_id)
    try:
        if verb == "conversation":
            return redirect("conversation", open_conversation(request.agent, post))
        said = _decide(request, post, verb)
        messages.success(request, said)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    if request.POST.get("from") == "queue":
        return redirect("community_desk")
    return redirect("community_desk_thread", post.thread_id)


def _decide(request: AgentRequest, post: Post, verb: str) -> str:
    agent, reason = request.agent, request.POST.get("reason", "")
    if verb == "approve":
        approve(agent, post)
        return _("Everybody can read it now.")
    if verb == "remove":
        remove(agent, post, _why(request))
        return _("Removed. Its writer is told why, and how to complain.")
    if verb == "restore":
        restore(agent, post, reason=reason)
        return _("It is public again.")
    if verb == "keep":
        keep(agent, post, reason=reason)
        return _("It stays. Whoever reported it is told why.")
    if verb == "accept":
        accept_as_staff(agent, post)
        return _("Changed.")
    raise NotFound


def _why(request: AgentRequest) -> Why:
    given = request.POST
    return Why(given.get("ground", ""), given.get("rule", ""), given.get("reason", ""))


@require_GET
def member(request: AgentRequest, member_id: int) -> HttpResponse:
    """Show a member to moderators: what they wrote, what was decided; their address is for leads."""
    found = get_member(request.agent.workspace_id, member_id)
    return show(
        request,
        "member.html",
        person=found,
        title=found.name or _("Former member"),
        standing=standings(found.workspace_id, [found.pk]).get(found.pk, Standing()),
        posts=posts_of(found)[:_MOST],
        banned=running_ban(found),
        grounds=Ground.choices,
        decisions=decisions_of(found.workspace_id).filter(member_id=found.pk)[:_MOST],
    )


@require_POST
def suspend(request: AgentRequest, member_id: int) -> HttpResponse:
    """Keep a member from writing for some days, or end that early (`lift`)."""
    found = get_member(request.agent.workspace_id, member_id)
    try:
        if "lift" in request.POST:
            lift_ban(request.agent, get_decision(found.workspace_id, number_in(request, "lift")))
            messages.success(request, _("They can write again, and are told so."))
        else:
            ban(request.agent, found, _why(request), days=number_in(request, "days"))
            messages.success(request, _("Suspended. They are told why, until when, and how to complain."))
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return redirect("community_desk_member", member_id)


@require_POST
def settle_appeal(request: AgentRequest, appeal_id: int) -> HttpResponse:
    """Decide a complaint."""
    found = open_appeals(request.agent.workspace_id).filter(pk=appeal_id).first()
    if found is None:
        raise NotFound
    try:
        done = decide_appeal(
            request.agent,
            found,
            reverse="reverse" in request.POST,
            reply=request.POST.get("reply", ""),
        )
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        is_reversed = done.outcome == Appeal.Outcome.REVERSED
        messages.success(
            request,
            _("Taken back, and told.") if is_reversed else _("The decision stands, and that is told."),
        )
    return redirect("community_desk")

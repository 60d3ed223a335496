"""Signing in by a code that is mailed, without a password; the profile; going."""

from zoneinfo import available_timezones

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from dragoman.front.portal.chat.limits import TooFast, count
from dragoman.front.portal.chat.post import can_mail
from dragoman.kit.errors import NotFound, Refusal
from dragoman.service.community.actions.joining import ask_join_code, use_join_code
from dragoman.service.community.actions.profile import Profile, leave, set_profile, sign_out_everywhere
from dragoman.service.community.badges import Standing, standings
from dragoman.service.community.errors import BadPost, JoinCodeOver, WrongJoinCode
from dragoman.service.community.models import Member, Post
from dragoman.service.community.queries import find_member, posts_of, running_ban

from .door import (
    CODES_PER_ADDRESS,
    TRIES_PER_ADDRESS,
    Visit,
    at_community,
    members_only,
    own_path,
    page,
    sign_in,
    sign_out,
)
from .words import BADGES

_SHOWN = 50


# nothing is changed for whoever has a cookie: another site's form can only ask for a mail, which is paced
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@at_community
def join(visit: Visit) -> HttpResponse:
    """Ask for a mail address, and send a code to it."""
    if visit.request.method != "POST":
        return _join(visit)
    try:
        count((CODES_PER_ADDRESS, visit.address))
        asked = ask_join_code(visit.brand, email=visit.posted("email", 254), language=visit.language)
    except TooFast as fast:
        return _join(visit, status=fast.status, problem=str(fast))
    except Refusal:
        return _join(visit, status=422, is_wrong=True)
    return _code(visit, asked.handle, asked.email)


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@at_community
def code(visit: Visit) -> HttpResponse:
    """Take the code; who only reloads begins anew."""
    if visit.request.method != "POST":
        return redirect(visit.to("join"))
    handle, email = visit.posted("handle", 64), visit.posted("email", 254)
    try:
        count((TRIES_PER_ADDRESS, visit.address))
        member = use_join_code(visit.brand, handle=handle, code=visit.posted("code", 40))
    except WrongJoinCode as wrong:
        return _code(visit, handle, email, status=wrong.status, problem=str(wrong))
    except (JoinCodeOver, TooFast) as over:
        return _join(visit, status=over.status, problem=str(over))
    back = own_path(visit, visit.posted("next", 300))
    return sign_in(visit, member, to=back if member.name else f"{visit.to('me')}?next={back}")


@require_POST
@at_community
def sign_off(visit: Visit) -> HttpResponse:
    """Forget the member in this browser; with `everywhere` in all."""
    if visit.member is not None and "everywhere" in visit.request.POST:
        sign_out_everywhere(visit.member)
    return sign_out(visit)


@require_http_methods(["GET", "POST"])
@members_only
def me(visit: Visit, member: Member) -> HttpResponse:
    """Show and keep what a member decides: name, language, zone, mails; list what they wrote."""
    asked = visit.request.POST if visit.request.method == "POST" else visit.request.GET
    back = asked.get("next", "")
    problems: dict[str, str] = {}
    name = member.name
    if visit.request.method == "POST":
        name = visit.posted("name", 200)
        wish = Profile(
            name=name,
            language=visit.posted("language", 20),
            time_zone=visit.posted("time_zone", 64),
            wants_digest="wants_digest" in visit.request.POST,
            wants_answers="wants_answers" in visit.request.POST,
        )
        try:
            set_profile(member, wish)
            return redirect(own_path(visit, back) if back else f"{visit.to('me')}?saved=1")
        except BadPost as bad:
            problems = {bad.field: str(bad)}
    return page(
        visit,
        "me.html",
        status=422 if problems else 200,
        rest="me",
        name=name,
        problems=problems,
        saved="saved" in visit.request.GET,
        back=own_path(visit, back) if back else "",
        zones=sorted(one for one in available_timezones() if "/" in one and not one.startswith("Etc/")),
        posts=posts_of(member).exclude(state=Post.State.WITHDRAWN)[:_SHOWN],
        banned=running_ban(member),
        noindex=True,
    )


@require_http_methods(["GET", "POST"])
@members_only
def go(visit: Visit, member: Member) -> HttpResponse:
    """Ask whether a member really goes, and let them."""
    if visit.request.method == "POST" and "sure" in visit.request.POST:
        leave(member, with_posts="with_posts" in visit.request.POST)
        return sign_out(visit)
    return page(visit, "go.html", rest="me/go", noindex=True)


@require_safe
@at_community
def profile(visit: Visit, member_id: int) -> HttpResponse:
    """Show who somebody is here: name, badge, what they wrote in the open."""
    found = find_member(visit.brand, member_id)
    if found is None or not found.name:
        raise NotFound
    standing = standings(found.workspace_id, [found.pk]).get(found.pk, Standing())
    posts = posts_of(found).filter(state=Post.State.LIVE, thread__is_live=True)[:_SHOWN]
    return page(
        visit,
        "profile.html",
        rest=f"m/{found.pk}/",
        person=found,
        standing=standing,
        badge=BADGES.get(standing.badge, ""),
        posts=posts,
        noindex=True,
    )


def _join(visit: Visit, *, status: int = 200, problem: str = "", is_wrong: bool = False) -> HttpResponse:
    return page(
        visit,
        "join.html",
        status=status,
        rest="join",
        problem=problem,
        is_wrong=is_wrong,
        email=visit.posted("email", 254),
        back=_back(visit),
        can_mail=can_mail(visit.brand),
        noindex=True,
    )


def _code(visit: Visit, handle: str, email: str, *, status: int = 200, problem: str = "") -> HttpResponse:
    return page(
        visit, "code.html", status=status, rest="join", handle=handle, email=email, problem=problem,
        back=_back(visit), noindex=True,
    )  # fmt: skip


def _back(visit: Visit) -> str:
    said = visit.request.POST.get("next") or visit.request.GET.get("next", "")
    return own_path(visit, said) if said else ""

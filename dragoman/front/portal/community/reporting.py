"""Reporting a post, reading why something was decided, complaining of it, and stopping mails with one click."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from dragoman.core.accounts.models import Brand
from dragoman.core.texts.localised import said_to
from dragoman.front.portal.chat.limits import count
from dragoman.kit.errors import NotFound, Refusal
from dragoman.service.community.actions.profile import stop_mails
from dragoman.service.community.actions.reporting import LONGEST_REASON, Notice, appeal, report_post
from dragoman.service.community.errors import BadPost
from dragoman.service.community.models import Appeal
from dragoman.service.community.moderation import get_decision, may_appeal
from dragoman.service.community.queries import find_member, get_post

from .door import REPORTS_PER_ADDRESS, Visit, at_community, page, read_link
from .shown import html_of
from .words import GROUNDS

RULES = "community_rules"


# anybody may report, with or without a cookie, and a report changes nothing by itself
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@at_community
def report(visit: Visit, post_id: int) -> HttpResponse:
    """Take a notice that a post is against the law or the rules; nothing that was written is lost."""
    post = get_post(visit.brand.workspace_id, post_id, brand_id=visit.brand.pk)
    if not post.is_live:
        raise NotFound
    problem, problems, status = "", {}, 200
    if visit.request.method == "POST":
        notice = Notice(
            ground=visit.posted("ground", 20),
            reason=visit.posted("reason", LONGEST_REASON + 1),
            language=visit.language,
            name=visit.posted("name", 120),
            email=visit.posted("email", 254),
            good_faith="good_faith" in visit.request.POST,
        )
        try:
            count((REPORTS_PER_ADDRESS, visit.address))
            made = report_post(post, notice, member=visit.member)
            return page(
                visit, "reported.html", rest=f"p/{post.pk}/report", report=made, post=post, noindex=True
            )
        except BadPost as bad:
            problems, status = {bad.field: str(bad)}, bad.status
        except Refusal as refusal:
            problem, status = str(refusal), refusal.status
    given = {name: visit.posted(name, LONGEST_REASON) for name in ("ground", "reason", "name", "email")}
    return page(
        visit, "report.html", status=status, rest=f"p/{post.pk}/report", post=post, grounds=GROUNDS.items(),
        given=given, problem=problem, problems=problems, html=html_of(post.body), noindex=True,
    )  # fmt: skip


# the link in the mail is the proof of who may complain
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@at_community
def decision(visit: Visit, token: str) -> HttpResponse:
    """Show the statement of reasons to whom it concerns, and take their complaint."""
    by, decision_id = read_link(visit.brand, (Appeal.By.WRITER, Appeal.By.REPORTER), token)
    found = get_decision(visit.brand.workspace_id, decision_id)
    problems, status = {}, 200
    if visit.request.method == "POST":
        try:
            count((REPORTS_PER_ADDRESS, visit.address))
            appeal(
                found, by=by, reason=visit.posted("reason", LONGEST_REASON + 1), language=visit.language,
                email=_address_of(visit, by, found.pk),
            )  # fmt: skip
            return redirect(visit.to(f"decision/{token}"))
        except BadPost as bad:
            problems, status = {bad.field: str(bad)}, bad.status
        except Refusal as refusal:
            problems, status = {"reason": str(refusal)}, refusal.status
    return page(
        visit,
        "decision.html",
        status=status,
        rest=f"decision/{token}",
        decision=found,
        ground=GROUNDS.get(found.ground, ""),
        mine=by == Appeal.By.WRITER,
        appeal=found.appeals.filter(by=by).first(),
        may_appeal=may_appeal(found, by, now=timezone.now()),
        reason=visit.posted("reason", LONGEST_REASON + 1),
        problems=problems,
        token=token,
        noindex=True,
    )


def _address_of(visit: Visit, by: str, decision_id: int) -> str:
    found = get_decision(visit.brand.workspace_id, decision_id)
    if by == Appeal.By.WRITER:
        return found.member.email if found.member else ""
    report = found.reports.exclude(email="").first()
    return report.email if report else ""


# RFC 8058: programs for mail post here by themselves, without a cookie
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@at_community
def stop(visit: Visit, token: str) -> HttpResponse:
    """Stop a member's digests; a look alone changes nothing, for programs look at links."""
    _kind, member_id = read_link(visit.brand, ("stop",), token)
    member = find_member(visit.brand, member_id)
    if member is not None and visit.request.method == "POST":
        stop_mails(member)
    is_done = member is None or visit.request.method == "POST"
    return page(visit, "stop.html", rest=f"stop/{token}", is_done=is_done, token=token, noindex=True)


@require_safe
@at_community
def rules(visit: Visit) -> HttpResponse:
    """Show the rules of this community, how it is moderated, and how to complain."""
    said = rules_of(visit.brand, visit.language)
    return page(
        visit,
        "rules.html",
        rest="rules",
        own=html_of(said[0]) if said else "",
        own_language=said[1] if said else "",
        first_posts=visit.community.first_posts,
        noindex=False,
        canonical=visit.to("rules"),
    )


def rules_of(brand: Brand, language: str) -> tuple[str, str] | None:
    """Return the brand's own rules and their language, None where it wrote none."""
    served = said_to(brand, RULES, RULES, language=language)
    return (served.words, served.language) if served and served.words else None

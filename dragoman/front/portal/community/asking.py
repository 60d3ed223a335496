"""Asking: a title first, beside it what may answer it already, then the question."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from dragoman.front.portal.chat.limits import TooFast, count
from dragoman.kit.errors import Refusal
from dragoman.service.community.actions.posting import LONGEST_BODY, LONGEST_TITLE, Asked, ask
from dragoman.service.community.errors import BadPost
from dragoman.service.community.models import Member
from dragoman.service.community.queries import running_ban, spaces_of
from dragoman.service.community.suggesting import articles_like, threads_like

from .door import POSTS_PER_ADDRESS, POSTS_PER_MEMBER, SEARCHES_PER_ADDRESS, Visit, members_only, page
from .shown import lines_of, shown_space


@require_http_methods(["GET", "POST"])
@members_only
def ask_question(visit: Visit, member: Member) -> HttpResponse:
    """Take a question; what it lacks is said beside the field, and nothing that was written is lost."""
    if not member.name:
        return redirect(f"{visit.to('me')}?next={visit.to('ask')}")
    if visit.request.method == "GET":
        return _form(visit, member)
    wish = Asked(
        space=visit.posted("space", 60),
        title=visit.posted("title", LONGEST_TITLE + 1),
        body=visit.posted("body", LONGEST_BODY + 1),
        language=visit.language,
    )
    try:
        count((POSTS_PER_MEMBER, str(member.pk)), (POSTS_PER_ADDRESS, visit.address))
        made = ask(member, wish)
    except BadPost as bad:
        return _form(visit, member, status=422, problems={bad.field: str(bad)})
    except Refusal as refusal:
        return _form(visit, member, status=refusal.status, problem=str(refusal))
    return redirect(f"{visit.to(f'q/{made.thread_id}/')}")


def _form(
    visit: Visit,
    member: Member,
    *,
    status: int = 200,
    problem: str = "",
    problems: dict[str, str] | None = None,
) -> HttpResponse:
    given = visit.request.POST if visit.request.method == "POST" else visit.request.GET
    title = given.get("title", "").strip()[: LONGEST_TITLE + 1]
    threads, articles = [], []
    if title and status == 200:
        try:
            count((SEARCHES_PER_ADDRESS, visit.address))
            threads = threads_like(visit.brand, title, language=visit.language)
            articles = list(articles_like(visit.brand, title, language=visit.language))
        except TooFast:
            pass
    open_spaces = [one for one in spaces_of(visit.brand) if one.is_open]
    return page(
        visit,
        "ask.html",
        status=status,
        rest="ask",
        title=title,
        body=given.get("body", "")[: LONGEST_BODY + 1],
        chosen=given.get("space", ""),
        spaces=[shown_space(one, visit.language, visit.brand.language) for one in open_spaces],
        lines=lines_of(visit, threads),
        articles=articles,
        problem=problem,
        problems=problems or {},
        banned=running_ban(member),
        noindex=True,
    )

"""Learning at the help centre: webinars to sign up for, their date for a calendar, a seat given back, paths."""

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from dragoman.core.knowledge.actions.learning import Comer, sign_up, take_back
from dragoman.core.knowledge.errors import BadSignUp, WebinarFull
from dragoman.core.knowledge.learning import (
    calendar_of,
    find_sign_up,
    get_webinar,
    is_full,
    open_webinars,
    walks_for,
)
from dragoman.core.knowledge.models import SignUp, Webinar
from dragoman.ground.markets.zones import zone_today
from dragoman.kit.errors import NotFound

from .counting import VERDICTS, check_pace
from .door import Visit, at_help, page


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@at_help
def webinars(visit: Visit) -> HttpResponseBase:
    """Show what is held and what to read step by step; keep a seat for whoever asks."""
    problem, webinar_id = "", 0
    if visit.request.method == "POST":
        if visit.request.headers.get("Sec-Fetch-Site") == "cross-site":
            raise NotFound
        check_pace(visit, VERDICTS)
        webinar_id = _number(visit.request.POST.get("webinar", ""))
        try:
            return _signed_up(visit, webinar_id)
        except (BadSignUp, WebinarFull) as refusal:
            problem = str(refusal)
    return page(
        visit,
        "webinars.html",
        path="webinars/",
        webinars=[(one, is_full(one)) for one in open_webinars(visit.brand, language=visit.language)],
        walks=walks_for(visit.brand, visit.reader),
        problem=problem,
        wrong=webinar_id,
        typed=visit.request.POST,
        told=visit.request.GET.get("told", "") == "yes",
        status=422 if problem else 200,
        noindex=bool(problem),
        alternates=visit.tongues("webinars/"),
    )


def _number(given: str) -> int:
    return int(given) if given.isascii() and given.isdigit() and len(given) < 19 else 0


def _signed_up(visit: Visit, webinar_id: int) -> HttpResponse:
    posted = visit.request.POST
    webinar = _of_brand(visit, webinar_id)
    comer = Comer(
        posted.get("email", "")[:254],
        posted.get("name", "")[:120],
        visit.language,
        posted.get("zone", "")[:64],
    )
    sign_up(webinar, comer)
    answer = redirect(f"{visit.to()}webinars/?told=yes")
    answer["Cache-Control"] = "no-store"
    return answer


def _of_brand(visit: Visit, webinar_id: int) -> Webinar:
    found = get_webinar(visit.brand.workspace_id, webinar_id)
    if found.brand_id != visit.brand.pk or found.state == Webinar.State.DRAFT:
        raise NotFound
    return found


@require_safe
@at_help
def calendar(visit: Visit, webinar_id: int) -> HttpResponseBase:
    """Return a webinar for a calendar, without the link that is for those who signed up."""
    found = _of_brand(visit, webinar_id)
    given = visit.request.GET.get("zone", "")[:64]
    theirs = zone_today(given) if given else ""
    uid = f"webinar.{found.pk}@{visit.request.get_host().partition(':')[0]}"
    answer = HttpResponse(
        calendar_of(found, uid=uid, time_zone=theirs), content_type="text/calendar; charset=utf-8"
    )
    answer["Content-Disposition"] = f'attachment; filename="webinar-{found.pk}.ics"'
    return answer


def seat_path(kept: SignUp, brand_slug: str) -> str:
    """Return the path by which somebody gives their seat back."""
    return f"/help/{brand_slug}/{kept.language}/webinars/seats/{kept.token}"


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@at_help
def seat(visit: Visit, token: str) -> HttpResponseBase:
    """Ask, then give a seat back; a mail program that opens the link takes nothing back."""
    kept = find_sign_up(visit.brand.workspace_id, token[:40])
    if kept is None or kept.webinar.brand_id != visit.brand.pk:
        raise NotFound
    if visit.request.method == "POST":
        take_back(kept)
        return redirect(visit.request.path)
    return page(visit, "seat.html", webinar=kept.webinar, is_free=kept.cancelled_at is not None, noindex=True)

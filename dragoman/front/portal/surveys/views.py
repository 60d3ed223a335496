"""The page behind a link: five answers and a comment, without a script, a cookie or a log-in."""

from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.translation import get_language
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from dragoman.core.conversations.models import Conversation
from dragoman.front.portal.chat.limits import Pace, TooFast, count
from dragoman.front.portal.chat.texts import csat_texts
from dragoman.front.portal.languages import language_asked, portal_language, portal_languages
from dragoman.kit.errors import Refusal
from dragoman.kit.workspace import acting_in
from dragoman.service.surveys.actions import Answer, answer_survey
from dragoman.service.surveys.asking import find_survey, get_conversation, is_changeable, read_survey
from dragoman.service.surveys.errors import NoSurvey

ANSWERS_PER_ADDRESS: Final = Pace("survey-ip", 60, 600)


# the link is the right to answer, no cookie is; a mail scanner that opens links answers nothing by GET
@csrf_exempt
@require_http_methods(["GET", "POST"])
def survey(request: HttpRequest, token: str) -> HttpResponse:
    """Ask, and keep what is answered; the language is what the address says, else the conversation's."""
    try:
        workspace_id, conversation_id = read_survey(token)
        with acting_in(workspace_id):
            talk = get_conversation(workspace_id, conversation_id)
            said = request.GET.get("locale") or not talk.language
            locale = language_asked(request) if said else portal_language(talk.language)
            with translation.override(locale):
                return _answer(request, talk)
    except NoSurvey as gone:
        with translation.override(language_asked(request)):
            facts = {"message": str(gone), "languages": portal_languages()}
            return _private(render(request, "portal/surveys/gone.html", facts, status=404))


def _answer(request: HttpRequest, talk: Conversation) -> HttpResponse:
    problem, status = "", 200
    if request.method == "POST":
        try:
            count((ANSWERS_PER_ADDRESS, request.META.get("REMOTE_ADDR", "")))
            score = request.POST.get("score", "")
            comment = request.POST.get("comment", "")
            number = int(score) if score.isascii() and score.isdigit() and len(score) == 1 else 0
            answer_survey(talk, Answer(number, comment, get_language() or "en", "link"))
        except (Refusal, TooFast) as refused:
            problem, status = str(refused), refused.status
    found = find_survey(talk)
    t = csat_texts()
    facts = {
        "brand": talk.brand,
        "t": t,
        "choices": [(number, t[f"csat_{number}"]) for number in range(5, 0, -1)],
        "survey": found,
        "is_open": found is None or is_changeable(found),
        "problem": problem,
        "languages": portal_languages(),
    }
    return _private(render(request, "portal/surveys/survey.html", facts, status=status))


def _private(page: HttpResponse) -> HttpResponse:
    page["Cache-Control"] = "no-store"
    page["Referrer-Policy"] = "same-origin"
    page["X-Robots-Tag"] = "noindex"
    return page

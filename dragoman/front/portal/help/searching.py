"""Searching the help centre: a page that works without scripts, and the same while the reader types."""

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from dragoman.front.portal.chat.limits import TooFast

from .counting import CONTACTS, SEARCHES, TYPED, check_pace, count_contact, count_search
from .door import Visit, at_help, keep_number, packed, page
from .finding import Results, look, words_of
from .reaching import ways_of

INSTANT = 5
# letters of a script without spaces say much in one
_LEAST_LETTERS = 2


@require_safe
@at_help
def search(visit: Visit) -> HttpResponseBase:
    """Show what was found for words, an answer first where the articles give one."""
    words, problem = words_of(visit), ""
    results = Results(words)
    try:
        check_pace(visit, SEARCHES)
        results = look(visit, words)
    except TooFast as fast:
        problem = str(fast)
    made = page(
        visit,
        "search.html",
        path=f"search?{visit.request.GET.urlencode()}" if words else "search",
        status=429 if problem else 200,
        words=words,
        results=results,
        problem=problem,
        ways=[] if results.hits and results.sure else ways_of(visit),
        noindex=True,
    )
    if problem:
        made["Retry-After"] = "30"
    elif words:
        count_search(visit, words, results)
    return keep_number(visit, made)


@require_safe
@at_help
def instant(visit: Visit) -> HttpResponseBase:
    """Return the results as a part of a page, for whoever is still typing."""
    words, problem = words_of(visit), ""
    results = Results(words)
    if len(words) >= _LEAST_LETTERS or not words.isascii():
        try:
            check_pace(visit, TYPED)
            results = look(visit, words, most=INSTANT)
            count_search(visit, words, results)
        except TooFast as fast:
            problem = str(fast)
    facts = {"visit": visit, "brand": visit.brand, "results": results, "words": words, "problem": problem}
    made = render(visit.request, "portal/help/_found.html", facts, status=429 if problem else 200)
    made["Cache-Control"] = "no-store"
    return keep_number(visit, packed(visit.request, made))


@csrf_exempt
@require_POST
@at_help
def reached(visit: Visit) -> HttpResponseBase:
    """Note that the reader turned to people from here; nothing is answered."""
    if visit.request.headers.get("Sec-Fetch-Site") != "cross-site" and visit.number:
        check_pace(visit, CONTACTS)
        count_contact(visit)
    return HttpResponse(status=204)

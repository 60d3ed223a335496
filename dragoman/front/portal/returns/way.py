"""What a customer needs to send a return off: what to print, where it goes, when it is fetched, customs papers."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.dateparse import parse_date
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.http import require_http_methods, require_POST

from dragoman.kit.errors import NotFound, Refusal
from dragoman.service.returns.actions.arranging import ask_to_fetch
from dragoman.service.returns.actions.requests import By
from dragoman.service.returns.errors import BadFetch
from dragoman.service.returns.paper_pdf import paper_pdf
from dragoman.service.returns.papers import papers_of
from dragoman.service.returns.slip import to_print

from .door import Visit, ask_again, at_portal
from .status import mine, show


@require_http_methods(["GET"])
@at_portal
def printed(visit: Visit, return_id: int) -> HttpResponse:
    """Hand out what goes with the parcel: the carrier's label where there is one, else the slip."""
    made = mine(visit, return_id)
    if made is None:
        return ask_again(visit)
    found = to_print(made)
    return _file(found.content, found.media_type, f"return.{found.ending}")


@require_http_methods(["GET"])
@at_portal
def papers(visit: Visit, return_id: int) -> HttpResponse:
    """Hand out the customs papers; not of a gift, whose price they say."""
    made = mine(visit, return_id)
    if made is None:
        return ask_again(visit)
    if made.gift or not papers_of(made).is_known:
        raise NotFound
    return _file(paper_pdf(papers_of(made)), "application/pdf", "customs.pdf")


@csrf_protect
@require_POST
@at_portal
def fetch(visit: Visit, return_id: int) -> HttpResponse:
    """Ask that the goods are fetched; days that are none of those offered are said."""
    made = mine(visit, return_id)
    if made is None:
        return ask_again(visit)
    post = visit.request.POST
    try:
        first, last = (parse_date(post.get(name, "")) for name in ("first", "last"))
        if first is None or last is None:
            raise BadFetch([])
        note = post.get("note", "")
        ask_to_fetch(made.workspace_id, made.pk, by=By("customer"), first=first, last=last, note=note)
    except (Refusal, ValueError) as refused:
        return show(visit, made, problems=[str(refused if isinstance(refused, Refusal) else BadFetch([]))])
    return redirect(visit.to("status", made.pk))


def _file(content: bytes, media_type: str, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=media_type)
    answer["Content-Disposition"] = f'inline; filename="{name}"'
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "private, no-store"
    return answer

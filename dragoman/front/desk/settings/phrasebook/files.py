"""Wordings as files: taken out for a translator or a repository, and taken in again."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from dragoman.core.language.actions.phrases import take_in
from dragoman.core.language.phrase_exchange import LARGEST, as_csv, as_toml, book_rows, own_rows, read
from dragoman.core.language.phrasebook import languages
from dragoman.kit.errors import Refusal

from ...request import AgentRequest
from ..places import leads_only

TYPES = {"toml": "application/toml; charset=utf-8", "csv": "text/csv; charset=utf-8"}


@require_GET
@leads_only
def take_out(request: AgentRequest) -> HttpResponse:
    """Download the workspace's own wordings; with `book` those of the book in that language, to be changed."""
    kind = "csv" if request.GET.get("format") == "csv" else "toml"
    tag = request.GET.get("book", "")
    rows = [*(book_rows([tag]) if tag in languages() else []), *own_rows(request.agent.workspace_id)]
    answer = HttpResponse(as_csv(rows) if kind == "csv" else as_toml(rows), content_type=TYPES[kind])
    answer.headers["Content-Disposition"] = f'attachment; filename="phrases.{kind}"'
    return answer


@require_POST
@leads_only
def bring_in(request: AgentRequest) -> HttpResponse:
    """Store the wordings of a file, all of them or none."""
    file = request.FILES.get("file")
    try:
        if file is None:
            raise Refusal(_("Choose a file first."), code="empty", status=422)
        content = file.read(LARGEST + 1)
        wordings, themes = read(request.agent.workspace_id, content, name=file.name or "")
        count = take_in(request.agent.workspace_id, agent=request.agent, wordings=wordings, themes=themes)
    except Refusal as refusal:
        messages.error(request, _("Nothing was taken in. %(why)s") % {"why": refusal})
    else:
        said = ngettext("%(count)s wording is taken in.", "%(count)s wordings are taken in.", count)
        messages.success(request, said % {"count": count})
    return redirect("settings_phrasebook")

"""Texts go out to translators as files and come back: looked at first, then brought in whole."""

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from dragoman.core.accounts.models import Agent
from dragoman.core.texts.actions.variants import placed
from dragoman.core.texts.localised import entries_of, languages_of
from dragoman.kit.errors import NotFound
from dragoman.kit.variants import key_of

from ...request import AgentRequest
from .. import exchange
from ..places import leads_only
from .exchange import bring_in as brought_in
from .exchange import plan_of, read_file, source_for, table_of, xliff_of


def _bring(agent: Agent, read: Any) -> str:
    changed = brought_in(agent, read)
    return ngettext("%(num)s text is changed.", "%(num)s texts are changed.", changed) % {"num": changed}


_FILES = exchange.Kind("texts", read_file, plan_of, _bring)


@require_http_methods(["GET", "POST"])
@leads_only
def bring_in(request: AgentRequest) -> HttpResponse:
    """Look at a file first, then bring all of it in."""
    return exchange.bring_in(request, _FILES)


@require_GET
@leads_only
def take_out(request: AgentRequest, form: str) -> HttpResponse:
    """Return all texts as a table, or those of one source language (`source`) as XLIFF for another."""
    workspace_id = request.agent.workspace_id
    entries = entries_of(workspace_id)
    if form == "csv":
        languages = list(dict.fromkeys([*languages_of(workspace_id, entries), *_wished(request)]))
        return exchange.taken_out(table_of(entries, languages), content_type="text/csv", name="texts.csv")
    if form != "xlf":
        raise NotFound(_("There is no such file."))
    name = key_of(*placed(request.GET.get("language", ""), request.GET.get("market", "")))
    return exchange.taken_out(
        xliff_of(entries, source=source_for(entries, request.GET.get("source", "")), target=name),
        content_type="application/xliff+xml",
        name=f"texts-{name.replace('@', '-')}.xlf",
    )


def _wished(request: AgentRequest) -> list[str]:
    return [placed(tag)[0] for tag in request.GET.getlist("language") if tag]

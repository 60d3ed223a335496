"""An agent's own signatures, in each language. Trying stores nothing."""

from collections.abc import Sequence

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from dragoman.core.accounts.actions import change_agent
from dragoman.core.accounts.models import Agent
from dragoman.core.accounts.queries import get_brand
from dragoman.core.texts.signatures import signature_for

from ...request import AgentRequest
from ..languages import language_choices
from ..places import show
from .forms import Row, TryForm, rows_in, rows_of, texts_of

EMPTY_ROWS = 1


@require_http_methods(["GET", "POST"])
def my_signatures(request: AgentRequest) -> HttpResponse:
    """Show, try and store an agent's own signatures."""
    agent = request.agent
    team = agent.workspace.language
    form, tried = TryForm(request.POST or None, initial={"try_language": team}), team
    rows = rows_of(agent.signatures)
    if request.method == "POST":
        rows = rows_in(request.POST)
        if "try" not in request.POST:
            change_agent(agent, changes={"signatures": texts_of(rows)})
            messages.success(request, _("Your signatures are saved."))
            return redirect("settings_signatures")
        tried = form.cleaned_data["try_language"] if form.is_valid() else team
    return show(
        request,
        "my_signatures.html",
        place="signatures",
        form=form,
        rows=[*rows, *(Row() for _row in range(EMPTY_ROWS))],
        languages=language_choices(),
        shown=_signed(agent, rows, tried),
        tried=tried,
    )


def _signed(agent: Agent, rows: Sequence[Row], language: str) -> str:
    as_if = Agent(name=agent.name, signatures=texts_of(rows))
    return signature_for(get_brand(agent.workspace_id), as_if, language)

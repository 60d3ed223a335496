"""API tokens: made, shown once, revoked."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from dragoman.core.accounts.actions import create_token, revoke_token
from dragoman.core.accounts.queries import tokens_of, workspace_facts
from dragoman.kit.errors import NotFound

from ...request import AgentRequest
from ..places import owners_only, show, show_later, shown_once
from .forms import SCOPES, TokenForm


def _words() -> dict[str, str]:
    """Return what the try-it says by the answer's status; names in braces are filled in by its script."""
    return {
        "200": _("The token works. Calls left this minute: {left} of {limit}."),
        "401": _("This is no token of ours, or it is revoked."),
        "403": _("The token is good but does not reach brands. Calls left this minute: {left} of {limit}."),
        "429": _("The token has used up its {limit} calls of this minute."),
        "else": _("The API answers {status}."),
        "down": _("The API does not answer."),
    }


@require_http_methods(["GET", "POST"])
@owners_only
def tokens(request: AgentRequest) -> HttpResponse:
    """List tokens and make one; the page after that is the only one that ever shows it."""
    workspace_id = request.agent.workspace_id
    form = TokenForm(request.POST or None)
    status = 200
    if request.method == "POST":
        if form.is_valid():
            made = create_token(workspace_id, name=form.cleaned_data["name"], scopes=form.chosen())
            show_later(request, "token", made)
            return redirect("settings_tokens")
        status = 422
    rows = tokens_of(workspace_id).order_by("revoked_at", "-id")
    return show(
        request,
        "tokens.html",
        place="tokens",
        status=status,
        form=form,
        made=shown_once(request, "token"),
        tokens=rows,
        words=_words(),
        call=f'curl -i -H "Authorization: Bearer TOKEN" {request.scheme}://{request.get_host()}/api/v1/brands',
        limit=workspace_facts(workspace_id).requests_per_minute,
        scopes=SCOPES,
    )


@require_http_methods(["GET", "POST"])
@owners_only
def revoke(request: AgentRequest, token_id: int) -> HttpResponse:
    """Say what revoking does, then do it."""
    found = tokens_of(request.agent.workspace_id).filter(pk=token_id, revoked_at=None).first()
    if found is None:
        raise NotFound(_("There is no such token, or it is revoked already."))
    if request.method == "POST":
        revoke_token(found)
        messages.success(request, _("The token is revoked."))
        return redirect("settings_tokens")
    return show(request, "token_revoke.html", place="tokens", token=found, up="/settings/tokens")

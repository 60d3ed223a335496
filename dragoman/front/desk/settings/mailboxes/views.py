"""Mailboxes: the addresses of brands, how mail comes in and how it goes out."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from dragoman.core.accounts.queries import brands_of
from dragoman.core.connections.actions import add_mailbox, change_mailbox, switch_off, switch_on
from dragoman.core.connections.models import Connection
from dragoman.core.connections.queries import connections_of
from dragoman.core.connections.trial import try_mailbox
from dragoman.kit.errors import NotFound, Refusal

from ...request import AgentRequest
from ..places import leads_only, show
from .dns import forwarding_of
from .forms import MailboxForm, NewMailboxForm, kept_secrets, kept_settings, shown_in, stored_in

STATE_KINDS = {"working": "ok", "failing": "bad", "new": "", "off": "warn"}


def _mailbox(request: AgentRequest, mailbox_id: int) -> Connection:
    found = connections_of(request.agent.workspace_id).filter(pk=mailbox_id).first()
    if found is None:
        raise NotFound(_("There is no such mailbox."))
    return found


def _page(
    request: AgentRequest,
    form: MailboxForm,
    *,
    box: Connection | None = None,
    status: int = 200,
    **more: object,
) -> HttpResponse:
    return show(
        request,
        "mailbox.html",
        place="mailboxes",
        status=status,
        up="/settings/mailboxes",
        form=form,
        box=box,
        kinds=STATE_KINDS,
        mail_listen=settings.MAIL_LISTEN,
        has_mail_url=bool(settings.MAIL_URL),
        steps=more.get("steps"),
        **(forwarding_of(box) if box else {}),
    )


@require_GET
@leads_only
def mailboxes(request: AgentRequest) -> HttpResponse:
    """List all mailboxes with how they fare."""
    found = connections_of(request.agent.workspace_id)
    return show(request, "mailboxes.html", place="mailboxes", boxes=found, kinds=STATE_KINDS)


@require_http_methods(["GET", "POST"])
@leads_only
def new(request: AgentRequest) -> HttpResponse:
    """Connect a mailbox."""
    form = NewMailboxForm(request.POST or None)
    form.fields["brand"].queryset = brands_of(request.agent.workspace_id)  # type: ignore[attr-defined]
    if request.method == "GET":
        return _page(request, form)
    if not form.is_valid():
        return _page(request, form, status=422)
    try:
        box = add_mailbox(
            form.cleaned_data["brand"],
            address=form.cleaned_data["address"],
            settings=form.settings(),
            secrets=form.secrets(),
        )
    except Refusal as refusal:
        form.add_error("address", str(refusal))
        return _page(request, form, status=refusal.status)
    messages.success(request, _("The mailbox is saved. Test it now."))
    return redirect("settings_mailbox", box.pk)


@require_http_methods(["GET", "POST"])
@leads_only
def mailbox(request: AgentRequest, mailbox_id: int) -> HttpResponse:
    """Show a mailbox and store other settings."""
    box = _mailbox(request, mailbox_id)
    form = MailboxForm(request.POST or None, initial=shown_in(box), stored=stored_in(box))
    if request.method == "GET":
        return _page(request, form, box=box)
    if not form.is_valid():
        return _page(request, form, box=box, status=422)
    change_mailbox(
        box,
        settings={**kept_settings(box, form), **form.settings()},
        secrets={**kept_secrets(box), **form.secrets()},
    )
    messages.success(request, _("The mailbox is saved. Test it now."))
    return redirect("settings_mailbox", box.pk)


@require_POST
@leads_only
def try_it(request: AgentRequest, mailbox_id: int) -> HttpResponse:
    """Connect for real, both ways, and say what came of it."""
    box = _mailbox(request, mailbox_id)
    steps = try_mailbox(box)
    fresh = _mailbox(request, mailbox_id)
    form = MailboxForm(initial=shown_in(fresh), stored=stored_in(fresh))
    return _page(request, form, box=fresh, steps=steps)


@require_POST
@leads_only
def switch(request: AgentRequest, mailbox_id: int) -> HttpResponse:
    """Stop using a mailbox, or use it again."""
    box = _mailbox(request, mailbox_id)
    if box.state == Connection.State.OFF:
        switch_on(box)
        messages.success(request, _("The mailbox is switched on."))
    else:
        switch_off(box)
        messages.success(request, _("The mailbox is switched off. Mail stays where it is."))
    return redirect("settings_mailbox", box.pk)

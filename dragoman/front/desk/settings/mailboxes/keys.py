"""Whose signatures a mailbox believes: keys and certificates pasted by a person, listed, taken away."""

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from dragoman.core.connections.keyring import LIMIT, add_keys, known_keys, remove_key
from dragoman.kit.errors import Refusal

from ...request import AgentRequest
from ..places import leads_only, show
from .dns import mailbox_of


class KeyForm(forms.Form):
    """One paste: PGP keys or certificates."""

    text = forms.CharField(
        label=_("Public key (PGP) or certificate (S/MIME)"),
        max_length=LIMIT,
        help_text=_(
            "The whole text, with its first and last line. "
            "For S/MIME the certificate of the authority that vouches is enough."
        ),
        widget=forms.Textarea(attrs={"rows": 6, "dir": "ltr", "spellcheck": "false", "autocomplete": "off"}),
    )


@require_http_methods(["GET", "POST"])
@leads_only
def keys(request: AgentRequest, mailbox_id: int) -> HttpResponse:
    """List what is believed, and add to it."""
    box = mailbox_of(request, mailbox_id)
    form, status = KeyForm(request.POST or None), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                add_keys(box, text=form.cleaned_data["text"])
            except Refusal as refusal:
                form.add_error("text", str(refusal))
            else:
                messages.success(request, _now("The key is kept. Mails it signed from now on are checked."))
                return redirect("settings_mailbox_keys", box.pk)
    return show(
        request,
        "mailbox_keys.html",
        place="mailboxes",
        status=status,
        up=f"/settings/mailboxes/{box.pk}",
        box=box,
        form=form,
        known=known_keys(box),
    )


@require_POST
@leads_only
def forget(request: AgentRequest, mailbox_id: int) -> HttpResponse:
    """Believe a key no longer."""
    box = mailbox_of(request, mailbox_id)
    remove_key(box, fingerprint=request.POST.get("fingerprint", ""))
    messages.success(request, _now("The key is removed. Mails that were checked stay marked as they are."))
    return redirect("settings_mailbox_keys", box.pk)

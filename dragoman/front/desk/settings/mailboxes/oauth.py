"""Letting us into a mailbox at Google or Microsoft: our program's name there, the way out, and the way back."""

import secrets as random
import time
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from dragoman.core.accounts.queries import brands_of
from dragoman.core.connections.actions import add_mailbox, change_mailbox, keep_vendor_app
from dragoman.core.connections.models import VendorApp
from dragoman.core.connections.queries import connections_of, vendor_app
from dragoman.core.connections.secrets import hidden_of
from dragoman.core.connections.trial import try_mailbox
from dragoman.ground.channels.email.authorize import App, authorize_url, new_verifier, refresh_token_for
from dragoman.ground.channels.email.vendors import VENDORS, Vendor
from dragoman.kit.errors import NotFound, OutsideError, Refusal

from ...request import AgentRequest
from ..places import leads_only, show
from .forms import KEPT
from .wizard import AddressForm, report

STATES = "mailbox.authorizations"
PATIENCE = 15 * 60  # seconds from leaving for the vendor's page to coming back


def redirect_url(request: AgentRequest) -> str:
    """Return the address that the vendor must know us by."""
    here = settings.BASE_URL or f"{request.scheme}://{request.get_host()}"
    return here + reverse("settings_oauth_back")


class AppForm(forms.Form):
    """Our program's name at a mail house; an empty secret keeps the stored one."""

    client_id = forms.CharField(
        label=_("Client id"),
        max_length=400,
        widget=forms.TextInput(attrs={"autocomplete": "off", "dir": "ltr"}),
    )
    client_secret = forms.CharField(
        label=_("Client secret"),
        max_length=1000,
        required=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password", "dir": "ltr"}),
    )
    tenant = forms.RegexField(
        label=_("Directory (tenant) id"),
        regex=r"^[A-Za-z0-9.-]{0,100}$",
        required=False,
        help_text=_("Empty: any Microsoft account."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "dir": "ltr"}),
    )


def _vendor(name: str) -> Vendor:
    found = VENDORS.get(name)
    if found is None or not found.authorize_url:
        raise NotFound(_("There is no such mail house."))
    return found


@require_http_methods(["GET", "POST"])
@leads_only
def app(request: AgentRequest, vendor: str) -> HttpResponse:
    """Show how to make our program known at a house, and store its name."""
    house = _vendor(vendor)
    known = VendorApp.objects.filter(workspace_id=request.agent.workspace_id, vendor=vendor).first()
    first = {"client_id": known.client_id, "tenant": known.tenant} if known else {}
    form = AppForm(request.POST or None, initial=first)
    if known and known.sealed:
        form.fields["client_secret"].help_text = KEPT
    if request.method == "POST" and form.is_valid():
        keep_vendor_app(request.agent.workspace_id, vendor=vendor, **form.cleaned_data)
        messages.success(request, _now("Saved. Now connect a mailbox to try it."))
        address = request.GET.get("address", "")
        if address:
            return redirect(f"{reverse('settings_connect_mailbox')}?{request.GET.urlencode()}")
        return redirect("settings_connect_mailbox")
    return show(
        request,
        "vendor_app.html",
        place="mailboxes",
        up="/settings/mailboxes",
        status=422 if request.method == "POST" else 200,
        form=form,
        house=house,
        redirect_url=redirect_url(request),
    )


@require_POST
@leads_only
def leave(request: AgentRequest) -> HttpResponse:
    """Prepare the way to the vendor's page; a page of ours shows the link, as our policy lets no form lead away."""
    house = _vendor(request.POST.get("vendor", ""))
    ours = vendor_app(request.agent.workspace_id, house.name)
    again = request.POST.get("mailbox", "")
    if again.isdigit():
        box = connections_of(request.agent.workspace_id).filter(pk=int(again)).first()
        if box is None:
            raise NotFound(_("There is no such mailbox."))
        facts: dict[str, Any] = {"address": box.address, "brand": box.brand_id, "mailbox": box.pk}
    else:
        chosen = AddressForm(request, request.POST)
        if not chosen.is_valid():
            return show(
                request,
                "mailbox_begin.html",
                place="mailboxes",
                status=422,
                up="/settings/mailboxes",
                form=chosen,
            )
        facts = {"address": chosen.cleaned_data["address"], "brand": chosen.cleaned_data["brand"].pk}
    if ours is None:
        return redirect("settings_vendor_app", house.name)
    state, verifier = random.token_urlsafe(24), new_verifier()
    open_ones = {key: one for key, one in _states(request).items() if time.time() - one["at"] < PATIENCE}
    open_ones[state] = {**facts, "vendor": house.name, "verifier": verifier, "at": time.time()}
    request.session[STATES] = dict(list(open_ones.items())[-5:])
    href = authorize_url(
        ours, redirect=redirect_url(request), state=state, verifier=verifier, address=facts["address"]
    )
    return show(
        request,
        "mailbox_leave.html",
        place="mailboxes",
        up="/settings/mailboxes",
        href=href,
        house=house,
        **facts,
    )


def _states(request: AgentRequest) -> dict[str, dict[str, Any]]:
    return dict(request.session.get(STATES, {}))


@require_GET
@leads_only
def back(request: AgentRequest) -> HttpResponse:
    """Take the code that the vendor sends back, for the one who left with this state and nobody else."""
    states = _states(request)
    known = states.pop(request.GET.get("state", ""), None)
    request.session[STATES] = states
    if known is None or time.time() - known["at"] > PATIENCE:
        messages.error(request, _now("This permission was not asked for here, or too long ago. Begin again."))
        return redirect("settings_connect_mailbox")
    ours = vendor_app(request.agent.workspace_id, known["vendor"])
    if ours is None or "code" not in request.GET:
        said = request.GET.get("error_description") or request.GET.get("error", "")
        messages.error(
            request,
            _now("%(house)s did not let us in: %(words)s")
            % {"house": VENDORS[known["vendor"]].label, "words": said[:300]},
        )
        return redirect("settings_connect_mailbox")
    try:
        token = refresh_token_for(
            ours, code=request.GET["code"], redirect=redirect_url(request), verifier=known["verifier"]
        )
        return _connected(request, ours, known, token)
    except (OutsideError, Refusal) as error:
        messages.error(request, _now("The mailbox could not be connected: %(words)s") % {"words": str(error)})
        return redirect("settings_connect_mailbox")


def _connected(request: AgentRequest, ours: App, known: dict[str, Any], token: str) -> HttpResponse:
    shown, hidden = secrets_at(ours, known["address"], token)
    box = connections_of(request.agent.workspace_id).filter(pk=known.get("mailbox", 0)).first()
    if box is not None:
        change_mailbox(box, settings={**box.settings, **shown}, secrets={**hidden_of(box), **hidden})
    else:
        brand = brands_of(request.agent.workspace_id).get(pk=known["brand"])
        box = add_mailbox(brand, address=known["address"], settings=shown, secrets=hidden)
    report(request, box, try_mailbox(box))
    return redirect("settings_mailbox", box.pk)


def secrets_at(ours: App, address: str, token: str) -> tuple[dict[str, str], dict[str, str]]:
    """Return what a mailbox of this house needs: what may be shown, and what is sealed."""
    vendor = ours.vendor
    host, port, security = vendor.imap
    out_host, out_port, out_security = vendor.smtp
    scheme, query = {"tls": ("smtps", ""), "starttls": ("smtp", "?starttls=1")}.get(
        out_security, ("smtp", "?starttls=0")
    )
    user = address.replace("@", "%40")
    shown = {
        "vendor": vendor.name,
        "imap_host": host,
        "imap_port": str(port),
        "imap_security": security,
        "imap_user": address,
        "user": address,
        "token_url": ours.token_url,
        "client_id": ours.client_id,
        "scope": vendor.scope if "offline_access" in vendor.scope else "",
        "smtp": f"{scheme}://{user}@{out_host}:{out_port}{query}",
    }
    hidden = {"refresh_token": token, "client_secret": ours.client_secret}
    return {name: value for name, value in shown.items() if value}, {k: v for k, v in hidden.items() if v}

"""Connecting a mailbox step by step: the address, then the ways that fit its house, tried before they are stored."""

from typing import Any

from django import forms
from django.conf import settings as config
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from dragoman.core.accounts.models import Brand
from dragoman.core.accounts.queries import brands_of
from dragoman.core.connections.actions import add_mailbox
from dragoman.core.connections.models import Connection
from dragoman.core.connections.queries import find_mailbox, vendor_app
from dragoman.core.connections.trial import Step, try_mailbox, try_secrets
from dragoman.ground.channels.email.domain import Guess, guess_servers, new_resolver
from dragoman.ground.channels.email.vendors import Server
from dragoman.kit.errors import Refusal

from ...request import AgentRequest
from ..places import leads_only, show
from .forms import MailboxForm


class AddressForm(forms.Form):
    """Which address, and whose."""

    address = forms.EmailField(
        label=_("The address your customers write to"),
        max_length=254,
        widget=forms.EmailInput(
            attrs={"autocomplete": "off", "placeholder": "help@shop.example", "dir": "ltr"}
        ),
    )
    brand = forms.ModelChoiceField(label=_("Brand"), queryset=Brand.objects.none(), empty_label=None)

    def __init__(self, request: AgentRequest, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["brand"].queryset = brands_of(request.agent.workspace_id)  # type: ignore[attr-defined]

    def clean_address(self) -> str:
        """Refuse one that is connected already, here or elsewhere."""
        address = str(self.cleaned_data["address"]).strip()
        if "+" in address.partition("@")[0]:
            raise forms.ValidationError(_now("Give the plain address, without “+”."))
        found = find_mailbox(address)
        if found is not None and found.address == address.lower():
            raise forms.ValidationError(_now("This address is connected already."))
        return address


def first_values(guess: Guess, address: str) -> dict[str, Any]:
    """Return what the password form begins with."""

    def servers(prefix: str, server: Server | None) -> dict[str, Any]:
        host, port, security = server or ("", None, "tls" if prefix == "imap" else "starttls")
        return {f"{prefix}_host": host, f"{prefix}_port": port, f"{prefix}_security": security}

    return {
        **servers("imap", guess.imap),
        **servers("smtp", guess.smtp),
        "way_in": "imap",
        "log_in": "password",
        "way_out": "own" if guess.smtp else "installation",
        "imap_user": address,
        "smtp_user": address,
    }


@require_http_methods(["GET", "POST"])
@leads_only
def begin(request: AgentRequest) -> HttpResponse:
    """Ask for the address, look at its house, and show the ways."""
    if request.method == "GET" and "address" not in request.GET:
        return show(
            request,
            "mailbox_begin.html",
            place="mailboxes",
            up="/settings/mailboxes",
            form=AddressForm(request),
        )
    form = AddressForm(request, request.POST if request.method == "POST" else request.GET)
    if not form.is_valid():
        return show(
            request, "mailbox_begin.html", place="mailboxes", status=422, up="/settings/mailboxes", form=form
        )
    return ways(request, form.cleaned_data["address"], form.cleaned_data["brand"])


def ways(
    request: AgentRequest,
    address: str,
    brand: Brand,
    *,
    form: MailboxForm | None = None,
    steps: list[Step] | None = None,
) -> HttpResponse:
    """Show how this address can be connected, the best way first."""
    guess = guess_servers(address, new_resolver(config.DNS_SERVER))
    return show(
        request,
        "mailbox_ways.html",
        place="mailboxes",
        up="/settings/mailboxes/connect",
        status=422 if form else 200,
        address=address,
        brand=brand,
        guess=guess,
        oauth=guess.vendor if guess.vendor and guess.vendor.authorize_url else None,
        app=vendor_app(request.agent.workspace_id, guess.vendor.name) if guess.vendor else None,
        form=form or MailboxForm(initial=first_values(guess, address)),
        steps=steps,
    )


@require_POST
@leads_only
def with_password(request: AgentRequest) -> HttpResponse:
    """Try servers and password for real, and store them only if they work or if somebody says so."""
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
    address, brand = chosen.cleaned_data["address"], chosen.cleaned_data["brand"]
    data = request.POST.copy()
    data["way_in"], data["log_in"] = "imap", "password"
    # most houses take one password for both ways
    data.setdefault("smtp_user", data.get("imap_user", ""))
    if not data.get("smtp_password"):
        data["smtp_password"] = data.get("imap_password", "")
    data["way_out"] = "own" if data.get("smtp_host") else "installation"
    form = MailboxForm(data)
    if not form.is_valid():
        return ways(request, address, brand, form=form)
    settings, secrets = form.settings(), form.secrets()
    steps = try_secrets(
        {**settings, **secrets, "url": secrets.get("smtp") or settings.get("smtp") or config.MAIL_URL}
    )
    if not all(step.has_worked for step in steps) and "anyway" not in request.POST:
        return ways(request, address, brand, form=form, steps=steps)
    return _stored(request, brand, address, settings=settings, secrets=secrets)


@require_POST
@leads_only
def by_forwarding(request: AgentRequest) -> HttpResponse:
    """Take mail that the house forwards to an address of ours; answers go out by the installation's server."""
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
    address, brand = chosen.cleaned_data["address"], chosen.cleaned_data["brand"]
    return _stored(request, brand, address, settings={"forward": "1"}, secrets={})


def _stored(
    request: AgentRequest, brand: Brand, address: str, *, settings: dict[str, str], secrets: dict[str, str]
) -> HttpResponseRedirect:
    try:
        box = add_mailbox(brand, address=address, settings=settings, secrets=secrets)
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("settings_connect_mailbox")
    if settings.get("forward"):
        messages.success(request, _now("The mailbox is made. Now let its mail be forwarded, as shown below."))
    else:
        report(request, box, try_mailbox(box))
    return redirect("settings_mailbox", box.pk)


def report(request: AgentRequest, box: Connection, steps: list[Step]) -> None:
    """Say on the next page how the first trial went."""
    if all(step.has_worked for step in steps):
        messages.success(request, _now("The mailbox works: mail comes in and goes out."))
        return
    for step in steps:
        if not step.has_worked:
            messages.warning(request, f"{step.label}: {step.verdict}")

"""Payment accounts: who takes the money, how it fares, where its webhooks go."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from dragoman.core.commerce.actions.payments import (
    Given,
    change_payments,
    connect_payments,
    remove_payments,
    renew_payments_hook,
    switch_payments,
    try_payments,
)
from dragoman.core.commerce.models import PaymentAccount
from dragoman.core.commerce.paying import gateway_of, get_payment_account, payment_accounts_of, vendors
from dragoman.ground.providers.payments.ports import Gateway
from dragoman.kit.errors import NotFound, OutsideError, Refusal

from ...request import AgentRequest
from ..places import leads_only, show
from ..vendors import BADGES, VendorForm, hook_address, refuse


@require_GET
@leads_only
def payments(request: AgentRequest) -> HttpResponse:
    """List all payment accounts with how they fare."""
    known = vendors()
    rows = [(one, known[one.vendor].title) for one in payment_accounts_of(request.agent.workspace_id)]
    return show(request, "payments.html", place="payments", rows=rows, known=known, badges=BADGES)


@require_http_methods(["GET", "POST"])
@leads_only
def new(request: AgentRequest, vendor: str) -> HttpResponse:
    """Connect an account at a vendor."""
    gateway = vendors().get(vendor)
    if gateway is None:
        raise NotFound(_("There is no such payment vendor."))
    form = VendorForm(gateway.fields, request.POST or None, title=str(gateway.title))
    if request.method == "POST" and form.is_valid():
        try:
            row = connect_payments(request.agent, vendor=vendor, given=_given(form))
        except Refusal as refusal:
            refuse(form, refusal)
        else:
            messages.success(
                request, _("The account is connected. Test it now, and copy its address for webhooks.")
            )
            return redirect("settings_payment_account", row.pk)
    return _page(request, form, gateway)


@require_http_methods(["GET", "POST"])
@leads_only
def payment_account(request: AgentRequest, account_id: int) -> HttpResponse:
    """Show an account and store other settings or secrets."""
    found = get_payment_account(request.agent.workspace_id, account_id)
    gateway = gateway_of(found)
    form = VendorForm(
        gateway.fields, request.POST or None, title=found.title, known=found.settings, is_kept=True
    )
    if request.method == "POST" and form.is_valid():
        try:
            change_payments(request.agent, found, given=_given(form))
        except Refusal as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("The account is saved."))
            return redirect("settings_payment_account", found.pk)
    return _page(request, form, gateway, found=found)


def _given(form: VendorForm) -> Given:
    return Given(form.cleaned_data["title"], form.told())


def _page(
    request: AgentRequest, form: VendorForm, gateway: Gateway, *, found: PaymentAccount | None = None
) -> HttpResponse:
    return show(
        request,
        "payment.html",
        place="payments",
        up="/settings/payments",
        status=422 if form.is_bound else 200,
        form=form,
        kind=gateway.title,
        account=found,
        title=found.title if found else "",
        hook=hook_address(request, found.hook_key) if found else "",
        badges=BADGES,
    )


@require_POST
@leads_only
def test(request: AgentRequest, account_id: int) -> HttpResponse:
    """Ask the vendor what it calls the account, and say what came of it."""
    found = get_payment_account(request.agent.workspace_id, account_id)
    try:
        name = try_payments(request.agent, found)
    except OutsideError as error:
        messages.error(request, _("It does not work: %(why)s") % {"why": error})
    else:
        messages.success(request, _("It works. The vendor calls the account “%(name)s”.") % {"name": name})
    return redirect("settings_payment_account", found.pk)


@require_POST
@leads_only
def switch(request: AgentRequest, account_id: int) -> HttpResponse:
    """Give nothing back through an account any more, or again."""
    found = get_payment_account(request.agent.workspace_id, account_id)
    is_off = found.state == PaymentAccount.State.OFF
    switch_payments(request.agent, found, on=is_off)
    said = (
        _("Refunds go through the account again.")
        if is_off
        else _("No refund goes through the account any more.")
    )
    messages.success(request, said)
    return redirect("settings_payment_account", found.pk)


@require_POST
@leads_only
def new_address(request: AgentRequest, account_id: int) -> HttpResponse:
    """Give the webhooks another address."""
    found = get_payment_account(request.agent.workspace_id, account_id)
    renew_payments_hook(request.agent, found)
    messages.success(request, _("The old address is refused from now on: enter the new one at the vendor."))
    return redirect("settings_payment_account", found.pk)


@require_http_methods(["GET", "POST"])
@leads_only
def remove(request: AgentRequest, account_id: int) -> HttpResponse:
    """Say what goes with an account, then remove it."""
    found = get_payment_account(request.agent.workspace_id, account_id)
    if request.method == "POST":
        remove_payments(request.agent, found)
        messages.success(request, _("The account is removed, and its secrets are forgotten."))
        return redirect("settings_payments")
    return show(
        request, "payment_remove.html", place="payments", up=f"/settings/payments/{found.pk}", row=found
    )

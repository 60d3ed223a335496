"""Carriers: the accounts that are asked where parcels are, how they fare, what they told by themselves."""

from dataclasses import dataclass
from typing import Final

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from dragoman.core.commerce.actions.carrier_hooks import open_door, renew_door
from dragoman.core.commerce.actions.carriers import (
    add_carrier,
    change_carrier,
    remove_carrier,
    switch_carrier,
    try_carrier,
)
from dragoman.core.commerce.carrier_accounts import FAMILY, count_parcels, hooks_of
from dragoman.core.commerce.models import CarrierHook
from dragoman.core.connections.vendor_accounts import accounts_of, get_account
from dragoman.core.connections.vendor_models import VendorAccount
from dragoman.ground.providers.carriers.ports import Tracker, trackers
from dragoman.kit.errors import NotFound, OutsideError, Refusal

from ...request import AgentRequest
from ..places import leads_only, show
from ..vendors import BADGES, VendorForm, hook_address, refuse

_HOOK_KINDS: Final = {"done": "ok", "failed": "bad", "strange": "warn"}
_HOOKS_SHOWN: Final = 10


@dataclass(frozen=True)
class Row:
    """An account as its line in the list; `parcels` are those under way that it is asked for."""

    account: VendorAccount
    title: str
    parcels: int
    is_ours: bool


def _account(request: AgentRequest, account_id: int) -> tuple[VendorAccount, Tracker]:
    account = get_account(request.agent.workspace_id, account_id, family=FAMILY)
    if account.vendor not in trackers:
        raise NotFound(_("There is no such account."))
    return account, trackers[account.vendor]


@require_GET
@leads_only
def carriers(request: AgentRequest) -> HttpResponse:
    """List all accounts, and who else can be asked."""
    rows = [
        Row(one, trackers[one.vendor].title, count_parcels(one), True)
        if one.vendor in trackers
        else Row(one, one.vendor, 0, False)
        for one in accounts_of(request.agent.workspace_id, family=FAMILY)
    ]
    known = sorted(trackers.items(), key=lambda one: one[1].title.lower())
    return show(
        request,
        "carriers.html",
        place="carriers",
        rows=rows,
        own=[one for one in known if one[1].carriers],
        many=[one for one in known if not one[1].carriers],
        badges=BADGES,
    )


@require_http_methods(["GET", "POST"])
@leads_only
def new(request: AgentRequest, vendor: str) -> HttpResponse:
    """Add an account at a carrier or an aggregator."""
    if vendor not in trackers:
        raise NotFound(_("There is no such carrier."))
    tracker = trackers[vendor]
    form = VendorForm(tracker.fields, request.POST or None, title=str(tracker.title))
    if request.method == "POST" and form.is_valid():
        try:
            account = add_carrier(
                request.agent.workspace_id, vendor=vendor, name=form.cleaned_data["title"], given=form.told()
            )
        except Refusal as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("The account is added. Try it now."))
            return redirect("settings_carrier", account.pk)
    return _page(request, form, tracker)


@require_http_methods(["GET", "POST"])
@leads_only
def carrier(request: AgentRequest, account_id: int) -> HttpResponse:
    """Show an account and store another name, settings or secrets."""
    found, tracker = _account(request, account_id)
    form = VendorForm(
        tracker.fields, request.POST or None, title=found.name, known=found.settings, is_kept=True
    )
    if request.method == "POST" and form.is_valid():
        try:
            change_carrier(found, name=form.cleaned_data["title"], given=form.told())
        except Refusal as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("The account is saved."))
            return redirect("settings_carrier", found.pk)
    return _page(request, form, tracker, found=found)


def _page(
    request: AgentRequest, form: VendorForm, tracker: Tracker, *, found: VendorAccount | None = None
) -> HttpResponse:
    door = open_door(found) if found else None
    hooks: list[CarrierHook] = list(hooks_of(found).defer("sealed")[:_HOOKS_SHOWN]) if found and door else []
    return show(
        request,
        "carrier.html",
        place="carriers",
        up="/settings/carriers",
        status=422 if form.is_bound else 200,
        form=form,
        kind=tracker.title,
        account=found,
        title=found.name if found else "",
        parcels=count_parcels(found) if found else 0,
        door=door,
        hook=hook_address(request, door.hook_key) if door else "",
        hooks=hooks,
        badges=BADGES,
        hook_badges=_HOOK_KINDS,
    )


@require_POST
@leads_only
def test(request: AgentRequest, account_id: int) -> HttpResponse:
    """Ask whether an account opens, and say what came of it."""
    found, _tracker = _account(request, account_id)
    try:
        try_carrier(found)
    except OutsideError as error:
        messages.error(request, _("It does not work: %(why)s") % {"why": error})
    else:
        messages.success(request, _("It works. The carrier took the account."))
    return redirect("settings_carrier", found.pk)


@require_POST
@leads_only
def switch(request: AgentRequest, account_id: int) -> HttpResponse:
    """Ask an account no more, or again."""
    found, _tracker = _account(request, account_id)
    is_off = found.state == VendorAccount.State.OFF
    switch_carrier(found, is_on=is_off)
    messages.success(
        request, _("The carrier is asked again.") if is_off else _("The carrier is no longer asked.")
    )
    return redirect("settings_carrier", found.pk)


@require_POST
@leads_only
def new_address(request: AgentRequest, account_id: int) -> HttpResponse:
    """Give the webhooks another address."""
    found, _tracker = _account(request, account_id)
    renew_door(found)
    messages.success(request, _("The old address is refused from now on: give the new one to your carrier."))
    return redirect("settings_carrier", found.pk)


@require_http_methods(["GET", "POST"])
@leads_only
def remove(request: AgentRequest, account_id: int) -> HttpResponse:
    """Say what goes with an account, then forget it."""
    found = get_account(request.agent.workspace_id, account_id, family=FAMILY)
    if request.method == "POST":
        remove_carrier(request.agent.workspace_id, found.pk)
        messages.success(request, _("The account is removed, and its secrets are forgotten."))
        return redirect("settings_carriers")
    return show(request, "carrier_remove.html", place="carriers", up="/settings/carriers", account=found)

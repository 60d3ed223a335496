"""Shops: where brands sell, how far each was read, what it told last."""

from dataclasses import dataclass
from datetime import datetime

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from dragoman.core.accounts.queries import brands_of
from dragoman.core.commerce.actions.reading import begin_sync
from dragoman.core.commerce.actions.shops import (
    change_shop,
    connect_shop,
    disconnect_shop,
    renew_hook,
    switch_shop,
    try_shop,
)
from dragoman.core.commerce.connecting import connector_of, connectors, is_asked
from dragoman.core.commerce.models import Shop, ShopSync
from dragoman.core.commerce.queries import failed_hooks, get_shop, last_orders, shops_of, syncs_of
from dragoman.core.commerce.trials import Trial, try_mapping
from dragoman.ground.providers.shops.ports import Connector, OnlyTells
from dragoman.kit.errors import NotFound, OutsideError, Refusal

from ...request import AgentRequest
from ..places import leads_only, show
from ..vendors import BADGES, hook_address, refuse
from .forms import ShopForm

MOST_SAMPLE = 200_000


@dataclass(frozen=True)
class Row:
    """A shop as its line in the list."""

    shop: Shop
    kind: str
    newest: datetime | None
    reading: ShopSync | None
    only_tells: bool


def _shop(request: AgentRequest, shop_id: int) -> tuple[Shop, Connector]:
    shop = get_shop(request.agent.workspace_id, shop_id)
    connector = connector_of(shop)
    if connector is None or shop.account is None:
        raise NotFound(_("There is no such shop."))
    return shop, connector


def _connectable() -> dict[str, Connector]:
    """Return the kinds of shop that a person connects: those that ask for something."""
    return {name: one for name, one in connectors().items() if one.fields}


@require_GET
@leads_only
def shops(request: AgentRequest) -> HttpResponse:
    """List all shops with how they fare."""
    workspace_id = request.agent.workspace_id
    known, newest, syncs = connectors(), last_orders(workspace_id), syncs_of(workspace_id)
    rows = [
        Row(
            one,
            str(known[one.kind].title) if one.kind in known else _("Sends its orders over the API"),
            newest.get(one.pk),
            syncs.get(one.pk, {}).get(ShopSync.Kind.BACKFILL),
            isinstance(known.get(one.kind), OnlyTells),
        )
        for one in shops_of(workspace_id).select_related("brand")
    ]
    return show(request, "shops.html", place="shops", rows=rows, known=_connectable(), badges=BADGES)


@require_http_methods(["GET", "POST"])
@leads_only
def new(request: AgentRequest, kind: str) -> HttpResponse:
    """Connect a shop of a kind."""
    connector = _connectable().get(kind)
    if connector is None:
        raise NotFound(_("There is no such kind of shop."))
    brands = list(brands_of(request.agent.workspace_id))
    if "try" in request.POST:
        form = ShopForm(connector, brands, typed=request.POST)
        return _page(request, form, connector, trial=_tried(request))
    form = ShopForm(connector, brands, request.POST or None)
    if request.method == "POST" and form.is_valid():
        brand = next(one for one in brands if str(one.pk) == form.cleaned_data["brand"])
        try:
            shop = connect_shop(request.agent, brand, kind=kind, given=form.given())
        except Refusal as refusal:
            refuse(form, refusal)
        else:
            if isinstance(connector, OnlyTells):
                said = _("The shop is connected. Let the system post to the address below.")
            else:
                said = _("The shop is connected, and its orders are being read. Test it now.")
            messages.success(request, said)
            return redirect("settings_shop", shop.pk)
    return _page(request, form, connector)


@require_http_methods(["GET", "POST"])
@leads_only
def shop(request: AgentRequest, shop_id: int) -> HttpResponse:
    """Show a shop and store other settings or secrets."""
    found, connector = _shop(request, shop_id)
    if "try" in request.POST:
        form = ShopForm(connector, [], shop=found, typed=request.POST)
        return _page(request, form, connector, found=found, trial=_tried(request))
    form = ShopForm(connector, [], request.POST or None, shop=found)
    if request.method == "POST" and form.is_valid():
        try:
            change_shop(request.agent, found, given=form.given())
        except Refusal as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("The shop is saved."))
            return redirect("settings_shop", found.pk)
    return _page(request, form, connector, found=found)


def _tried(request: AgentRequest) -> Trial:
    """Say what the sample that was pasted would become, by the mapping as it is typed now."""
    return try_mapping(request.POST.get("sample", "")[:MOST_SAMPLE], request.POST.get("mapping", ""))


def _page(
    request: AgentRequest,
    form: ShopForm,
    connector: Connector,
    *,
    found: Shop | None = None,
    trial: Trial | None = None,
) -> HttpResponse:
    syncs = syncs_of(request.agent.workspace_id).get(found.pk, {}) if found else {}
    return show(
        request,
        "shop.html",
        place="shops",
        up="/settings/shops",
        status=422 if form.is_bound else 200,
        form=form,
        kind=connector.title,
        only_tells=isinstance(connector, OnlyTells),
        trial=trial,
        sample=request.POST.get("sample", "")[:MOST_SAMPLE],
        failed=failed_hooks(request.agent.workspace_id, found.pk) if found else [],
        account=found,
        title=found.title if found else "",
        reading=syncs.get(ShopSync.Kind.BACKFILL),
        hook=hook_address(request, found.hook_key) if found and _is_hooked(connector) else "",
        badges=BADGES,
    )


def _is_hooked(connector: Connector) -> bool:
    """Say whether a kind of shop tells of changes by itself."""
    return any(one.name == "hook_secret" for one in connector.fields)


@require_POST
@leads_only
def test(request: AgentRequest, shop_id: int) -> HttpResponse:
    """Ask the shop for its name, and say what came of it."""
    found, connector = _shop(request, shop_id)
    if isinstance(connector, OnlyTells):
        raise NotFound(_("There is no such shop."))
    try:
        name = try_shop(request.agent, found)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    except OutsideError as error:
        messages.error(request, _("It does not work: %(why)s") % {"why": error})
    else:
        messages.success(request, _("It works. The shop calls itself “%(name)s”.") % {"name": name})
    return redirect("settings_shop", found.pk)


@require_POST
@leads_only
def read_again(request: AgentRequest, shop_id: int) -> HttpResponse:
    """Read all orders of a shop once more."""
    found, _connector = _shop(request, shop_id)
    if not is_asked(found):
        raise NotFound(_("There is no such shop."))
    begin_sync(found, kind=ShopSync.Kind.BACKFILL)
    messages.success(request, _("Its orders are being read."))
    return redirect("settings_shop", found.pk)


@require_POST
@leads_only
def switch(request: AgentRequest, shop_id: int) -> HttpResponse:
    """Ask a shop no more, or again."""
    found, connector = _shop(request, shop_id)
    is_off = found.state == Shop.State.OFF
    switch_shop(request.agent, found, on=is_off)
    if isinstance(connector, OnlyTells):
        messages.success(request, _("It is switched on.") if is_off else _("It is switched off."))
        return redirect("settings_shop", found.pk)
    messages.success(request, _("The shop is asked again.") if is_off else _("The shop is no longer asked."))
    return redirect("settings_shop", found.pk)


@require_POST
@leads_only
def new_address(request: AgentRequest, shop_id: int) -> HttpResponse:
    """Give the webhooks another address."""
    found, _connector = _shop(request, shop_id)
    renew_hook(request.agent, found)
    messages.success(request, _("The old address is refused from now on: paste the new one into your shop."))
    return redirect("settings_shop", found.pk)


@require_http_methods(["GET", "POST"])
@leads_only
def remove(request: AgentRequest, shop_id: int) -> HttpResponse:
    """Say what goes with a shop, then disconnect it."""
    found, _connector = _shop(request, shop_id)
    if request.method == "POST":
        disconnect_shop(request.agent, found)
        messages.success(request, _("The shop is disconnected, and its secrets are forgotten."))
        return redirect("settings_shops")
    return show(request, "shop_remove.html", place="shops", up=f"/settings/shops/{found.pk}", shop=found)

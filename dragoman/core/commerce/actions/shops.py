"""Shops of a brand: connected, changed, tried, disconnected; or made by the first order that the API brings."""

import secrets as random
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import urlsplit

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dragoman.core.accounts.models import Agent, Brand
from dragoman.core.connections.vendor_accounts import (
    Place,
    Terms,
    add_account,
    change_account,
    remove_account,
)
from dragoman.ground.events.actions import publish
from dragoman.ground.providers.shops.ports import Connector, OnlyTells, Picky
from dragoman.kit.errors import OutsideError, Refusal

from ..connecting import FAMILY, account_of, connector_of, connectors, is_asked, is_reachable, private_words
from ..errors import NotForAgents
from ..events import ShopChanged
from ..models import Shop, ShopSync
from .reading import begin_sync

API: Final = "api"


@dataclass(frozen=True)
class Given:
    """What a person says of a shop: its name here, and a value for each field of its connector."""

    title: str
    values: Mapping[str, str] = field(default_factory=dict)


@transaction.atomic
def shop_of_the_api(brand: Brand) -> Shop:
    """Return the shop that stands for whatever sends a brand's orders over the API; made when it is first asked for."""
    shop, made = Shop.objects.get_or_create(
        workspace_id=brand.workspace_id,
        brand=brand,
        kind=API,
        address="",
        defaults={"title": brand.name, "state": Shop.State.WORKING},
    )
    if made:
        publish(ShopChanged(shop_id=shop.pk))
    return shop


def connect_shop(agent: Agent, brand: Brand, *, kind: str, given: Given) -> Shop:
    """Connect a shop and begin to read all of it; for leads and owners.

    Raises Refusal `no_such_shop`, `bad_field` (`field` in its details), `shop_taken`.
    """
    _lead(agent)
    connector = connectors().get(kind)
    if connector is None or not connector.fields:
        raise Refusal(_("Choose one of the kinds of shop."), code="no_such_shop", status=422)
    address, shown, hidden = _sorted(connector, given.values)
    key = random.token_urlsafe(24)
    try:
        with transaction.atomic():
            account = add_account(
                brand.workspace_id,
                family=FAMILY,
                place=Place(vendor=kind, address=address[:200], secrets=hidden),
                terms=Terms(name=f"{brand.slug} {kind} {key[:12]}"[:80]),
            )
            facts = {
                "title": given.title.strip()[:120] or str(connector.title),
                "account": account,
                "settings": shown,
                "hook_key": key,
                "state": Shop.State.NEW,
                "last_error": "",
            }
            shop = _free(brand, kind=kind, address=address, facts=facts)
            publish(ShopChanged(shop_id=shop.pk))
            if is_asked(shop):
                begin_sync(shop, kind=ShopSync.Kind.BACKFILL)
    except IntegrityError:
        raise Refusal(_("This shop is connected already."), code="shop_taken", status=409) from None
    return shop


def _free(brand: Brand, *, kind: str, address: str, facts: Mapping[str, Any]) -> Shop:
    """Return a new shop, or the one that was disconnected, with its orders; IntegrityError where it is connected."""
    place = {"workspace_id": brand.workspace_id, "brand": brand, "kind": kind, "address": address}
    gone = Shop.objects.filter(**place, account=None, hook_key="")
    if gone.update(**facts):
        return Shop.objects.get(**place)
    return Shop.objects.create(**place, **facts)


def change_shop(agent: Agent, shop: Shop, *, given: Given) -> None:
    """Store another name, settings or secrets; a secret left empty stays. Raises Refusal `bad_field`."""
    _lead(agent)
    connector = connector_of(shop)
    if connector is None:
        raise Refusal(_("This shop sends its orders by itself."), code="no_such_shop", status=422)
    address, shown, hidden = _sorted(connector, given.values, kept=shop)
    with transaction.atomic():
        if hidden and shop.account is not None:
            change_account(shop.account, terms=Terms(name=shop.account.name), secrets=hidden)
        shop.title = given.title.strip()[:120] or shop.title
        shop.address, shop.settings = address, shown
        shop.state, shop.last_error = Shop.State.NEW, ""
        try:
            with transaction.atomic():
                shop.save(update_fields=["title", "address", "settings", "state", "last_error"])
        except IntegrityError:
            raise Refusal(_("This shop is connected already."), code="shop_taken", status=409) from None
        ShopSync.objects.filter(workspace_id=shop.workspace_id, shop=shop, running=True).update(
            due_at=timezone.now(), attempts=0
        )
        publish(ShopChanged(shop_id=shop.pk))


def try_shop(agent: Agent, shop: Shop) -> str:
    """Ask the shop for its name, and note what came of it; raises OutsideError with its words."""
    _lead(agent)
    connector = connector_of(shop)
    if connector is None or isinstance(connector, OnlyTells):
        raise Refusal(_("This shop sends its orders by itself."), code="no_such_shop", status=422)
    try:
        name = connector.check(account_of(shop))
    except OutsideError as error:
        note_shop(shop, error=str(error))
        raise
    note_shop(shop)
    return name


def note_shop(shop: Shop, *, error: str = "") -> None:
    """Note how the last call went; what is switched off stays so."""
    mine = Shop.objects.filter(workspace_id=shop.workspace_id, pk=shop.pk).exclude(state=Shop.State.OFF)
    if error:
        mine.update(state=Shop.State.FAILING, last_error=error[:500])
    else:
        mine.update(state=Shop.State.WORKING, last_error="", last_worked_at=timezone.now())


@transaction.atomic
def switch_shop(agent: Agent, shop: Shop, *, on: bool) -> None:
    """Ask a shop no more, or again; its webhooks are kept and read when it is on."""
    _lead(agent)
    state = Shop.State.NEW if on else Shop.State.OFF
    Shop.objects.filter(workspace_id=shop.workspace_id, pk=shop.pk).update(state=state, last_error="")
    publish(ShopChanged(shop_id=shop.pk))


@transaction.atomic
def disconnect_shop(agent: Agent, shop: Shop) -> None:
    """Forget how a shop is reached; the orders that came from it stay, as ones that nobody brings up to date."""
    _lead(agent)
    account = shop.account
    ShopSync.objects.filter(workspace_id=shop.workspace_id, shop=shop).update(running=False)
    Shop.objects.filter(workspace_id=shop.workspace_id, pk=shop.pk).update(
        account=None, hook_key="", state=Shop.State.OFF, last_error=""
    )
    if account is not None:
        remove_account(account)
    publish(ShopChanged(shop_id=shop.pk))


@transaction.atomic
def renew_hook(agent: Agent, shop: Shop) -> None:
    """Give the webhooks of a shop another address; the old one is refused from now on."""
    _lead(agent)
    Shop.objects.filter(workspace_id=shop.workspace_id, pk=shop.pk).update(hook_key=random.token_urlsafe(24))
    publish(ShopChanged(shop_id=shop.pk))


def _lead(agent: Agent) -> None:
    if not agent.can_lead:
        raise NotForAgents


def _sorted(
    connector: Connector, values: Mapping[str, str], *, kept: Shop | None = None
) -> tuple[str, dict[str, str], dict[str, str]]:
    """Sort what was given into address, settings and secrets; raises Refusal `bad_field`."""
    told = {one.name: str(values.get(one.name) or "").strip() for one in connector.fields}
    for one in connector.fields:
        if one.required and not told[one.name] and not (one.secret and kept is not None):
            raise _bad(one.name, _("%(field)s is missing.") % {"field": one.label})
        if len(told[one.name]) > 5000:
            raise _bad(one.name, _("That is too long."))
    if isinstance(connector, Picky):
        for name, why in connector.faults(told).items():
            raise _bad(name, why)
    address = told.pop("address", "")
    if address:
        parts = urlsplit(address)
        if parts.scheme not in {"http", "https"} or not parts.hostname or len(address) > 200:
            raise _bad("address", _("The address of the shop begins with https:// and names a machine."))
        if not isinstance(connector, OnlyTells) and not is_reachable(parts.hostname):
            raise _bad("address", private_words(address))
        address = address.rstrip("/")
    hidden = {one.name: told[one.name] for one in connector.fields if one.secret and told.get(one.name)}
    shown = {one.name: told[one.name] for one in connector.fields if not one.secret and told.get(one.name)}
    return address, shown, hidden


def _bad(name: str, words: object) -> Refusal:
    return Refusal(words, code="bad_field", status=422, details={"field": name})

"""How a shop is reached: its connector and its account."""

import ipaddress
import re
import socket
from functools import lru_cache
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from dragoman.core.connections.vendor_accounts import vendor_secrets
from dragoman.ground.providers.shops.ports import Account, Connector, OnlyTells, shops
from dragoman.kit import seal
from dragoman.kit.errors import Rejected
from dragoman.kit.guarded import is_public
from dragoman.kit.registry import discover

from .models import Shop

FAMILY = "shops"
_SEPARATORS = re.compile(r"[\s,]+")


@lru_cache(maxsize=1)
def _discover() -> None:
    discover("dragoman.ground.providers.shops")


def connectors() -> dict[str, Connector]:
    """Return every kind of shop that can be connected, by its name."""
    _discover()
    return dict(shops.items())


def connector_of(shop: Shop) -> Connector | None:
    """Return what speaks to a shop; None where it only tells us (kind `api`)."""
    return connectors().get(shop.kind)


def is_asked(shop: Shop) -> bool:
    """Say whether a shop is connected and can be asked for its orders."""
    connector = connector_of(shop)
    return connector is not None and shop.account_id is not None and not isinstance(connector, OnlyTells)


def asked_kinds() -> list[str]:
    """Return the kinds of shops that can be asked for their orders."""
    return [name for name, one in connectors().items() if not isinstance(one, OnlyTells)]


def account_of(shop: Shop) -> Account:
    """Return a shop's account to be called; raises Rejected where it cannot be opened, or its machine is not ours."""
    if shop.address and not is_reachable(urlsplit(shop.address).hostname or ""):
        raise Rejected(private_words(shop.address))
    return opened_account(shop)


def opened_account(shop: Shop) -> Account:
    """Return a shop's account with what opens it; raises Rejected where its secrets cannot be opened."""
    try:
        secrets = vendor_secrets(shop.account) if shop.account is not None else {}
    except seal.Broken:
        raise Rejected(str(_("The secrets of this shop cannot be opened: type them again."))) from None
    return Account(shop.address, secrets, {name: str(value) for name, value in shop.settings.items()})


def private_words(address: str) -> str:
    """Say why a machine is not asked."""
    words = _(
        "%(host)s is on a private network: whoever runs this installation names it in SHOPS_OURS first."
    )
    return str(words % {"host": urlsplit(address).hostname or address})


def is_reachable(host: str) -> bool:
    """Say whether a workspace may name this machine: a public one, or one that the operator names in SHOPS_OURS.

    A name without an address passes: there is nothing behind it to be asked.
    """
    if not host or _is_ours(host):
        return True
    try:
        found = {str(each[4][0]) for each in socket.getaddrinfo(host.strip("[]"), None)}
    except (OSError, UnicodeError):
        return True
    return all(is_public(address) or _is_ours(address) for address in found)


def _is_ours(host: str) -> bool:
    host = host.strip("[]").lower()
    for named in filter(None, _SEPARATORS.split(settings.SHOPS_OURS.lower())):
        if host == named:
            return True
        try:
            if ipaddress.ip_address(host) in ipaddress.ip_network(named, strict=False):
                return True
        except ValueError:
            continue
    return False

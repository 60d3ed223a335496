"""Which engines are at home: on this machine, or at an address that whoever runs the installation calls ours."""

import ipaddress
import re
import socket
from collections.abc import Iterator
from urllib.parse import urlsplit

from django.conf import settings

from dragoman.ground.providers.translation.ports import Translator
from dragoman.kit.guarded import is_public
from dragoman.kit.hosts import is_loopback

_SEPARATORS = re.compile(r"[\s,]+")


def _ours() -> Iterator[str]:
    """Yield the names, addresses and networks of TRANSLATOR_OURS."""
    yield from filter(None, _SEPARATORS.split(settings.TRANSLATOR_OURS.lower()))


def is_ours(host: str) -> bool:
    """Say whether the operator named a host, or a network that holds its address."""
    host = host.strip("[]").lower()
    for named in _ours():
        if host == named:
            return True
        try:
            if ipaddress.ip_address(host) in ipaddress.ip_network(named, strict=False):
                return True
        except ValueError:
            continue
    return False


def is_at_home(url: str, engine: Translator) -> bool:
    """Say whether a text given to this engine stays in the house."""
    host = urlsplit(url).hostname or ""
    return engine.local or (bool(host) and (is_loopback(host) or is_ours(host)))


def is_reachable_for_workspaces(host: str) -> bool:
    """Say whether a workspace may name this host: a public machine, or one that the operator calls ours.

    Nobody else's machines on the operator's network are asked because a workspace says so. A name without an address
    passes: there is nothing behind it to be asked.
    """
    if not host or is_ours(host):
        return True
    try:
        found = {str(each[4][0]) for each in socket.getaddrinfo(host.strip("[]"), None)}
    except (OSError, UnicodeError):
        return True
    return all(is_public(address) or is_ours(address) for address in found)

"""Sending a push to one browser: encrypted, signed, and never to an address inside the house."""

import hashlib
import ipaddress
import json
import socket
import time
from collections.abc import Mapping
from email.utils import parseaddr
from typing import Any
from urllib.parse import urlsplit

import httpx
from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from dragoman.kit import seal, web_push
from dragoman.kit.errors import OutsideError, Refusal

from .models import PushSubscription

DAY = 24 * 3600
VALID = 12 * 3600  # seconds a signed token may be used
WAIT = 10.0  # seconds
LONGEST = 2000


class Gone(Exception):
    """The push service says that this subscription is over (404 or 410)."""


def vapid_key() -> EllipticCurvePrivateKey:
    """Return the installation's key, derived from its secret: nothing to store, the same on every machine."""
    return web_push.private_key(seal.derived_key(settings.SECRET_KEY, "web push"))


def application_server_key() -> str:
    """Return what a browser subscribes with."""
    return web_push.encode(web_push.public_point(vapid_key()))


def contact() -> str:
    """Return how a push service reaches whoever runs this (RFC 8292 2.1)."""
    address = parseaddr(settings.MAIL_FROM)[1]
    if address:
        return f"mailto:{address}"
    return settings.BASE_URL if settings.BASE_URL.startswith("https://") else "mailto:dragoman@localhost"


def check_endpoint(endpoint: str) -> None:
    """Refuse what cannot be a push service: not https, or too long; while developing, this machine may be one."""
    try:
        parts = urlsplit(endpoint)
        port, host = parts.port, parts.hostname or ""
    except ValueError:
        parts, port, host = urlsplit(""), None, ""
    own = settings.DEBUG and host in {"127.0.0.1", "localhost"}
    if not own and (parts.scheme != "https" or not host or port not in {None, 443} or "@" in parts.netloc):
        raise Refusal(_("This browser gave no address for pushes."), code="bad_endpoint", status=422)
    if len(endpoint) > LONGEST:
        raise Refusal(_("This browser gave no address for pushes."), code="bad_endpoint", status=422)


def _check_outside(endpoint: str) -> None:
    """Refuse a name that leads into our own network: whoever logs in must not send us there."""
    host = urlsplit(endpoint).hostname or ""
    if settings.DEBUG:
        return
    try:
        found = {str(entry[4][0]) for entry in socket.getaddrinfo(host, 443, type=socket.SOCK_STREAM)}
    except OSError as error:
        raise OutsideError(f"the push service {host} has no address") from error
    if not all(ipaddress.ip_address(address.partition("%")[0]).is_global for address in found):
        raise OutsideError(f"the push service {host} is inside our own network", permanent=True)


def send_push(subscription: PushSubscription, payload: Mapping[str, Any], *, topic: str = "") -> None:
    """Send one message; a later one with the same topic replaces it while the browser is away (RFC 8030 5.4).

    Raises Gone where the subscription is over, OutsideError where the service does not take it now.
    """
    _check_outside(subscription.endpoint)
    keys = web_push.keys_of(subscription.p256dh, subscription.auth)
    body = web_push.encrypt(json.dumps(payload, ensure_ascii=False).encode(), keys)
    expires = int(time.time()) + VALID
    headers = {
        "Authorization": web_push.authorization(
            subscription.endpoint, vapid_key(), subject=contact(), expires=expires
        ),
        "Content-Encoding": "aes128gcm",
        "Content-Type": "application/octet-stream",
        "TTL": str(DAY),
        "Urgency": "normal",
    }
    if topic:
        headers["Topic"] = web_push.encode(hashlib.sha256(topic.encode()).digest())[:32]
    try:
        answer = httpx.post(subscription.endpoint, content=body, headers=headers, timeout=WAIT)
    except httpx.HTTPError as error:
        raise OutsideError(f"the push service does not answer: {error}") from error
    if answer.status_code in {404, 410}:
        raise Gone
    if answer.status_code >= 400:
        permanent = answer.status_code < 500 and answer.status_code != 429
        raise OutsideError(f"the push service answered {answer.status_code}", permanent=permanent)

"""Whether passkeys can work at the address somebody uses."""

import ipaddress

from django.http import HttpRequest
from django.http.request import split_domain_port
from django.utils.translation import gettext as _


def obstacle_to_passkeys(request: HttpRequest) -> str:
    """Say why this address cannot have passkeys, or nothing (WebAuthn: a host name, and https or localhost)."""
    host, port = split_domain_port(request.get_host())
    name = host.strip("[]")
    if _is_number(name):
        if ipaddress.ip_address(name).is_loopback:
            return _(
                "Passkeys need a host name, and %(host)s is a number. Open http://localhost%(port)s instead."
            ) % {"host": name, "port": f":{port}" if port else ""}
        return _("Passkeys need a host name, and %(host)s is a number. Use the name of this server.") % {
            "host": name
        }
    if not request.is_secure() and name != "localhost" and not name.endswith(".localhost"):
        return _("Passkeys need https. Ask whoever runs this installation to set it up.")
    return ""


def _is_number(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True

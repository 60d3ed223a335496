"""Names and addresses of machines."""

import ipaddress


def is_loopback(host: str) -> bool:
    """Say whether a host name or address is this machine itself: what goes there crosses no network."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False

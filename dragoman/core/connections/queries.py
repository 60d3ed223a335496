"""Asking about connections. Mail servers ask for an address before anybody knows the workspace."""

from django.db.models import QuerySet

from dragoman.ground.channels.email.authorize import App
from dragoman.ground.channels.email.vendors import VENDORS
from dragoman.kit import workspace
from dragoman.kit.address import normal_email
from dragoman.kit.errors import Refusal

from .forwarding import number_in
from .models import Connection, VendorApp
from .secrets import opened


def connections_of(workspace_id: int, *, channel: str = "email") -> QuerySet[Connection]:
    """All accounts of a workspace on one channel, oldest first."""
    return (
        Connection.objects.filter(workspace_id=workspace_id, channel=channel)
        .select_related("brand")
        .order_by("id")
    )


def plain_address(value: str) -> str:
    """Return a mail address without its plus part, normalised, or an empty string for none."""
    try:
        local, _at, domain = normal_email(value).rpartition("@")
    except Refusal:
        return ""
    return f"{local.partition('+')[0]}@{domain}"


def find_mailbox(value: str) -> Connection | None:
    """Find the mailbox, of any workspace, that takes mail for an address (plus parts are ours too)."""
    address = plain_address(value)
    if not address:
        return None
    number = number_in(address)
    with workspace.everywhere(reason="find the mailbox of an address"):
        boxes = Connection.objects.filter(channel="email").exclude(state=Connection.State.OFF)
        found = boxes.filter(address=address).first()
        return found or (boxes.filter(pk=number).first() if number else None)


def vendor_app(workspace_id: int, vendor: str) -> App | None:
    """Find our program at a mail house, as this workspace made it there."""
    found = VendorApp.objects.filter(workspace_id=workspace_id, vendor=vendor).first()
    if found is None or vendor not in VENDORS:
        return None
    secret = opened(workspace_id, found.sealed).get("client_secret", "")
    return App(VENDORS[vendor], found.client_id, secret, found.tenant or "common")


def mailboxes_to_fetch() -> list[Connection]:
    """Return every mailbox, of all workspaces, that is read by IMAP."""
    with workspace.everywhere(reason="fetch mail of every workspace"):
        found = Connection.objects.filter(channel="email").exclude(state=Connection.State.OFF)
        return [box for box in found.order_by("id") if box.settings.get("imap_host")]


def mailboxes_with_tokens() -> list[Connection]:
    """Return every mailbox, of all workspaces, that logs in by a token."""
    with workspace.everywhere(reason="renew the tokens of every workspace"):
        found = Connection.objects.filter(channel="email").exclude(state=Connection.State.OFF)
        return [box for box in found.order_by("id") if box.settings.get("token_url")]

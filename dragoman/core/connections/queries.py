"""Asking about connections. Mail servers ask for an address before anybody knows the workspace."""

from django.db.models import QuerySet

from dragoman.kit import workspace
from dragoman.kit.address import normal_email
from dragoman.kit.errors import Refusal

from .models import Connection


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
    with workspace.everywhere(reason="find the mailbox of an address"):
        found = Connection.objects.filter(channel="email", address=address)
        return found.exclude(state=Connection.State.OFF).first()


def mailboxes_to_fetch() -> list[Connection]:
    """Return every mailbox, of all workspaces, that is read by IMAP."""
    with workspace.everywhere(reason="fetch mail of every workspace"):
        found = Connection.objects.filter(channel="email").exclude(state=Connection.State.OFF)
        return [box for box in found.order_by("id") if box.settings.get("imap_host")]

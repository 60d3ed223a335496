"""Changing a workspace's accounts outside, and noting how they fare."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dragoman.core.accounts.models import Brand
from dragoman.kit.address import normal_email
from dragoman.kit.errors import Refusal

from .models import Connection, StoredAnswer, VendorApp
from .secrets import hidden_of, sealed_secrets


def add_mailbox(
    brand: Brand,
    *,
    address: str,
    name: str = "",
    settings: dict[str, Any] | None = None,
    secrets: dict[str, str] | None = None,
) -> Connection:
    """Connect a mail address of a brand; an address serves one mailbox in the whole installation."""
    normal = normal_email(address)
    if "+" in normal.partition("@")[0]:
        raise Refusal(_("Give the plain address, without “+”."), code="bad_email", status=422)
    try:
        with transaction.atomic():
            return Connection.objects.create(
                workspace_id=brand.workspace_id,
                channel="email",
                brand=brand,
                name=name or normal,
                address=normal,
                settings=settings or {},
                sealed=sealed_secrets(brand.workspace_id, secrets) if secrets else b"",
            )
    except IntegrityError:
        raise Refusal(_("This address is connected already."), code="taken", status=409) from None


@transaction.atomic
def change_mailbox(
    connection: Connection, *, settings: dict[str, Any], secrets: dict[str, str] | None = None, name: str = ""
) -> None:
    """Store new settings; without `secrets` the old ones stay, with an empty mapping they are forgotten."""
    connection.settings = settings
    connection.name = name or connection.name
    connection.state = Connection.State.NEW
    connection.last_error = ""
    if secrets is not None:
        connection.sealed = sealed_secrets(connection.workspace_id, secrets) if secrets else b""
    connection.save(update_fields=["settings", "name", "state", "last_error", "sealed"])


@transaction.atomic
def change_secrets(connection: Connection, *, secrets: dict[str, str], settings: dict[str, str]) -> None:
    """Add or replace single secrets and settings; all others stay, and so does the state."""
    connection.settings = {**connection.settings, **settings}
    connection.sealed = sealed_secrets(connection.workspace_id, {**hidden_of(connection), **secrets})
    connection.save(update_fields=["settings", "sealed"])


@transaction.atomic
def keep_vendor_app(
    workspace_id: int, *, vendor: str, client_id: str, client_secret: str = "", tenant: str = ""
) -> None:
    """Store our program's name at a mail house; without a secret the old one stays."""
    facts: dict[str, Any] = {"client_id": client_id, "tenant": tenant}
    if client_secret:
        facts["sealed"] = sealed_secrets(workspace_id, {"client_secret": client_secret})
    VendorApp.objects.update_or_create(workspace_id=workspace_id, vendor=vendor, defaults=facts)


@transaction.atomic
def switch_off(connection: Connection) -> None:
    """Stop reading and sending by an account; its history stays."""
    connection.state = Connection.State.OFF
    connection.save(update_fields=["state"])


@transaction.atomic
def switch_on(connection: Connection) -> None:
    """Use an account again."""
    connection.state = Connection.State.NEW
    connection.save(update_fields=["state"])


def note_try(connection: Connection, *, error: str = "", cursor: str | None = None) -> None:
    """Note how the last try went, and how far a mailbox was read."""
    now = timezone.now()
    changes: dict[str, Any] = {"last_tried_at": now, "last_error": error[:2000]}
    changes["state"] = Connection.State.FAILING if error else Connection.State.WORKING
    if not error:
        changes["last_worked_at"] = now
    if cursor is not None:
        changes["cursor"] = cursor
    Connection.objects.filter(workspace_id=connection.workspace_id, pk=connection.pk).exclude(
        state=Connection.State.OFF
    ).update(**changes)


def forget_answers(workspace_id: int, message_ids: Sequence[int]) -> None:
    """Forget stored answers of the API that tell of these messages."""
    with connection.cursor() as cursor:
        cursor.execute(
            """DELETE FROM connections_storedanswer WHERE workspace_id = %s AND status BETWEEN 200 AND 299
               AND body LIKE '{%%' AND (body::jsonb ->> 'id' = ANY(%s) OR body::jsonb ->> 'message' = ANY(%s))""",
            [workspace_id, *[[str(pk) for pk in message_ids]] * 2],
        )


def forget_old_answers(*, older_than: timedelta) -> int:
    """Forget answers that are given again no more, of the acting scope; returns how many."""
    return StoredAnswer.objects.filter(at__lt=timezone.now() - older_than).delete()[0]

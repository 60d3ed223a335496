"""How a customer of a conversation can be reached: which channel, through which account, at which address."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import QuerySet

from dragoman.core.connections.models import Connection
from dragoman.core.customers.models import Identity
from dragoman.ground.database.compiled import compiled

from .errors import NoChannel
from .models import Conversation, Direction, Message

EMAIL, CHAT, API = "email", "chat", "api"


@dataclass(frozen=True)
class Route:
    """One way to a customer. `to` is shown beside the channel; `source` names the account it goes through."""

    channel: str
    source: str
    to: str


def routes_of(conversation: Conversation) -> list[Route]:
    """List the ways to this customer, the one last used first."""
    routes = [*_used(conversation), *_by_mail(conversation)]
    return list({route.channel: route for route in reversed(routes)}.values())[::-1]


def _used(conversation: Conversation) -> list[Route]:
    """Ways the customer has come by, newest first; chat and API answers go where the message came from."""
    came = _came_in(conversation.workspace_id, conversation.parts)
    newest: dict[str, Route] = {}
    own = _addresses(conversation)
    for channel, source, author, meta in came:
        if channel in newest or (channel == EMAIL and not _can_mail(source)):
            continue
        to = str(meta.get("from") or author)
        if channel == EMAIL and to not in own:
            # somebody else wrote into the thread: the answer is the customer's, whoever wrote last
            if not own:
                continue
            to = own[0]
        newest[channel] = Route(channel, source, to)
    return list(newest.values())


@compiled
def _came_in(workspace_id: Any, parts: Any) -> QuerySet[Message, tuple[str, str, str, dict[str, Any]]]:
    came = Message.objects.filter(
        workspace_id=workspace_id, conversation_id__among=parts, direction=Direction.IN
    )
    return came.order_by("-pk").values_list("channel", "source", "author", "meta")[:50]


def _addresses(conversation: Conversation) -> list[str]:
    """Return the customer's own mail addresses, oldest first."""
    known = sorted(conversation.customer.identities.all(), key=lambda one: one.pk)
    return [one.value for one in known if one.kind == Identity.Kind.EMAIL]


def _can_mail(source: str) -> bool:
    """Say whether a mailbox still stands and has a server to send by."""
    number = source.partition(":")[2]
    found = (
        Connection.objects.filter(pk=number).exclude(state=Connection.State.OFF) if number.isdigit() else None
    )
    return found is not None and found.exists() and can_send_mail(found.get())


def can_send_mail(connection: Connection) -> bool:
    """Say whether there is a server that takes this mailbox's outgoing mail."""
    return bool(connection.settings.get("smtp") or settings.MAIL_URL)


def mail_source(conversation: Conversation) -> str:
    """Return the source of the brand's mailbox that can send; empty where it has none."""
    box = sending_mailbox(conversation.workspace_id, conversation.brand_id)
    return f"email:{box.pk}" if box else ""


def sending_mailbox(workspace_id: int, brand_id: int) -> Connection | None:
    """Return a brand's first mailbox that can send; None where it has none."""
    return next((box for box in _mailboxes(workspace_id, brand_id) if can_send_mail(box)), None)


@compiled
def _mailboxes(workspace_id: Any, brand_id: Any) -> QuerySet[Connection]:
    mine = Connection.objects.filter(workspace_id=workspace_id, brand_id=brand_id, channel=EMAIL)
    return mine.exclude(state=Connection.State.OFF).order_by("pk")


def _by_mail(conversation: Conversation) -> list[Route]:
    source = mail_source(conversation)
    address = next(iter(_addresses(conversation)), None)
    return [Route(EMAIL, source, address)] if source and address else []


def get_route(conversation: Conversation, channel: str = "") -> Route:
    """Return the way to answer by `channel`, or the one last used; raises NoChannel."""
    for route in routes_of(conversation):
        if not channel or route.channel == channel:
            return route
    raise NoChannel

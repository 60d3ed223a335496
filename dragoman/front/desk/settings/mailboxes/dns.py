"""What a mailbox's domain says in the DNS, and what it should say; and what Gmail wants to be told back."""

import re
from dataclasses import dataclass
from datetime import timedelta

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from dragoman.core.connections.forwarding import forward_address
from dragoman.core.connections.models import Connection
from dragoman.core.connections.queries import connections_of
from dragoman.core.connections.records import check_records, make_dkim_key
from dragoman.core.conversations.models import Message
from dragoman.kit.errors import NotFound

from ...request import AgentRequest
from ..places import leads_only, show

GMAIL = "forwarding-noreply@google.com"
_CODE = re.compile(r"\(#?(\d{6,12})\)|(?<!\d)(\d{9})(?!\d)")
_LINK = re.compile(r"https://mail(?:-settings)?\.google\.com/mail/\S+")
# a code is wanted in the days after a mailbox was made
FRESH = timedelta(days=14)


def mailbox_of(request: AgentRequest, mailbox_id: int) -> Connection:
    """Return a mailbox of the agent's workspace; raises NotFound."""
    found = connections_of(request.agent.workspace_id).filter(pk=mailbox_id).first()
    if found is None:
        raise NotFound(_("There is no such mailbox."))
    return found


@require_GET
@leads_only
def records(request: AgentRequest, mailbox_id: int) -> HttpResponse:
    """Read the records back, now."""
    box = mailbox_of(request, mailbox_id)
    seen = check_records(box)
    return show(
        request,
        "mailbox_dns.html",
        place="mailboxes",
        up=f"/settings/mailboxes/{box.pk}",
        box=box,
        seen=seen,
        is_signed=bool(box.settings.get("dkim_domain")),
        is_good=all(one.state == "found" for one in seen),
    )


@require_POST
@leads_only
def new_key(request: AgentRequest, mailbox_id: int) -> HttpResponse:
    """Make a key that signs this mailbox's mails."""
    box = mailbox_of(request, mailbox_id)
    make_dkim_key(box)
    messages.success(request, _("The key is made. Paste its record, then check."))
    return redirect("settings_mailbox_dns", box.pk)


@dataclass(frozen=True)
class Confirmation:
    """What Gmail sent to the forwarding address to see that it is ours."""

    code: str
    link: str


def confirmation_of(box: Connection) -> Confirmation | None:
    """Find the newest mail in which Gmail asks whether it may forward to us."""
    if not box.settings.get("forward"):
        return None
    since = timezone.now() - FRESH
    mails = Message.objects.filter(
        workspace_id=box.workspace_id, source=f"email:{box.pk}", direction="in", created_at__gt=since
    )
    found = mails.filter(meta__from=GMAIL).select_related("conversation").order_by("-pk").first()
    if found is None:
        return None
    words = f"{found.conversation.subject}\n{found.text}"
    code, link = _CODE.search(words), _LINK.search(words)
    return Confirmation((code[1] or code[2]) if code else "", link[0].rstrip(".,)>") if link else "")


def forwarding_of(box: Connection) -> dict[str, object]:
    """Return what a forwarded mailbox's page shows, nothing for the others."""
    if not box.settings.get("forward"):
        return {}
    return {"forward_to": forward_address(box), "confirmation": confirmation_of(box)}

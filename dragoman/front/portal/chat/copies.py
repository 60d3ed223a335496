"""The endpoints of a copy by mail: asking for it in the chat, and confirming the address from the mail."""

from dataclasses import asdict

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from dragoman.core.accounts.models import Brand
from dragoman.core.accounts.queries import find_brand
from dragoman.front.portal.chat import limits
from dragoman.front.portal.chat.door import Caller, chat_door, read_json, reply, session_of
from dragoman.front.portal.chat.transcript import Copy, CopyWish, ask_for_copy, read_copy
from dragoman.front.portal.tasks import confirm_copy, send_copy
from dragoman.kit.errors import Forged, NotFound
from dragoman.kit.workspace import acting_in


@chat_door("POST")
def transcript(request: HttpRequest, caller: Caller) -> HttpResponse:
    """Ask for a copy by mail: 202 `{state: "sent" | "confirm", email}`.

    An address that the shop signed gets the copy; any other gets a mail that asks its owner to confirm first.
    """
    brand = caller.brand
    wish = read_json(request, CopyWish)
    copy, is_proved = ask_for_copy(session_of(request, brand), brand, wish, address=caller.address)
    with transaction.atomic():
        if is_proved:
            _send(brand, copy)
        else:
            base = settings.BASE_URL or f"{request.scheme}://{request.get_host()}"
            confirm_copy.defer(
                workspace_id=brand.workspace_id, brand_id=brand.pk, facts=asdict(copy), base=base
            )
    return reply({"state": "sent" if is_proved else "confirm", "email": copy.email}, status=202)


# The link's token is the right to act, no cookie is; a mail scanner that opens links sends nothing by GET.
@csrf_exempt
@never_cache
@require_http_methods(["GET", "POST"])
def copy_page(request: HttpRequest, brand: str, token: str) -> HttpResponse:
    """Show the page behind the link in the mail; its button sends the copy."""
    found = find_brand(brand)
    if found is None:
        raise NotFound(_("There is no chat at this address."), code="unknown_brand")
    with acting_in(found.workspace_id):
        try:
            copy = read_copy(found, token)
        except Forged:
            return render(request, "portal/chat/copy.html", {"shop": found, "state": "gone"}, status=410)
        with translation.override(copy.locale):
            state, status = "ask", 200
            if request.method == "POST":
                state, status = _sent(found, copy)
            matter = {"shop": found, "copy": copy, "state": state}
            return render(request, "portal/chat/copy.html", matter, status=status)


def _sent(brand: Brand, copy: Copy) -> tuple[str, int]:
    try:
        limits.count((limits.COPIES_PER_MAILBOX, f"{brand.pk}:{copy.email}"))
    except limits.TooFast:
        return "slow", 429
    with transaction.atomic():
        _send(brand, copy)
    return "sent", 200


def _send(brand: Brand, copy: Copy) -> None:
    send_copy.defer(workspace_id=brand.workspace_id, brand_id=brand.pk, facts=asdict(copy))

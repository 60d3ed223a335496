"""Doors without a page: health, metrics, files, webhooks; and the pages for when something is missing or broken."""

import logging

from django.core import signing
from django.db import Error, connection
from django.http import FileResponse, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from dragoman.core.commerce.actions.carrier_hooks import take_carrier_hook
from dragoman.core.commerce.actions.hooks import take_hook
from dragoman.core.commerce.actions.payment_hooks import take_payment_hook
from dragoman.core.commerce.carrier_accounts import account_by_hook
from dragoman.core.commerce.paying import payment_account_by_hook
from dragoman.core.commerce.queries import shop_by_hook
from dragoman.core.conversations.models import Attachment
from dragoman.core.conversations.thread import CONTENT_SALT, look_of
from dragoman.ground.files.store import open_file
from dragoman.kit import workspace
from dragoman.kit.errors import Forged, NotFound, Refusal, Stale, Unavailable

from .mail_page import mail_page, remote_picture
from .measures import refresh
from .middleware import problem, refusal_page, wants_json

log = logging.getLogger(__name__)

CONTENT_DAYS = 7


@never_cache
def healthz(request: HttpRequest) -> HttpResponse:
    """Say that this process lives."""
    return HttpResponse("ok\n", content_type="text/plain")


@never_cache
def readyz(request: HttpRequest) -> HttpResponse:
    """Say that the database answers and is up to date enough to serve."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM conversations_conversation LIMIT 1")
    except Error as error:
        return HttpResponse(f"the database does not answer: {error.__class__.__name__}\n", status=503)
    return HttpResponse("ready\n", content_type="text/plain")


@never_cache
def metrics(request: HttpRequest) -> HttpResponse:
    """Give figures to Prometheus; from this machine only, a proxy in front must not pass it on."""
    near = request.META.get("REMOTE_ADDR") in {"127.0.0.1", "::1"}
    if not near or request.META.get("dragoman.forwarded"):
        return HttpResponse(status=404)
    refresh()
    return HttpResponse(generate_latest(), content_type=CONTENT_TYPE_LATEST)


def content(request: HttpRequest, token: str) -> HttpResponseBase:
    """Serve what a signed token names: an attachment as a download, a mail's HTML in a sandbox without scripts."""
    try:
        workspace_id, kind, pk = signing.loads(token, salt=CONTENT_SALT, max_age=CONTENT_DAYS * 86400)
    except (signing.BadSignature, ValueError, TypeError):
        raise NotFound(_("This link has expired: open the conversation again.")) from None
    with workspace.acting_in(workspace_id):
        if kind == "a":
            return _attachment(pk, is_look="look" in request.GET)
        if kind == "h":
            return mail_page(pk, with_pictures="pictures" in request.GET)
    return remote_picture(str(pk))


# a text stays a text, whatever it pretends to be
_SHOWN_AS = {"text": "text/plain; charset=utf-8", "pdf": "application/pdf"}


def _attachment(pk: int, *, is_look: bool) -> HttpResponseBase:
    """Hand out a file: to keep, or to look at in place where a screen of ours asks so and the kind allows it."""
    found = Attachment.objects.filter(pk=pk).first()
    if found is None:
        raise NotFound(_("This file is gone."))
    look = look_of(found.content_type) if is_look else ""
    try:
        reader = open_file(found.file_key)
    except FileNotFoundError:
        raise NotFound(_("This file is gone.")) from None
    response = FileResponse(
        reader,
        as_attachment=not look,
        filename=found.name,
        content_type=_SHOWN_AS.get(look, found.content_type) if look else "application/octet-stream",
    )
    # the browser's own reader of PDF does not start in a sandbox; its scripts reach nothing of ours
    response.headers["Content-Security-Policy"] = (
        "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'"
        if look == "pdf"
        else "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; media-src 'self'"
    )
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "private, max-age=3600"
    response.headers["X-Frame-Options"] = "SAMEORIGIN"
    # a shop's page shows its shopper's pictures; the token is the permission
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


HOOK_LIMIT = 5 * 1024 * 1024


@csrf_exempt
def hook(request: HttpRequest, key: str) -> HttpResponse:
    """Take a webhook: verified and stored before it is acknowledged, understood by a job."""
    shop = shop_by_hook(key)
    carrier = account_by_hook(key) if shop is None else None
    payments = payment_account_by_hook(key) if shop is None and carrier is None else None
    why, title = "unknown key", "The signature does not match."
    if (owner := shop or carrier or payments) is not None and request.method == "POST":
        if len(request.body) > HOOK_LIMIT:
            raise Refusal(_("A webhook has at most 5 MB."), code="too_large", status=413)
        try:
            fault = {}
            with workspace.acting_in(owner.workspace_id):
                if shop is not None:
                    taken = take_hook(shop, headers=dict(request.headers), body=request.body)
                    # signed and kept, and whoever set it up sees at once why nothing came of it
                    fault = {"fault": taken.error} if taken is not None and taken.error else {}
                elif carrier is not None:
                    take_carrier_hook(carrier, headers=dict(request.headers), body=request.body)
                elif payments is not None:
                    take_payment_hook(payments, headers=dict(request.headers), body=request.body)
            return JsonResponse({"taken": True, **fault})
        except Forged as error:
            why = str(error)
            title = why if isinstance(error, Stale) else title
        except Unavailable as error:
            # its vendor verifies it and cannot be asked: it sends the same again, and nothing is lost
            log.warning("webhook for key %.12s is not verified yet: %s", key, error)
            return JsonResponse({"taken": False}, status=503, headers={"Retry-After": "60"})
    # an unsigned call must leave a line
    log.warning("webhook for key %.12s from %s refused: %s", key, request.META.get("REMOTE_ADDR"), why)
    return JsonResponse(
        {"type": "about:blank", "status": 401, "code": "forged", "title": title},
        status=401,
        content_type="application/problem+json",
    )


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Explain a form that came from elsewhere, or too late."""
    message = _("This form was open for too long, or came from another page. Go back, reload and try again.")
    return refusal_page(request, message, status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer an address that leads nowhere."""
    if wants_json(request):
        return problem(NotFound(_("There is nothing at this address.")))
    return refusal_page(request, _("There is nothing at this address."), status=404, title=_("Not found"))


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer somebody who may not."""
    return refusal_page(
        request, _("Your role does not allow this: ask a lead."), status=403, title=_("Not allowed")
    )


def broken(request: HttpRequest) -> HttpResponse:
    """Answer after a fault of ours: it is in the log, nothing typed is claimed to be saved."""
    if wants_json(request):
        body = {
            "type": "about:blank",
            "status": 500,
            "code": "fault",
            "title": "A fault of ours; it is in the log.",
        }
        return JsonResponse(body, status=500, content_type="application/problem+json")
    message = _("This is a fault of ours, and it is in the log. Nothing was changed. Go back and try again.")
    return refusal_page(request, message, status=500, title=_("Something broke"))

"""The HTML of a mail as a page of its own: sandboxed, on a light canvas, its pictures through us and only when asked.

A page designed for white would be unreadable on our dark screens, so it brings its white along. Nothing in it may run
and nothing loads from elsewhere; remote pictures come through `/content/<token>/`, whose token names the one
address it was made for, so that this is no proxy for anybody else's addresses.
"""

import logging
import re
from html import escape, unescape

from django.core import signing
from django.http import HttpResponse
from django.utils.translation import gettext as _

from dragoman.core.conversations.models import Attachment, Message
from dragoman.core.conversations.thread import CONTENT_SALT, content_url
from dragoman.kit import workspace
from dragoman.kit.errors import NotFound
from dragoman.kit.guarded import NoPicture, fetch_picture

log = logging.getLogger(__name__)

SANDBOX = (
    "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; style-src 'unsafe-inline'; "
    "img-src data: 'self'; frame-ancestors 'self'; form-action 'none'; base-uri 'none'"
)
# `light only`: the browser inverts nothing, and scroll bars and form colours stay as the mail expects them
CANVAS = (
    '<meta name="color-scheme" content="light only"><meta name="viewport" content="width=device-width">'
    "<style>:root{color-scheme:light only;background:#fff;color:#1a1a1a}"
    "body{margin:12px;font:15px/1.5 system-ui,sans-serif;overflow-wrap:anywhere}"
    "img{max-width:100%;height:auto}table{max-width:100%}pre{white-space:pre-wrap}"
    "details.dragoman-quoted>summary{cursor:pointer;color:#555}</style>"
)
INLINE = re.compile(r'(<img\b[^>]*?\s)src="cid:([^"]{1,500})"', re.IGNORECASE)
REMOTE = re.compile(r'\sdata-src="(https?://[^"]{1,2000})"', re.IGNORECASE)
TRACKER = re.compile(r"<img\b[^>]*\sdata-tracks=[^>]*>", re.IGNORECASE)
MAX_SHOWN = 200
PICTURE_SECONDS = 86400


def mail_page(message_pk: int, *, with_pictures: bool) -> HttpResponse:
    """Return a mail's page; raises NotFound where it has none."""
    html = Message.objects.filter(pk=message_pk).values_list("html", flat=True).first()
    if not html:
        raise NotFound(_("This message has no HTML."))
    page = _with_files(html, message_pk)
    if with_pictures:
        page = _with_pictures(page)
    response = HttpResponse(
        f'<!doctype html><html><head><meta charset="utf-8">{CANVAS}</head><body dir="auto">{page}',
        content_type="text/html; charset=utf-8",
    )
    response.headers["Content-Security-Policy"] = SANDBOX
    response.headers["X-Frame-Options"] = "SAMEORIGIN"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["Cache-Control"] = "private, max-age=3600"
    return response


def _with_files(html: str, message_pk: int) -> str:
    """Put the mail's own pictures where it shows them."""
    names = {bare_name(unescape(found)) for _before, found in INLINE.findall(html)}
    if not names:
        return html
    files = Attachment.objects.filter(message_id=message_pk, content_id__in=names)
    places = {file.content_id: f"{content_url('a', file.pk)}?look" for file in files}

    def place(match: re.Match[str]) -> str:
        found = places.get(bare_name(unescape(match[2])))
        return f'{match[1]}src="{escape(found)}"' if found else match[0]

    return INLINE.sub(place, html)


def bare_name(content_id: str) -> str:
    """Return a content id as attachments are stored under it."""
    return content_id.strip("<> ")


def _with_pictures(html: str) -> str:
    """Let remote pictures load through us; those that only watch the reader stay out."""
    count = 0

    def place(match: re.Match[str]) -> str:
        nonlocal count
        count += 1
        return f' src="{picture_url(unescape(match[1]))}"' if count <= MAX_SHOWN else ""

    return REMOTE.sub(place, TRACKER.sub("", html))


def picture_url(address: str) -> str:
    """Return the address under which we fetch one remote picture."""
    token = signing.dumps([workspace.get_current_id(), "p", address], salt=CONTENT_SALT, compress=True)
    return f"/content/{token}/"


def remote_picture(address: str) -> HttpResponse:
    """Fetch and hand out a remote picture; raises NotFound where there is none to show."""
    try:
        picture = fetch_picture(address)
    except NoPicture as fault:
        log.info("remote picture not shown: %s", fault)
        raise NotFound(_("This picture cannot be shown.")) from None
    response = HttpResponse(picture.data, content_type=picture.content_type)
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    response.headers["Cache-Control"] = f"private, max-age={PICTURE_SECONDS}"
    response.headers["X-Frame-Options"] = "SAMEORIGIN"
    return response

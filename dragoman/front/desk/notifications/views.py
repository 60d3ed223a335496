"""The page of notifications, the bell, and the browsers that take pushes."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from dragoman.core.conversations.models import ReviewItem
from dragoman.core.conversations.review import items_of_messages
from dragoman.core.notifications.actions import Browser, mark_read, mark_unread, subscribe, unsubscribe
from dragoman.core.notifications.kinds import KINDS, sentence
from dragoman.core.notifications.models import Notification
from dragoman.core.notifications.outgoing import trial_payload
from dragoman.core.notifications.ports import Matter, about
from dragoman.core.notifications.push import Gone, check_endpoint, send_push
from dragoman.core.notifications.queries import (
    Told,
    count_unread,
    notifications_of,
    subscriptions_of,
    told_page,
)
from dragoman.ground.design.functions import format_number
from dragoman.kit import web_push
from dragoman.kit.errors import NotFound, OutsideError, Refusal

from ..frame import frame
from ..request import AgentRequest, wants_fragment
from ..settings.personal.programs import program_of


@dataclass(frozen=True)
class Line:
    """One topic as the page shows it: its newest sentence, and how many came before."""

    told: Told
    matter: Matter
    words: str
    icon: str
    more: int

    @property
    def is_unread(self) -> bool:
        """Say whether something of it is unread."""
        return self.told.is_unread


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else 0


def _lines(request: AgentRequest, groups: list[Told]) -> list[Line]:
    known = about(request.agent.workspace_id, [told.topic for told in groups])
    lines = []
    for told in groups:
        newest = told.newest
        if told.topic in known:
            words = sentence(newest.kind, newest.actor, newest.facts)
            icon = KINDS[newest.kind].icon if newest.kind in KINDS else "info"
            lines.append(Line(told, known[told.topic], words, icon, len(told.items) - 1))
    return lines


@require_GET
def notifications(request: AgentRequest) -> HttpResponse:
    """Show what the agent was told, newest first, one line a conversation."""
    kind, unread = request.GET.get("kind", ""), request.GET.get("show", "") == "unread"
    before = _number(request.GET.get("before", ""))
    groups = told_page(request.agent, kind=kind if kind in KINDS else "", unread=unread, before=before)
    rows = [row for told in groups for row in told.items]
    matter: dict[str, Any] = {
        "title": _("Notifications"),
        "lines": _lines(request, groups),
        "kinds": [(name, kind.label) for name, kind in KINDS.items()],
        "kind": kind,
        "unread": unread,
        "older": min(row.pk for row in rows) if len(rows) >= 200 else 0,
        "waiting": count_unread(request.agent),
    }
    return render(request, "desk/notifications.html", frame(request, section="notifications", **matter))


@require_GET
def open_one(request: AgentRequest, notification_id: int) -> HttpResponse:
    """Lead to the message a notification is about, and mark what was told of that conversation as read."""
    found = notifications_of(request.agent).filter(pk=notification_id).first()
    matter = about(request.agent.workspace_id, [found.topic]).get(found.topic) if found else None
    if found is None or matter is None:
        raise NotFound(_("This notification is gone."))
    mark_read(request.agent, topic=found.topic)
    if found.kind == "reviewed" and (item := _review_of(found)):
        return redirect("review_item", "reply", item.pk)
    anchor = f"#{found.anchor}" if found.anchor else ""
    return redirect(f"{matter.path}{anchor}")


def _review_of(found: Notification) -> ReviewItem | None:
    """Return what was decided of the answer: the page of it shows what was changed."""
    number = found.anchor.removeprefix("m")
    if not number.isdigit():
        return None
    return items_of_messages(found.workspace_id, [int(number)]).get(int(number))


@require_POST
def read(request: AgentRequest) -> HttpResponse:
    """Mark a conversation's notifications as read (or the newest as unread), or all of them."""
    topic = request.POST.get("topic", "")[:60]
    if request.POST.get("unread") == "1":
        mark_unread(request.agent, topic=topic)
    elif topic or request.POST.get("all") == "1":
        mark_read(request.agent, topic=topic)
    if wants_fragment(request):
        return HttpResponse(status=204, headers={"HX-Refresh": "true"})
    return redirect("/notifications")


@require_GET
def bell(request: AgentRequest) -> HttpResponse:
    """Return the bell's number and words; `open` is the conversation on the screen: what it tells is read."""
    open_now = _number(request.GET.get("open", ""))
    if open_now:
        mark_read(request.agent, topic=f"conversation:{open_now}")
    unread = count_unread(request.agent)
    shown = format_number(unread)
    words = ngettext("%(count)s conversation with news", "%(count)s conversations with news", unread) % {
        "count": shown
    }
    return JsonResponse(
        {"unread": unread, "shown": shown if unread else "", "words": words if unread else ""}
    )


@require_POST
def push_subscribe(request: AgentRequest) -> HttpResponse:
    """Let this browser take pushes for the agent: `endpoint`, `p256dh`, `auth` of its subscription."""
    posted = request.POST
    browser = Browser(
        endpoint=posted.get("endpoint", ""),
        p256dh=posted.get("p256dh", ""),
        auth=posted.get("auth", ""),
        device=program_of(request.headers.get("User-Agent", "")),
    )
    try:
        check_endpoint(browser.endpoint)
        web_push.keys_of(browser.p256dh, browser.auth)
    except ValueError:
        return JsonResponse({"code": "bad_keys"}, status=422)
    except Refusal as refusal:
        return JsonResponse({"code": refusal.code, "title": str(refusal)}, status=refusal.status)
    return JsonResponse({"id": subscribe(request.agent, browser).pk}, status=201)


@require_POST
def push_unsubscribe(request: AgentRequest) -> HttpResponse:
    """Send no more pushes to a browser: by its `endpoint`, or by `id` from the list of devices."""
    unsubscribe(
        request.agent,
        endpoint=request.POST.get("endpoint", ""),
        subscription_id=_number(request.POST.get("id", "")),
    )
    return redirect("/settings/notifications")


@require_POST
def push_try(request: AgentRequest) -> HttpResponse:
    """Send a push to the agent's browsers now, and say what their push services answered."""
    browsers = list(subscriptions_of(request.agent))
    if not browsers:
        return JsonResponse({"words": _("No browser of yours takes pushes yet.")}, status=409)
    sent, words = 0, ""
    for browser in browsers:
        try:
            send_push(browser, trial_payload(request.agent), topic="trial")
            sent += 1
        except Gone:
            browser.delete()
            words = _("A browser had given up its subscription; it was taken off the list.")
        except OutsideError as error:
            words = _("The push service refused: %(why)s") % {"why": str(error)}
    if sent:
        told = ngettext("Sent to %(count)s device.", "Sent to %(count)s devices.", sent)
        words = f"{told % {'count': format_number(sent)}} {words}".strip()
    return JsonResponse({"words": words}, status=200 if sent else 502)

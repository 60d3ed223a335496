"""Ctrl-K: commands of the page, places, and what a few letters find."""

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from dragoman.core.accounts.models import Agent
from dragoman.core.conversations.queries import inbox_page
from dragoman.core.conversations.shapes import Filters
from dragoman.core.customers.queries import customer_page
from dragoman.kit.text import fold

from .inbox.saved import saved_views
from .keys import GROUPS
from .request import AgentRequest
from .words import VIEW_ICONS, VIEWS, Say

NEEDS_CONVERSATION = frozenset(
    {
        "reply",
        "note",
        "phrases",
        "ways",
        "copies",
        "ask",
        "originals",
        "resolve",
        "snooze",
        "assign",
        "take",
        "tag",
        "follow",
        "priority",
        "junk",
        "merge",
    }
)
# `pick` means the row under the cursor, which a palette has not
NOT_LISTED = frozenset({"pick", "slash", "next", "previous", "open", "back", "undo"})


@dataclass(frozen=True)
class Entry:
    """One line: a command (`does`), a place (`href`), or an appearance (`theme`, "" is the system's)."""

    label: str
    icon: str
    does: str = ""
    href: str = ""
    key: str = ""
    more: str = ""
    theme: str | None = None


def _commands(*, conversation: bool) -> list[Entry]:
    by_key = [
        Entry(str(key.said), "bolt", does=key.does, key=key.shown)
        for _title, keys in GROUPS
        for key in keys
        if key.does not in NOT_LISTED and (conversation or key.does not in NEEDS_CONVERSATION)
    ]
    # what is done to the open conversation stands first
    by_key.sort(key=lambda entry: (entry.does not in NEEDS_CONVERSATION, entry.does == "pickShown"))
    looks = [
        Entry(_("Appearance: dark"), "moon", theme="dark"),
        Entry(_("Appearance: light"), "sun", theme="light"),
        Entry(_("Appearance: as the system"), "gear", theme=""),
    ]
    return [*by_key, *looks]


def _places() -> list[Entry]:
    views = [Entry(str(label), VIEW_ICONS[name], href=f"/?view={name}") for name, label in VIEWS.items()]
    return [
        *views,
        Entry(_("Today"), "chart", href="/today"),
        Entry(_("Customers"), "users", href="/customers"),
    ]


def _saved(agent: Agent) -> list[Entry]:
    return [
        Entry(view.name, view.icon, href=view.href, more=str(view.audience)) for view in saved_views(agent)
    ]


def _found(request: AgentRequest, words: str) -> list[Entry]:
    page = inbox_page(request.agent, filters=Filters(q=words), limit=6)
    return [
        Entry(
            row.subject or row.translated_preview or row.preview,
            "chat",
            href=f"/conversations/{row.id}",
            more=f"{row.customer_name or Say.visitor(row.customer_id)} · {Say.status(row.status)}",
        )
        for row in page.items
    ]


def _customers(request: AgentRequest, words: str) -> list[Entry]:
    found = customer_page(request.agent.workspace_id, q=words, limit=4).items
    return [Entry(Say.customer(one), "users", href=f"/customers/{one.pk}") for one in found]


@require_GET
def palette(request: AgentRequest) -> HttpResponse:
    """List what the words fit: commands, places, conversations."""
    words = request.GET.get("q", "").strip()[:200]
    wanted = fold(words)
    commands = [
        entry
        for entry in _commands(conversation=request.GET.get("conversation", "") != "")
        if wanted in fold(entry.label)
    ]
    places = [entry for entry in _places() if wanted in fold(entry.label)]
    groups = [
        (_("Commands"), commands),
        (_("Places"), places),
        (_("Saved views"), [entry for entry in _saved(request.agent) if wanted in fold(entry.label)]),
        (_("Customers"), _customers(request, words) if len(words) > 1 else []),
        (_("Conversations"), _found(request, words) if len(words) > 1 else []),
    ]
    return render(request, "desk/_palette_list.html", {"groups": groups, "words": words})

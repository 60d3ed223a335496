"""What every page of the console shows around its own matter: navigation, keys, words."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from django.urls import Resolver404, resolve, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from dragoman.core.accounts.authority.queries import waiting_for
from dragoman.core.accounts.models import Agent
from dragoman.core.accounts.queries import workspace_facts
from dragoman.core.language.queue import count_waiting
from dragoman.core.notifications.queries import count_unread
from dragoman.kit.tags import same
from dragoman.service.community.moderation import waiting_in_community
from dragoman.service.community.queries import has_community

from .dialogs import dialogs
from .keys import CHORDS, GROUPS
from .request import AgentRequest
from .words import Say


@dataclass(frozen=True)
class Item:
    """A place one can go to; `last`: at the foot of the rail; without `bar` behind More in a phone's narrow one."""

    name: str
    href: str
    icon: str
    label: Promise
    last: bool = False
    bar: bool = True


_PLACES: Final = (
    Item("inbox", "/", "inbox", _("Inbox")),
    Item("today", "/today", "chart", _("Today"), bar=False),
    Item("notifications", "/notifications", "bell", _("Alerts")),
    Item("review", "/review", "eye", _("Review"), bar=False),
    Item("customers", "/customers", "users", _("Customers")),
    Item("orders", "/orders", "box", pgettext_lazy("of a shop", "Orders")),
    Item("returns", "/returns-desk", "refund", pgettext_lazy("of goods", "Returns"), bar=False),
    Item("knowledge", "/knowledge", "book", _("Knowledge"), bar=False),
    Item("disputes", "/disputes", "alert", _("Disputes"), bar=False),
    Item("community", "/community-desk", "heart", _("Community"), bar=False),
    Item("approvals", "/approvals", "shield", _("Approvals"), bar=False),
    Item("settings", "/settings/", "gear", _("Settings"), last=True, bar=False),
)
_PERSONAL: Final = (Item("profile", "/settings/profile", "users", _("Your profile")),)


@lru_cache(maxsize=32)
def _leads_somewhere(href: str) -> bool:
    try:
        resolve(href)
    except Resolver404:
        return False
    return True


def reading_languages(agent: Agent) -> list[str]:
    """Return the languages this agent can read, the team's first, as BCP 47 tags."""
    spoken = [str(entry.get("tag", "")) for entry in agent.languages]
    return [tag for tag in dict.fromkeys([workspace_facts(agent.workspace_id).language, *spoken]) if tag]


def writing_language(agent: Agent) -> str:
    """Return the language an agent writes in: that of their screens where they speak it, else the team's."""
    spoken = [str(entry.get("tag", "")) for entry in agent.languages]
    team = workspace_facts(agent.workspace_id).language
    return next((tag for tag in spoken if tag and same(tag, agent.ui_language)), team)


def frame(request: AgentRequest, *, section: str, **matter: Any) -> dict[str, Any]:
    """Return the context of a page; `matter` is the page's own."""
    agent = request.agent
    return {
        "section": section,
        # a page that is about one thing gives its own
        "title": next((item.label for item in _PLACES if item.name == section), ""),
        "layout": "" if section == "inbox" else "wide",
        "navigation": [
            item
            for item in _PLACES
            if _leads_somewhere(item.href) and (item.name != "community" or has_community(agent.workspace_id))
        ],
        "personal": [item for item in _PERSONAL if _leads_somewhere(item.href)],
        "leave_href": reverse("account_logout"),
        "key_groups": GROUPS,
        "chords": CHORDS,
        "dialogs": dialogs(),
        "words": Say,
        "reader": workspace_facts(agent.workspace_id).language,
        "zone": agent.time_zone,
        "may_reply": agent.can_reply,
        "bell": count_unread(agent),
        "reviews": count_waiting(agent),
        "approvals": len(waiting_for(agent)),
        "community_waits": waiting_in_community(agent),
        **matter,
    }

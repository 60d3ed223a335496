"""The places of the settings, who may go there, and what every page of them shows around its own matter."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, Final

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from dragoman.core.accounts.models import Agent

from ..frame import frame
from ..request import AgentRequest

View = Callable[..., HttpResponse]


@dataclass(frozen=True)
class Place:
    """One page of the settings; `needs` is "" for everybody, "lead" or "own"."""

    name: str
    icon: str
    label: Promise
    about: Promise
    needs: str = ""

    @property
    def href(self) -> str:
        """Return its address."""
        return f"/settings/{self.name}"

    def is_open_to(self, agent: Agent) -> bool:
        """Say whether this agent may go there."""
        return {"": True, "lead": agent.can_lead, "own": agent.can_own}[self.needs]


GROUPS: Final[tuple[tuple[Promise, tuple[Place, ...]], ...]] = (
    (
        _("You"),
        (
            Place("profile", "users", _("Profile"), _("Name, time zone, languages, appearance")),
            Place("signatures", "paper", _("Signature"), _("What stands below your mails, in each language")),
            Place(
                "notifications",
                "bell",
                _("Notifications"),
                _("What you are told, by mail and push, quiet hours"),
            ),
            Place("views", "star", _("Views"), _("Lists saved under a name: their order, who sees them")),
            Place("macros", "bolt", _("Macros"), _("Texts you send often, in every language")),
            Place("security", "shield", _("Security"), _("Password, second step, passkeys, sessions")),
        ),
    ),
    (
        _("People"),
        (
            Place("agents", "users", _("Agents"), _("Seats, roles and invitations"), "own"),
            Place("teams", "inbox", _("Teams"), _("Groups that work is given to"), "lead"),
            Place("authority", "shield", _("Authority"), _("How far each may go alone, and who stands in")),
        ),
    ),
    (
        _("Workspace"),
        (
            Place(
                "workspace", "gear", _("Workspace"), _("Name, languages, how long things are kept"), "lead"
            ),
            Place(
                "brands", "store", _("Brands"), _("What customers see, and the chat on your pages"), "lead"
            ),
            Place(
                "fields",
                "label",
                _("Customer fields"),
                _("What you keep about customers of your own"),
                "lead",
            ),
            Place(
                "preferences", "heart", _("Preferences"), _("What customers want, kept with consent"), "lead"
            ),
            Place(
                "texts", "chat", _("Texts"), _("What customers read, in every language and market"), "lead"
            ),
            Place(
                "markets", "globe", _("Markets"), _("Law, hours and manners of each country, and what you do")
            ),
            Place(
                "shipping",
                "truck",
                _("Shipping and duty"),
                _("What sending costs, duty, and who pays at a border"),
                "lead",
            ),
            Place("returns", "box", _("Returns"), _("What you take back, beside each market’s law"), "lead"),
            Place("community", "heart", _("Community"), _("Where customers help each other"), "lead"),
            Place(
                "bot",
                "robot",
                _("Bot"),
                _("What answers by itself, its flows, and which team gets what"),
                "lead",
            ),
            Place("hours", "clock", _("Hours"), _("When customers are answered, holidays, promises"), "lead"),
            Place("glossary", "paper", _("Glossary"), _("What your things are called, and what nobody says")),
            Place("memory", "clock", _("Memory"), _("Sentences people approved, said again"), "lead"),
            Place(
                "masking", "lock", _("Personal data"), _("What is masked, and who reads the original"), "lead"
            ),
            Place(
                "phrasebook", "book", _("Phrasebook"), _("Sentences people wrote, in every language"), "lead"
            ),
            Place("translation", "trans", _("Translation"), _("Engines and the phrasebook"), "lead"),
            Place("review", "eye", _("Review"), _("What a person sees before it goes out, and who"), "lead"),
        ),
    ),
    (
        _("Connections"),
        (
            Place("mailboxes", "mail", _("Mailboxes"), _("How mail comes in and goes out"), "lead"),
            Place(
                "shops",
                "store",
                _("Shops"),
                _("Where your orders come from, and how far they are read"),
                "lead",
            ),
            Place("carriers", "truck", _("Carriers"), _("Who is asked where parcels are"), "lead"),
            Place(
                "payments",
                "shield",
                _("Payments"),
                _("Who takes your money: refunds and disputes go through there"),
                "lead",
            ),
            Place("import", "down", _("Import"), _("Mail and orders kept elsewhere"), "lead"),
            Place("tokens", "link", _("API tokens"), _("Keys for your own programs"), "own"),
            Place("junk", "shield", _("Junk"), _("The filter, and who is blocked"), "lead"),
            Place("parked", "box", _("Parked work"), _("What failed and waits for you"), "lead"),
        ),
    ),
)


def open_groups(agent: Agent) -> list[tuple[Promise, list[Place]]]:
    """Return the groups with the places that this agent may go to, empty groups left out."""
    groups = [(label, [place for place in places if place.is_open_to(agent)]) for label, places in GROUPS]
    return [(label, places) for label, places in groups if places]


def show(
    request: AgentRequest, template: str, *, place: str = "", status: int = 200, **matter: Any
) -> HttpResponse:
    """Render a page of the settings inside the console's frame; `place` is the one that is lit."""
    context = frame(request, section="settings", groups=open_groups(request.agent), place=place, **matter)
    response = render(request, f"desk/settings/{template}", context, status=status)
    # pages of the settings may hold what was shown once
    response.headers["Cache-Control"] = "no-store"
    return response


def show_later(request: AgentRequest, name: str, value: str) -> None:
    """Keep what the next page shows once: a page that answers a form directly would do it again when reloaded."""
    request.session[f"once.{name}"] = value


def shown_once(request: AgentRequest, name: str) -> str:
    """Return what was kept for this page, for the only time."""
    return str(request.session.pop(f"once.{name}", ""))


def leads_only(view: View) -> View:
    """Refuse whoever may not change the workspace."""

    @wraps(view)
    def guarded(request: AgentRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.agent.can_lead:
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return guarded


def owners_only(view: View) -> View:
    """Refuse whoever may not manage people and keys."""

    @wraps(view)
    def guarded(request: AgentRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.agent.can_own:
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return guarded

"""The kinds of things agents are told, the usual channels of each, and how they are said."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later

APP: Final = "app"
MAIL: Final = "mail"
PUSH: Final = "push"
CHANNELS: Final[dict[str, Promise]] = {
    APP: later("In the console"),
    MAIL: later("Mail"),
    PUSH: later("Push"),
}


@dataclass(frozen=True)
class Kind:
    """A kind: its name for people, and the channels it has while nobody chose others."""

    label: Promise
    usual: tuple[str, ...]
    icon: str


KINDS: Final[dict[str, Kind]] = {
    "mentioned": Kind(later("Somebody mentions me or my team"), (APP, MAIL, PUSH), "users"),
    "assigned": Kind(later("A conversation is given to me"), (APP, MAIL, PUSH), "inbox"),
    "team_assigned": Kind(later("A conversation is given to my team"), (APP,), "inbox"),
    "answered": Kind(later("A customer writes in a conversation I hold or follow"), (APP, PUSH), "chat"),
    "noted": Kind(later("A note in a conversation I follow"), (APP,), "lock"),
    "failed": Kind(later("A message of mine could not be delivered"), (APP, MAIL, PUSH), "alert"),
    "snooze_over": Kind(later("What I put aside is back"), (APP, PUSH), "snooze"),
    "budget": Kind(later("A budget for translation is used up (leads)"), (APP, MAIL), "trans"),
    "review_asked": Kind(later("An answer waits for my review"), (APP,), "eye"),
    "reviewed": Kind(later("A reviewer changed or sent back an answer of mine"), (APP, MAIL, PUSH), "edit"),
    "article_review": Kind(later("An article waits for my review (leads)"), (APP,), "book"),
    "review_overdue": Kind(later("Nobody reviewed a held answer in time"), (APP, MAIL), "clock"),
    "approval_asked": Kind(later("Somebody asks for my approval"), (APP, MAIL, PUSH), "shield"),
    "approved": Kind(later("What I asked for was approved"), (APP, PUSH), "check"),
    "declined": Kind(later("What I asked for was declined"), (APP, MAIL, PUSH), "x"),
    "approval_over": Kind(later("Nobody decided in time what I asked for"), (APP, MAIL), "clock"),
    "action_failed": Kind(later("A shop did not do what I asked for"), (APP, MAIL, PUSH), "alert"),
    "action_unsure": Kind(later("A shop did not answer what I asked for"), (APP,), "clock"),
    "dispute_opened": Kind(later("A customer’s bank contests a payment (leads)"), (APP, MAIL, PUSH), "alert"),
    "dispute_due": Kind(
        later("Evidence for a dispute is due in three days (leads)"), (APP, MAIL, PUSH), "clock"
    ),
    "moderation": Kind(later("Something of the community waits for a moderator (leads)"), (APP,), "heart"),
}
# what makes somebody follow a conversation, unless they left it
FOLLOWS: Final[dict[str, Promise]] = {
    "assigned": later("it is given to me"),
    "mentioned": later("somebody mentions me in it"),
    "replied": later("I answer in it"),
}

_WITH_ACTOR: Final[dict[str, Callable[[], str]]] = {
    "mentioned": lambda: _("%(actor)s mentioned you"),
    "assigned": lambda: _("%(actor)s gave this to you"),
    "team_assigned": lambda: _("%(actor)s gave this to the team %(team)s"),
    "answered": lambda: _("%(actor)s wrote"),
    "noted": lambda: _("%(actor)s left a note"),
    "review_asked": lambda: _("%(actor)s sent an answer to review"),
    "article_review": lambda: _("%(actor)s asks you to look at an article"),
    "reviewed": lambda: _("%(actor)s reviewed your answer"),
    "approval_asked": lambda: _("%(actor)s asks for your approval"),
    "approved": lambda: _("%(actor)s approved what you asked for"),
    "declined": lambda: _("%(actor)s declined what you asked for"),
}
_ALONE: Final[dict[str, Callable[[], str]]] = {
    "mentioned": lambda: _("You were mentioned"),
    "assigned": lambda: _("This was given to you"),
    "team_assigned": lambda: _("This was given to the team %(team)s"),
    "answered": lambda: _("The customer wrote"),
    "noted": lambda: _("There is a new note"),
    "failed": lambda: _("Your message could not be delivered"),
    "snooze_over": lambda: _("What you put aside is back"),
    "budget": lambda: _("The month's budget for translation is used up"),
    "review_asked": lambda: _("An answer waits for review"),
    "article_review": lambda: _("An article waits for review"),
    "reviewed": lambda: _("Your answer was reviewed"),
    "review_overdue": lambda: _("Nobody reviewed an answer in time"),
    "approval_asked": lambda: _("An action waits for your approval"),
    "approved": lambda: _("What you asked for was approved"),
    "declined": lambda: _("What you asked for was declined"),
    "approval_over": lambda: _("Nobody decided in time: it is not done"),
    "action_failed": lambda: _("The shop did not do it: see why"),
    "action_unsure": lambda: _("The shop did not answer: we ask again"),
    "dispute_opened": lambda: _("A payment is contested: answer it in time"),
    "dispute_due": lambda: _("Evidence for a contested payment is due in three days"),
    "moderation": lambda: _("Posts that were held or reported wait for your decision"),
}


def sentence(kind: str, actor: str, facts: Mapping[str, Any]) -> str:
    """Say one notification in the active language."""
    words = {"actor": actor, "team": str(facts.get("team", ""))}
    if kind == "mentioned" and actor and words["team"]:
        return _("%(actor)s mentioned the team %(team)s") % words
    if kind == "budget" and facts.get("engine"):
        return _("The month's budget of the engine %(engine)s is used up") % {"engine": facts["engine"]}
    said = (_WITH_ACTOR.get(kind) if actor else None) or _ALONE.get(kind)
    return said() % words if said else kind.replace("_", " ")

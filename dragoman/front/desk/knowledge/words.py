"""How texts of articles stand, in the reader's language."""

from typing import Final

from django.utils.translation import gettext_lazy as later
from django.utils.translation import pgettext_lazy

from ..settings.texts.words import State

STATES: Final[dict[str, State]] = {
    "published": State(
        pgettext_lazy("state of an article", "Published"), "check", later("readers see it as it stands")
    ),
    "changed": State(
        pgettext_lazy("state of an article", "Changed"),
        "edit",
        later("readers see an earlier wording; a newer one waits"),
    ),
    "draft": State(pgettext_lazy("state of an article", "Draft"), "edit", later("written, not published")),
    "review": State(
        pgettext_lazy("state of an article", "In review"), "eye", later("a lead is asked to look at it")
    ),
    "scheduled": State(
        pgettext_lazy("state of an article", "Scheduled"), "clock", later("it is published on its day")
    ),
    "stale": State(
        pgettext_lazy("state of an article", "Stale"),
        "clock",
        later("published, but its source was changed since"),
    ),
    "machine": State(
        pgettext_lazy("state of an article", "Machine"),
        "robot",
        later("published, written by a machine, nobody looked at it"),
    ),
    "archived": State(
        pgettext_lazy("state of an article", "Archived"), "box", later("taken from its readers, kept here")
    ),
    "missing": State(
        pgettext_lazy("state of an article", "Missing"),
        "x",
        later("not written: readers get another language, and are told so"),
    ),
}
# what one may ask the list for besides a state
ALSO: Final = {
    "work": later("Waiting for somebody"),
    "no_owner": later("Without an owner"),
}

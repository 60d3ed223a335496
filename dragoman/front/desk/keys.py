"""The keyboard in one place: this map makes the help page, and the browser reads the keys from it."""

from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Key:
    """One key: `key` as the browser names it, `does` the word of the action, `said` for people."""

    key: str
    does: str
    said: Promise
    cap: str = ""

    @property
    def shown(self) -> str:
        """Return what is printed on the key."""
        return self.cap or self.key.upper()


_DESK: Final[tuple[tuple[Promise, tuple[Key, ...]], ...]] = (
    (
        _("Move"),
        (
            Key("j", "next", _("Next conversation")),
            Key("k", "previous", _("Previous conversation")),
            Key("Enter", "open", _("Open the chosen conversation"), "↵"),
            Key("x", "pick", _("Select this row, or take it out")),
            Key("*", "pickShown", _("Select all rows shown"), "*"),
            Key("Escape", "back", _("Back, or close what is open"), "Esc"),
            Key("/", "search", _("Search"), "/"),
            # with a draft open the same key asks for its review
            Key("v", "view", _("Save this view, or change the saved one")),
            Key("d", "density", _("One line or three lines a conversation")),
            Key("?", "keys", _("All keys"), "?"),
        ),
    ),
    (
        _("Write"),
        (
            Key("r", "reply", _("Reply to the customer")),
            Key("n", "note", _("Private note")),
            Key("p", "phrases", _("Macros and phrases")),
            # in a draft the slash is the composer's own, the map only tells of it
            Key("", "slash", _("In a draft: macros and phrases"), "/"),
            Key("l", "ways", _("Send later, or and resolve")),
            Key("v", "review", _("Ask for review of the draft")),
            Key("c", "copies", _("Copies to others")),
            Key("w", "ask", _("Ask somebody outside")),
            Key("i", "law", _("Insert what the law says into the reply")),
            Key("g", "glossary", _("Glossary, at what is selected")),
            Key("1", "take1", _("Take the first remembered sentence")),
            Key("2", "take2", _("Take the second")),
            Key("3", "take3", _("Take the third")),
            Key("o", "originals", _("Show or hide the originals")),
        ),
    ),
    (
        _("Handle"),
        (
            Key("e", "resolve", _("Resolve or reopen")),
            Key("h", "snooze", _("Snooze")),
            Key("a", "assign", _("Assign")),
            Key("m", "take", _("Assign to me")),
            Key("t", "tag", _("Tags")),
            Key("s", "market", _("Confirm the country a customer seems to be in")),
            Key("f", "follow", _("Follow or unfollow")),
            Key("!", "junk", _("Junk, or not junk")),
            Key("y", "priority", _("Priority")),
            Key("b", "merge", _("Merge with another conversation")),
            Key("z", "undo", _("Undo")),
        ),
    ),
)
# on the page of reviews, where none of the places above is
_REVIEW: Final = (
    _("Review"),
    (
        Key("j", "review_next", _("Next in the queue")),
        Key("k", "review_previous", _("Previous in the queue")),
        Key("a", "accept", _("Accept: it goes out as it stands")),
        Key("e", "edit", _("Edit the translation")),
        Key("r", "reject", _("Reject, with a reason")),
        Key("1", "suggestion1", _("Take the first suggestion (2, 3: the others)"), "1"),
        Key("2", "suggestion2", _("Take the second suggestion"), "2"),
        Key("3", "suggestion3", _("Take the third suggestion"), "3"),
    ),
)
GROUPS: Final = (*_DESK, _REVIEW)
CHORDS: Final[tuple[tuple[str, Promise], ...]] = (
    ("Ctrl K", _("Commands and search")),
    ("Ctrl ↵", _("Send")),
    ("Ctrl ⇧ ↵", _("Send, then the next one")),
)

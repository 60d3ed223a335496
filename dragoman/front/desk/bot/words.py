"""What steps of a flow are called in the editor."""

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

KINDS: Final[Mapping[str, tuple[str | Promise, str | Promise]]] = {
    "say": (_("Say"), _("Tells the customer something.")),
    "ask": (_("Ask"), _("Asks one thing and keeps the answer.")),
    "tool": (_("Use a tool"), _("Looks something up, or does it.")),
    "condition": (_("Condition"), _("Goes one way or the other.")),
    "answer_from_help": (_("Answer from the help centre"), _("Looks for the answer in your articles.")),
    "prove_identity": (
        _("Prove whose order it is"),
        _("By the shop’s log-in, else by a code to the order’s address."),
    ),
    "hand_over": (_("Hand over"), _("Calls a person, with a summary.")),
    "resolve": (_("Resolve"), _("Ends the conversation.")),
}
TAKES: Final[Mapping[str, str | Promise]] = {
    "free": _("Any text"),
    "choice": _("One of several"),
    "yes_no": _("Yes or no"),
    "order_number": _("An order number"),
    "email": _("An e-mail address"),
    "postcode": _("A postcode"),
}

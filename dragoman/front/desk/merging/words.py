"""What merging says to people: fields, and what speaks against it."""

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

WARNINGS: Final[dict[str, Promise]] = {
    "customers": _("Two different customers. Answers go to the one of the conversation that stays."),
    "languages": _("They write different languages."),
    "closed": _("The one that goes was closed: its history is added, nothing is reopened."),
    "names": _("The names do not fit. Are you sure that this is one person?"),
    "markets": _("They buy in different countries."),
    "proved": _("Both have a mail address they proved. A wrong merge shows one person's letters to another."),
}
FIELDS: Final[dict[str, Promise]] = {
    "subject": _("Subject"),
    "assignee": _("Assignee"),
    "team": _("Team"),
    "priority": _("Priority"),
    "language": _("Language"),
    "name": _("Name"),
    "market": _("Market"),
    "time_zone": _("Time zone"),
    "notes": _("Notes"),
    "register": _("Form of address"),
    "gender": _("Spoken to as"),
}
REASONS: Final[dict[str, Promise]] = {
    "name": _("Almost the same name"),
    "mail": _("A mail address spelt alike"),
    "said": _("Gave this address in a chat"),
    "order": _("Wrote about the same order"),
}

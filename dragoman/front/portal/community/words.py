"""What members and readers are told for the codes of `service/community`."""

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later

from dragoman.ground.design.functions import format_list
from dragoman.service.community.filters import (
    FIRST,
    LINKS,
    MANY_LINKS,
    SAME_TEXT,
    personal_of,
)
from dragoman.service.community.moderation_models import Ground

BADGES: Final[Mapping[str, Promise]] = {
    "expert": later("Expert"),
    "guide": later("Guide"),
    "helper": later("Helper"),
}
_KINDS: Final[Mapping[str, Promise]] = {
    "card": later("a card number"),
    "iban": later("an account number"),
    "national_id": later("an identity number"),
    "password": later("a password"),
    "token": later("an access key"),
    "email": later("an e-mail address"),
    "phone": later("a phone number"),
}
GROUNDS: Final[Mapping[str, Promise]] = {
    Ground.ILLEGAL: later("It is against the law"),
    Ground.SPAM: later("It is advertising or spam"),
    Ground.ABUSE: later("It insults, threatens or spreads hate"),
    Ground.PERSONAL: later("It shows somebody’s personal data"),
    Ground.HARMFUL: later("Its advice is dangerous"),
    Ground.OFF_TOPIC: later("It does not belong here"),
    Ground.OTHER: later("It breaks another rule of this community"),
}
_WHY: Final[Mapping[str, Promise]] = {
    FIRST: later("A person looks at the first posts of new members before others can read them."),
    LINKS: later("A person looks at links of new members before others can read them."),
    MANY_LINKS: later("A person looks at posts with many links before others can read them."),
    SAME_TEXT: later("The same text was written here before. A person looks at it."),
}


def held_because(why: list[str]) -> str:
    """Say to its writer why a post waits, and what they can do."""
    kinds = personal_of(why)
    if kinds:
        named = format_list(str(_KINDS[one]) for one in kinds if one in _KINDS)
        return _(
            "This waits, because everybody could read the personal data in it: %(kinds)s. Change it and take that out."
        ) % {"kinds": named}
    known = next((str(_WHY[one]) for one in why if one in _WHY), "")
    return known or _("A person looks at this before others can read it.")

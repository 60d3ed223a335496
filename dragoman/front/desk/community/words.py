"""Why a post waits, in words of moderators."""

from collections.abc import Mapping, Sequence
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from dragoman.service.community.filters import (
    FIRST,
    JUNK,
    LINKS,
    MANY_LINKS,
    PERSONAL_MARK,
    SAME_TEXT,
    STOP_WORD,
)

_WHY: Final[Mapping[str, Promise]] = {
    FIRST: _("First post of a new member"),
    LINKS: _("Link by a new member"),
    MANY_LINKS: _("Many links"),
    SAME_TEXT: _("Same text as another post"),
    STOP_WORD: _("One of your words"),
    JUNK: _("Looks like your junk"),
    f"{PERSONAL_MARK}card": _("Card number (masked)"),
    f"{PERSONAL_MARK}iban": _("Account number (masked)"),
    f"{PERSONAL_MARK}national_id": _("Identity number (masked)"),
    f"{PERSONAL_MARK}password": _("Password (masked)"),
    f"{PERSONAL_MARK}token": _("Access key (masked)"),
    f"{PERSONAL_MARK}email": _("E-mail address"),
    f"{PERSONAL_MARK}phone": _("Phone number"),
}


def held_for(why: Sequence[str]) -> list[str]:
    """Return what holds a post back."""
    return [str(_WHY[one]) for one in why if one in _WHY]

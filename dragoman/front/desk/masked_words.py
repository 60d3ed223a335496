"""Types of personal data and how many of them were masked, said for people."""

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

LABELS: Final[dict[str, Promise]] = {
    "card": _("Card numbers"),
    "iban": _("Bank accounts (IBAN)"),
    "national_id": _("National identity numbers"),
    "password": _("Passwords"),
    "token": _("Keys of programs (tokens)"),
    "email": _("E-mail addresses"),
    "phone": _("Phone numbers"),
}


def masked_words(count: Mapping[str, int]) -> list[str]:
    """Say how many of which type were masked, a sentence for each."""
    return [_said(kind, count[kind]) for kind in LABELS if count.get(kind)]


def _said(kind: str, count: int) -> str:
    said = {
        "card": ngettext("%(count)s card number was masked.", "%(count)s card numbers were masked.", count),
        "iban": ngettext("%(count)s bank account was masked.", "%(count)s bank accounts were masked.", count),
        "national_id": ngettext(
            "%(count)s national identity number was masked.",
            "%(count)s national identity numbers were masked.",
            count,
        ),
        "password": ngettext("%(count)s password was masked.", "%(count)s passwords were masked.", count),
        "token": ngettext("%(count)s key was masked.", "%(count)s keys were masked.", count),
        "email": ngettext(
            "%(count)s e-mail address was masked.", "%(count)s e-mail addresses were masked.", count
        ),
        "phone": ngettext(
            "%(count)s phone number was masked.", "%(count)s phone numbers were masked.", count
        ),
    }[kind]
    return said % {"count": count}

"""What does not fit a shape, said to people: pydantic's faults as whole sentences in the reader's language."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from pydantic import ValidationError

Said = Callable[[Mapping[str, Any]], str]


def _text_too_long(told: Mapping[str, Any]) -> str:
    most = int(told["max_length"])
    said = ngettext("At most %(most)s letter fits here.", "At most %(most)s letters fit here.", most)
    return said % {"most": most}


def _list_too_long(told: Mapping[str, Any]) -> str:
    most = int(told["max_length"])
    said = ngettext("At most %(most)s entry fits here.", "At most %(most)s entries fit here.", most)
    return said % {"most": most}


def _listed(words: str) -> str:
    """Return "'open', 'completed' or 'cancelled'" as words with commas."""
    return words.replace(" or ", ", ").replace("'", "")


_WORDS: Final[Mapping[str, Said]] = {
    "missing": lambda _told: _("This is missing."),
    "extra_forbidden": lambda _told: _("There is no such field: leave it out, or correct its name."),
    "string_too_long": _text_too_long,
    "string_too_short": lambda _told: _("This is empty."),
    "string_pattern_mismatch": lambda _told: _("This is not written as it has to be."),
    "too_long": _list_too_long,
    "enum": lambda told: _("Write one of: %(words)s.") % {"words": _listed(str(told["expected"]))},
    "greater_than": lambda told: _("This has to be more than %(least)s.") % {"least": told["gt"]},
    "greater_than_equal": lambda told: _("This has to be at least %(least)s.") % {"least": told["ge"]},
    "less_than": lambda told: _("This has to be less than %(most)s.") % {"most": told["lt"]},
    "less_than_equal": lambda told: _("This has to be at most %(most)s.") % {"most": told["le"]},
    # what our own shapes say is a whole sentence already
    "value_error": lambda told: str(told["error"]),
}
# kinds of which there are several for one fault: by what they begin with
_KINDS: Final[Mapping[str, Said]] = {
    "string": lambda _told: _("This is no text."),
    "int": lambda _told: _("This is no whole number."),
    "decimal": lambda _told: _("This is no number."),
    "finite": lambda _told: _("This is no number."),
    "float": lambda _told: _("This is no number."),
    "bool": lambda _told: _("This is neither true nor false."),
    "datetime": lambda _told: _("This is no moment: write it as 2026-11-28T09:30:00Z."),
    "date": lambda _told: _("This is no date: write it as 2026-11-28."),
    "list": lambda _told: _("This is no list."),
    "model": lambda _told: _("This has no fields with names."),
    "dict": lambda _told: _("This has no fields with names."),
}


def faults_in(error: ValidationError) -> list[tuple[str, str]]:
    """Return what does not fit as (field such as `lines.0.sku`, sentence); the field of the whole is empty."""
    return [
        (".".join(str(part) for part in one["loc"]), _said(one["type"], one.get("ctx") or {}))
        for one in error.errors(include_url=False, include_input=False)
    ]


def _said(kind: str, told: Mapping[str, Any]) -> str:
    words = _WORDS.get(kind) or _KINDS.get(kind.partition("_")[0])
    return words(told) if words else _("This does not fit.")

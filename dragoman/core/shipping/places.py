"""Countries as tables and settings name them: two letters, and EU for the Union."""

from collections.abc import Iterable
from typing import Final

from babel import Locale
from django.utils.translation import gettext as _

from dragoman.kit.errors import Refusal

UNION: Final = "EU"
_NONE: Final = frozenset(["EU", "EZ", "UN", "QO", "ZZ", "XA", "XB"])


def is_country(code: str) -> bool:
    """Say whether it is a country's code (ISO 3166-1 alpha-2, capitals)."""
    return len(code) == 2 and code.isalpha() and code not in _NONE and code in Locale("en").territories


def checked_country(written: str) -> str:
    """Return a country's code; raises Refusal `bad_country`."""
    code = written.strip().upper()
    if not is_country(code):
        said = _("“%(code)s” is no country: give two letters such as DE.") % {"code": written.strip()[:20]}
        raise Refusal(said, code="bad_country", status=422)
    return code


def checked_places(written: Iterable[str]) -> list[str]:
    """Return countries and EU, each once, in order; raises Refusal `bad_country`."""
    codes = [one.strip().upper() for one in written if one.strip()]
    return sorted({code if code == UNION else checked_country(code) for code in codes})

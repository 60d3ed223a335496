"""When an order is there, in the reader's words: between which days, and by what."""

from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise as Text
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from dragoman.core.shipping.promise import Basis, Promise, Why
from dragoman.ground.design.functions import format_date, format_number
from dragoman.ground.providers.carriers.formats import carriers

WHY: Final[dict[Why, Text]] = {
    Why.NO_ORIGIN: gettext_lazy("Not known: nobody said where parcels start."),
    Why.NO_DESTINATION: gettext_lazy("Not known: the order names no country."),
    Why.NO_HANDLING: gettext_lazy("Not known: nobody said when orders are handed to the carrier."),
    Why.NO_DAYS: gettext_lazy("Not known: fewer than 20 parcels went there, and the table says no days."),
    Why.NO_CALENDAR: gettext_lazy("Not known: nobody read which days are worked there."),
}
# what a lead can mend under Shipping and duty
MENDED: Final = frozenset({Why.NO_ORIGIN, Why.NO_HANDLING, Why.NO_DAYS})


@dataclass(frozen=True)
class Promised:
    """A promise as people read it."""

    found: Promise

    @property
    def said(self) -> str:
        """Say between which days, or why that is not known."""
        found = self.found
        if found.earliest is None or found.latest is None:
            return str(WHY[found.why]) if found.why else ""
        first, last = format_date(found.earliest), format_date(found.latest)
        if first == last:
            return _("With the customer on %(day)s") % {"day": first}
        return _("With the customer between %(first)s and %(last)s") % {"first": first, "last": last}

    @property
    def by(self) -> str:
        """Say by what: how many parcels were measured and whose, or the table; "" where nothing is known."""
        found = self.found
        if found.basis is Basis.TABLE:
            return _("By your table of rates, in days that both countries work: %(services)s") % {
                "services": ", ".join(found.services)
            }
        if found.basis is Basis.MEASURED:
            said = ngettext(
                "By %(num)s parcel of the last half year: half, and nine of ten, were there by then (%(carriers)s)",
                "By %(num)s parcels of the last half year: half, and nine of ten, were there by then (%(carriers)s)",
                found.parcels,
            )
            named = [carriers()[one].name if one in carriers() else one for one in found.carriers]
            return said % {"num": format_number(found.parcels), "carriers": ", ".join(named)}
        return ""

    @property
    def handover(self) -> str:
        """Say when it goes, or went, to the carrier; "" where that is not known."""
        if self.found.handover is None:
            return ""
        return _("To the carrier on %(day)s") % {"day": format_date(self.found.handover)}

    @property
    def is_mended(self) -> bool:
        """Say whether a lead can make it known."""
        return self.found.why in MENDED

"""What a receiver does, or waits for, while a parcel stands somewhere: by the carrier's detail, else by the status."""

from collections.abc import Mapping
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

_ADVICE: Final[Mapping[str, Any]] = {
    "customs_hold": _(
        "Customs looks at it. You need not do anything unless they or the carrier write to you."
    ),
    "customs_payment": _(
        "Duty or tax is open. The carrier tells you how to pay; after that it comes to you."
    ),
    "customs_papers": _("Customs waits for papers. We look after it, and write to you if we need something."),
    "bad_address": _("The carrier cannot find your address. Write to us: we pass the right one on."),
    "ready_to_collect": _(
        "Fetch it at the carrier’s point. Take the number and something that shows who you are."
    ),
    "attempt_failed": _("Nobody could take it. The carrier tries again, or leaves it at a point near you."),
    "exception": _("Something holds it up. We look after it."),
    "returning": _("It is on its way back to us. Write to us if you still want it."),
    "returned": _("It is back with us. Write to us what you would like instead."),
    "lost": _("The carrier cannot find it. Write to us: we look for it with the carrier."),
    "expired": _("The carrier has told nothing for a long time. Write to us: we ask where it is."),
}


def advice(status: str, detail: str) -> str:
    """Return what is to be done, "" where nothing is."""
    return str(_ADVICE.get(detail) or _ADVICE.get(status) or "")

"""What customers read of returns: reasons, ways and states, said to them."""

from collections.abc import Mapping
from typing import Any, Final

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from dragoman.service.returns.models import Return, Wish

REASONS: Final[Mapping[str, Any]] = {
    "in_time": _("You can send it back: the time is not over."),
    "not_begun": _("You can send it back: your time begins when the last parcel has arrived."),
    "not_informed": _("You can send it back: we did not tell you of your right, so you have more time."),
    "window_over": _("The time to send it back is over."),
    "no_right": _(
        "No law gives a right to send this back for a change of mind, and we have no policy for it."
    ),
    "not_known": _("We cannot say whether this may come back. Please write to us."),
    "business": _("The right is one of consumers. For companies holds what was agreed."),
    "custom_made": _("It was made for you, and cannot be sent back for a change of mind."),
    "perishable": _("It goes off quickly, and cannot be sent back for a change of mind."),
    "hygiene": _("Its seal was broken, and for reasons of health or hygiene it cannot be sent back."),
    "digital": _("The download began with your consent, which ended the right."),
    "sealed_media": _("The seal of the recording or software was broken, which ended the right."),
    "final_sale": _("It was sold as a final sale, which our policy leaves out."),
    "already_returned": _("None of it is left: it went back, was refunded or cancelled, or is on its way."),
}
CONDITIONS: Final[Mapping[str, Any]] = {
    "hygiene_unopened": _("Only while its seal is unbroken."),
    "digital_unopened": _("Only while the download has not begun with your consent."),
    "sealed_media_unopened": _("Only while its seal is unbroken."),
}
WHY: Final[Mapping[str, Any]] = {
    "changed_mind": _("I changed my mind"),
    "size": _("It does not fit"),
    "not_as_described": _("It is not as described"),
    "damaged": _("It arrived damaged"),
    "wrong_item": _("The wrong thing came"),
    "late": _("It came too late"),
    "other": _("Another reason"),
}
WISHES: Final[Mapping[str, Any]] = {
    "refund": _("Money back"),
    "exchange": _("Exchange for another one"),
    "credit": _("Store credit"),
}
METHODS: Final[Mapping[str, tuple[Any, Any]]] = {
    "prepaid_label": (_("With our label"), _("You get a label. Put it on the parcel and hand it over.")),
    "drop_off": (_("At a drop-off point"), _("You get a code or label, and leave the parcel at a point.")),
    "in_store": (_("In our shop"), _("Bring the goods and the number of the return to one of our shops.")),
    "pick_up": (_("Picked up at home"), _("We tell you when the carrier comes to you.")),
    "keep_item": (_("Keep it"), _("You need not send it back.")),
    "own_carrier": (
        _("By a carrier you choose"),
        _("Write the number of the return on the parcel, and keep the receipt of the carrier."),
    ),
}
STATES: Final[Mapping[str, Any]] = {
    "requested": pgettext_lazy("your return", "Asked for"),
    "approved": pgettext_lazy("your return", "Accepted"),
    "label": pgettext_lazy("your return", "Label sent"),
    "in_transit": pgettext_lazy("your return", "On its way to us"),
    "received": pgettext_lazy("your return", "Arrived at our place"),
    "inspected": pgettext_lazy("your return", "Looked at"),
    "refunded": pgettext_lazy("your return", "Money sent"),
    "exchanged": pgettext_lazy("your return", "Exchanged"),
    "credited": pgettext_lazy("your return", "Store credit given"),
    "rejected": pgettext_lazy("your return", "Not accepted"),
    "cancelled": pgettext_lazy("your return", "Called off"),
}
# what a customer does, or waits for, in each state
NEXT_STEP: Final[Mapping[str, Any]] = {
    "requested": _("We look at it now. You need not do anything yet."),
    "approved": _("Send the goods back now, in the way you chose."),
    "label": _("Put the label on the parcel, and hand it over."),
    "in_transit": _("We wait for the parcel. You need not do anything."),
    "received": _("The goods are here. We look at them and send the money."),
    "inspected": _("We looked at the goods, and send the money now."),
    "refunded": _("The money is on its way to you."),
    "exchanged": _("The exchange is done."),
    "credited": _("The store credit is yours."),
    "rejected": _("We did not accept it. The reason stands below."),
    "cancelled": _("You keep the goods. Nothing more happens."),
}
# the same where something else than money was wished for
_NEXT_STEP_INSTEAD: Final[Mapping[str, Any]] = {
    "received": _("The goods are here. We look at them, and then you get what you wished for."),
    "inspected": _("We looked at the goods: what you wished for comes next."),
}
# the same where other goods went out for them before
_NEXT_STEP_EXCHANGED: Final[Mapping[str, Any]] = {
    "approved": _("Send back what was exchanged. What you get for it was sent to you by the shop."),
    "received": _("The goods are here. We look at them; you need not do anything."),
    "inspected": _("The goods are here. We look at them; you need not do anything."),
}
PAYERS: Final[Mapping[str, Any]] = {
    "seller": _("We pay for sending it back."),
    "customer": _("You pay for sending it back."),
}
WRONG_CODE: Final[Any] = _("This code does not fit. Look at the newest mail, or ask for a new code.")
CODE_OVER: Final[Any] = _("This code holds no more. Ask for a new one.")
NO_MORE: Final[Any] = _("This cannot be done any more. Go back, and look at the goods again.")
# why a photo was not taken
NO_PHOTO: Final[Any] = _("“%(name)s” was not taken: give a photo as JPEG, PNG or WebP.")
NO_HEIC: Final[Any] = _(
    "“%(name)s” was not taken: it is a HEIC photo. Save it as JPEG, or take a screenshot of it."
)
LARGE_PHOTO: Final[Any] = _("“%(name)s” was not taken: it is larger than 10 MB.")
PHOTOS_FULL: Final[Any] = _("“%(name)s” was not taken: this return has as many photos as it takes.")
# what a declaration lacks
LACKS: Final[Mapping[str, Any]] = {
    "name": _("Give your name."),
    "order_number": _("Name the order: its number, or what you bought and when."),
    "email": _("Give a whole e-mail address: the receipt goes there."),
}


def next_step(made: Return, state: str) -> str:
    """Say what a customer does, or waits for, when their return stands in a state."""
    said = _NEXT_STEP_EXCHANGED.get(state) if made.exchange_id else None
    if made.wish != Wish.REFUND:
        said = said or _NEXT_STEP_INSTEAD.get(state)
    return str(said or NEXT_STEP[state])

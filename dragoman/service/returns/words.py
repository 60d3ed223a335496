"""What codes of returns are called, in the reader's language: reasons, conditions, ways, states, why it comes back."""

from collections.abc import Mapping
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

REASONS: Final[Mapping[str, Any]] = {
    "in_time": _("It can be sent back: the time is not over."),
    "not_begun": _("It can be sent back: the time begins when the last parcel has arrived."),
    "not_informed": _("It can be sent back: the customer was not told of the right, so there is more time."),
    "window_over": _("The time to send it back is over."),
    "no_right": _("No law gives a right to send this back for a change of mind, and no policy covers it."),
    "not_known": _(
        "The law of the country is not known here, and no policy covers it: ask somebody who knows."
    ),
    "business": _("The right is one of consumers: a company has what was agreed."),
    "custom_made": _("It was made for this customer, and cannot be sent back for a change of mind."),
    "perishable": _("It goes off quickly, and cannot be sent back for a change of mind."),
    "hygiene": _("The seal was broken, and for health or hygiene it cannot be sent back."),
    "digital": _("The download began with the customer’s consent, which ended the right."),
    "sealed_media": _("The seal of the recording or software was broken, which ended the right."),
    "final_sale": _("It was sold as a final sale, which the policy leaves out."),
    "already_returned": _(
        "As much is not left of it: it went back, was refunded or cancelled, or is on its way."
    ),
}
CONDITIONS: Final[Mapping[str, Any]] = {
    "hygiene_unopened": _("Only while the seal is unbroken."),
    "digital_unopened": _("Only while the download has not begun with the customer’s consent."),
    "sealed_media_unopened": _("Only while the seal is unbroken."),
}
REMARKS: Final[Mapping[str, Any]] = {
    "law_not_known": _(
        "What the law of this country says is not known here: only the brand’s policy is told."
    ),
}
METHODS: Final[Mapping[str, Any]] = {
    "prepaid_label": _("Prepaid label"),
    "drop_off": _("Drop-off point"),
    "in_store": _("In a shop"),
    "pick_up": _("Pick-up at home"),
    "keep_item": _("Keep it"),
    "own_carrier": _("By a carrier of one’s own"),
}
WHY: Final[Mapping[str, Any]] = {
    "size": _("Does not fit"),
    "damaged": _("Arrived damaged"),
    "wrong_item": _("The wrong thing came"),
    "not_as_described": _("Not as described"),
    "changed_mind": _("Changed their mind"),
    "late": _("Came too late"),
    "other": _("Another reason"),
}

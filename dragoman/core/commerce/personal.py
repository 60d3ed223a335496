"""What of an order is a person's, and how it is taken out: the one place that says so.

Books keep what was sold, to which country, for how much. All else that leads to whoever bought goes: where they live
and are reached, what they wrote, their bank's words, their parcels' numbers and way.
"""

from collections.abc import Mapping
from typing import Any, Final

from django.db.models import Model

from .models import Dispute, Order, OrderAction, Payment, Refund, Shipment, ShipmentEvent
from .numbers import number_key

# the fields of each row that are a person's, and what they become
PERSONAL: Final[Mapping[type[Model], Mapping[str, Any]]] = {
    Order: {
        "name": "",
        "email": "",
        "phone": "",
        "note": "",
        "cancel_reason": "",
        "shipping_address": {},
        "billing_address": {},
        "customer_id": None,
        # made of all the above
        "state_hash": "",
    },
    Shipment: {"tracking_number": "", "tracking_key": "", "tracking_url": "", "due_at": None},
    ShipmentEvent: {"text": "", "place": ""},
    Payment: {"said": ""},
    Refund: {"reason": ""},
    # what was sent to their bank is with the vendor; here its words go with the person
    Dispute: {"statement": "", "answer_error": ""},
    # where to send it, why, and what the shop said of it
    OrderAction: {"wanted": {}, "note": "", "code": "", "failure": "", "left": ""},
}


def without_person(model: type[Model], values: Mapping[str, Any]) -> dict[str, Any]:
    """Return the values of a row as they are once its person was taken out; of an order its customer too."""
    personal = PERSONAL.get(model, {})
    return {name: personal.get(name, value) for name, value in values.items()}


def names_parcel(external_id: str, tracking_number: str) -> bool:
    """Say whether a shop's id of a parcel is made of its number, and so leads to whoever it went to."""
    number = number_key(tracking_number)
    return bool(number) and number in number_key(external_id)

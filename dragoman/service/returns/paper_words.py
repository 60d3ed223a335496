"""Words of customs papers of returns: labels, what is missing, when duty is relieved, what proves it."""

from collections.abc import Mapping
from typing import Any, Final

from django.utils import translation
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

NOT_KNOWN: Final = _("not known")
LABELS: Final[Mapping[str, Any]] = {
    "cn23": _("Customs declaration CN 23"),
    "invoice": _("Pro-forma invoice for returned goods"),
    "relief": _("Returned goods: note for customs"),
    "sender": pgettext_lazy("customs", "Sender"),
    "addressee": pgettext_lazy("customs", "Addressee"),
    "reference": _("Importer’s reference (EORI, VAT or tax number)"),
    "item": _("Number of the item"),
    "category": _("Category: returned goods"),
    "text": _("Description of the contents"),
    "quantity": pgettext_lazy("customs", "Quantity"),
    "net": _("Net weight (kg)"),
    "value": pgettext_lazy("customs", "Value"),
    "hs_code": _("HS tariff number"),
    "origin": _("Country of origin"),
    "unit_value": _("Value of one"),
    "total": pgettext_lazy("customs", "Total"),
    "gross": _("Gross weight of the parcel (kg)"),
    "weigh": _("Weigh the packed parcel and write it here"),
    "postage": _("Postage paid"),
    "signature": _("Date and signature of the sender"),
    "return": _("Return"),
    "order": _("Original order"),
    "placed": _("Sold on"),
    "sent": _("First sent on"),
    "tracking": _("Tracking number, there"),
    "back": _("Tracking number, back"),
    "reason": _("Reason of the return"),
    "date": pgettext_lazy("customs", "Date"),
    "law": pgettext_lazy("customs", "Rule"),
    "claim": _("Code to claim it by"),
    "until": _("To be back by"),
}
# for a missing thing: what the agent has to do about it
MISSING: Final[Mapping[str, Any]] = {
    "place": _("There is no place for it to go to: add a return place in the settings."),
    "sender": _("The customer’s address is not known: ask for it."),
    "reference": _("The return place has no importer’s number (EORI or VAT): customs ask for it."),
    "text": _("Describe it in English, in words that customs understand."),
    "hs_code": _("The tariff number is not known: at least six digits are needed."),
    "origin": _("The country in which it was made is not known."),
    "weight": _("Its weight is not known."),
    "value": _("Its value is not known."),
    "sent": _("When it was first sent is not known: proof of the export is needed for relief."),
}
CONDITIONS: Final[Mapping[str, Any]] = {
    "exported_there": _("The goods were sent out of this customs territory, as goods in free circulation."),
    "same_state": _(
        "They come back as they were sent: worn or tried on is no change, worked on or improved is."
    ),
    "on_application": _("Relief is not given by itself: it is asked for when the goods are declared."),
    "not_from_ni": _("It does not hold for goods that left by going from Great Britain to Northern Ireland."),
    "drawback_repaid": _("Duty that was given back when they left is paid again."),
    "identity": _("It can be seen that they are the same goods, by a serial number or the like."),
}
PROOFS: Final[Mapping[str, Any]] = {
    "export_declaration": _("The export declaration of the first parcel, or its CN 22 or CN 23."),
    "invoice": _("The invoice of the sale."),
    "order": _("The number of the order, which both parcels name."),
    "tracking": _("The tracking of both parcels: out and back."),
    "reason": _("Why the goods come back, in the customer’s own words if there are any."),
    "shipper_declaration": _(
        "Above 2,500 USD: the foreign sender’s declaration that nothing was improved abroad."
    ),
    "owner_declaration": _("Above 2,500 USD: the owner’s declaration of the same."),
}
UNLESS: Final[Mapping[str, Any]] = {
    "made_there": _("For goods that were made there, there is no such limit."),
    "first_sender": _("For goods that go back to whoever sent them, there is no such limit."),
}
STANDINGS: Final[Mapping[str, Any]] = {
    "claimable": _("Relief can be claimed: the first parcel started in this customs territory."),
    "elsewhere": _(
        "Relief cannot be claimed: the first parcel started in another customs territory, "
        "so the goods are new here."
    ),
    "not_known": _(
        "Whether relief can be claimed is not known: say in the settings of shipping where your "
        "parcels start."
    ),
    "no_rule": _("Not known: nobody has read what this country says of returned goods. Ask its customs."),
    "none_due": _(
        "No duty is due inside one customs territory. Show that the goods are Union goods (T2L, or the "
        "invoice); what holds for VAT is not known here."
    ),
}
NOTES: Final[Mapping[str, Any]] = {
    "ni": _(
        "Northern Ireland: goods in free circulation go to Great Britain and to the EU without customs "
        "papers."
    ),
    "no_vat": _("%(area)s lies inside the customs territory and outside of its VAT."),
    "no_customs": _("%(area)s lies outside of the customs territory of its country."),
}
HINTS: Final[Mapping[str, Any]] = {
    "how": _(
        "Print it twice, sign and date it, and fix it to the outside of the parcel in a clear sleeve. "
        "Some posts want to have the same online."
    ),
    "vow": _(
        "What is said here is right, and nothing in the parcel is dangerous or forbidden by law or by "
        "the rules of post and customs."
    ),
    "no_sale": _("Goods that come back. No sale: the values are those of the first sale, for customs alone."),
    "keep": _("Keep for customs, with the books:"),
}


def said(label: Any, language: str) -> str:
    """Return a label in English, which customs anywhere read, and beside it in a language."""
    with translation.override("en"):
        english = str(label)
    with translation.override(language):
        theirs = str(label)
    return english if english == theirs else f"{english} · {theirs}"

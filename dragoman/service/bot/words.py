"""What the bot says where a brand wrote nothing of its own: whole sentences, in every language of our pages."""

from collections.abc import Mapping
from typing import Final

from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from dragoman.core.texts.slots import filled, open_slots
from dragoman.kit import tags

Texts = Mapping[str, str | Promise]
_FRAME: Texts = {
    "disclosure": _("{name} is a bot, not a person. You can ask for a person at any time."),
    "welcome": _("Hello! What can I help you with?"),
    "rephrase": _("I did not quite understand that. Can you say it in other words, or choose below?"),
    "declined": _("I do not know that for sure. Would you like a person to answer?"),
    "other_language": _("I found this in another language:"),
    "handed_over": _("A person of our team takes over. They see what you wrote here."),
    "back_at": _("They are back at this time: {when}."),
    "answer_by": _("You have an answer by this time at the latest: {when}."),
    "still_here": _("You can go on writing here. I help where I can."),
    "thanks": _("You are welcome! Write again whenever you need us."),
    "kept": _("All right, nothing is changed."),
    "source": _("Source: {title}"),
    "yes": _("Yes"),
    "no": _("No"),
    "human": _("Talk to a person"),
}
_PROOF: Texts = {
    "ask_number": _("Which order is it about? Please write its number."),
    "ask_contact": _("Which e-mail address or phone number is the order under?"),
    "which_order": _("Which of your orders is it about?"),
    "no_own_order": _("I cannot find this order among yours. Please look at the number again."),
    "code_sent": _(
        "If the number and the address belong together, a code of 6 digits is on its way to the e-mail address of the "
        "order. Please write it here."
    ),
    "code_wrong": _("This code does not fit. Please write the 6 digits again."),
    "code_over": _("This code is not good any more. Shall I send a new one?"),
    "code_again": _("Send a new code"),
    "code_subject": _("Your code for {brand}: {code}"),
    "code_mail": _(
        "Your code is {code}. Write it in the conversation that asked for it. It is good for 15 minutes.\n\n"
        "If you did not ask for it, do nothing. Give the code to nobody else: our people never ask for it."
    ),
}
_STATUS: Texts = {
    "title_status": _("Where is my order?"),
    "order_line": _("Order {order.number}: {order.status}"),
    "parcel_line": _("Parcel: {parcel.status}"),
    "carrier_line": _("Carrier: {parcel.carrier}"),
    "tracking_line": _("Tracking number: {parcel.tracking}"),
    "expected_line": _("Expected delivery: {parcel.expected}"),
    "delivered_line": _("Delivered on {parcel.delivered}"),
    "link_line": _("Follow it here: {parcel.link}"),
    "title_refund": _("Where is my refund?"),
    "refund_line": _("Refunded: {refund.amount}, on {refund.date}"),
    "refund_by": _("The money is with you by {refund.arrival} at the latest."),
    "refund_none": _("No refund has been made for order {order.number} yet."),
    "return_line": _("Return {return.number}: {return.status}"),
    "return_due": _("The return is refunded by {return.refund_due} at the latest."),
    "title_customs": _("Customs and import costs"),
    "customs_known": _(
        "For order {order} you still pay {at_the_door} at the door, for customs and import tax."
    ),
    "customs_nothing": _("For order {order} nothing more is to be paid at the door."),
    "title_hours": _("When are you there?"),
    "hours_open": _("People answer now. They are there until this time: {until}."),
    "hours_closed": _("Nobody is there at the moment. People are back at this time: {until}."),
}
_CHANGES: Texts = {
    "title_return": _("Send something back"),
    "return_until": _("You can send goods of order {order} back until {until}."),
    "return_allowed": _("Goods of order {order} can be sent back."),
    "return_seller": _("We pay for the way back."),
    "return_customer": _("You pay for the way back."),
    "return_refused": _("By the law and our policy, nothing of order {order} can be sent back now."),
    "return_which": _("What would you like to send back?"),
    "return_all": _("Everything"),
    "return_ask": _("Shall I open a return for this: {sku}?"),
    "return_portal": _("Here you choose the goods, how many of them and why: {link}"),
    "return_done": _("Your return {number} is open. We write to you what to do next."),
    "return_link": _("You can also follow it here: {link}"),
    "title_cancel": _("Cancel an order"),
    "cancel_ask": _("Shall I cancel order {order} now?"),
    "cancel_done": _("I have asked for order {order} to be cancelled. You are told when that is done."),
    "by_hand": _("I cannot do that myself, so nothing has changed yet. A person of our team looks after it."),
    "waiting": _("I have passed on your wish for order {order}. A person looks at it first."),
    "cancel_late": _(
        "Order {order} is on its way and cannot be cancelled any more. You can send it back once it is there."
    ),
    "cancel_already": _("Order {order} is cancelled already."),
    "title_address": _("Change the delivery address"),
    "address_street": _("What is the new street and house number?"),
    "address_postcode": _("What is the new postcode?"),
    "address_city": _("What is the new city?"),
    "address_ask": _("Shall I have order {order} sent to {street}, {postcode} {city}?"),
    "address_done": _("I have asked for order {order} to be sent there. You are told when that is done."),
    "address_late": _("Order {order} is packed or on its way. Its address cannot be changed any more."),
}
WORDS: Final[Texts] = {**_FRAME, **_PROOF, **_STATUS, **_CHANGES}


def spoken(language: str) -> str:
    """Return the language of our pages for a BCP 47 tag, English where we do not speak it."""
    return tags.match(language, tags.LANGUAGES) or "en"


def said(key: str, language: str, **slots: str) -> str:
    """Return a sentence in a language (BCP 47), English where we do not speak it."""
    with translation.override(spoken(language)):
        return filled(str(WORDS[key]), slots)


def known_lines(text: str, values: Mapping[str, str]) -> str:
    """Return a text with its slots filled; a line with a slot that is not known is left out."""
    made = [filled(line, values) for line in text.split("\n")]
    return "\n".join(line for line in made if not open_slots(line)).strip()

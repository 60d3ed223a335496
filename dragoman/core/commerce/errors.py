"""What is refused about orders."""

from django.utils.translation import gettext_lazy as _

from dragoman.ground.design.functions import format_money
from dragoman.kit.errors import NotFound, Refusal


class NoOrder(NotFound):
    """There is none, or not in this workspace."""

    message = _("There is no such order.")


class NoShop(NotFound):
    """There is none, or not in this workspace."""

    message = _("There is no such shop.")


class NoParcel(NotFound):
    """No order of the workspace has a parcel of that number."""

    message = _("There is no parcel of that number.")


class WrongCarrier(Refusal):
    """A carrier's account lacks something, or nobody is called so."""

    code = "bad_carrier"
    status = 422
    message = _("Fill in what the carrier asks for.")


class ManyOrders(Refusal):
    """Two shops gave the same number."""

    code = "many_orders"
    status = 409
    message = _("Several shops have an order of this number: name the brand or the shop.")


class CardNumber(Refusal):
    """A card's number where the means of payment is named: we do not want to know it."""

    code = "card_number"
    status = 422
    message = _("This holds a card’s number, which is never stored: send the last four figures at most.")


class NotForAgents(Refusal):
    """Shops are connected by leads and owners."""

    code = "not_allowed"
    status = 403
    message = _("Shops are connected by leads and owners: ask one of them.")


class NoHook(NotFound):
    """No shop has this address for webhooks."""

    message = _("There is nothing at this address.")


class NoAction(NotFound):
    """There is none, or not in this workspace."""

    message = _("There is no such action.")


class NotOffered(Refusal):
    """The shop does not let us do it, or it makes no sense any more."""

    code = "not_offered"
    status = 409
    message = _("This cannot be done here: the shop does not let us, or the order is past it.")


class BadWish(Refusal):
    """What was asked for is none; details name the place."""

    code = "bad_wish"
    status = 422

    def __init__(self, message: object, *, place: str) -> None:
        super().__init__(message, details={"place": place})


class MoreThanLeft(Refusal):
    """More than came in and was not given back yet."""

    code = "more_than_left"
    status = 409
    message = _("That is more than is left of what was paid: choose less.")

    def __init__(self, *, left: int, currency: str) -> None:
        said = _("That is more than is left of what was paid, which is %(left)s: choose less.")
        super().__init__(
            said % {"left": format_money(left, currency)},
            details={"left": {"amount": left, "currency": currency}},
        )


class KeyReused(Refusal):
    """One key for two requests."""

    code = "key_reused"
    status = 422
    message = _("This was asked for already in another form: load the page again.")


class ActionBegun(Refusal):
    """The shop has been asked."""

    code = "too_late"
    status = 409
    message = _("This is being done already and cannot be taken back.")


class NotYourAction(Refusal):
    """Somebody else's, and the reader does not lead."""

    code = "not_allowed"
    status = 403
    message = _("Whoever asked for this, or a lead, can take it back.")


class NoPaymentAccount(NotFound):
    """There is none, or not in this workspace."""

    message = _("There is no such payment account.")


class NoDispute(NotFound):
    """There is none, or not in this workspace."""

    message = _("There is no such dispute.")


class NotForDisputes(Refusal):
    """Evidence binds the house: leads and owners send it."""

    code = "not_allowed"
    status = 403
    message = _("Evidence is sent by leads and owners: ask one of them.")


class DisputeOver(Refusal):
    """It was answered, decided, or its time is over."""

    code = "dispute_over"
    status = 409
    message = _("This dispute cannot be answered any more: see where it stands.")


class NotByProgram(Refusal):
    """The vendor takes no evidence by program, or its account is gone."""

    code = "not_by_program"
    status = 409
    message = _("This vendor’s account is not connected: download the evidence and hand it in there.")

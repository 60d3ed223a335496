"""What is refused about returns."""

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext_lazy as _

from dragoman.ground.design.functions import format_money
from dragoman.kit.errors import NotFound, Refusal


class NotALead(Refusal):
    """Policies are set by leads."""

    code = "not_allowed"
    status = 403
    message = _("Leads decide what a brand takes back: ask one.")


class NoPolicy(NotFound):
    """There is none, or not in this workspace."""

    message = _("There is no such return policy.")


class PolicyTwice(Refusal):
    """Two rules for the same goods."""

    code = "policy_twice"
    status = 409
    message = _("There is a policy for exactly these goods already: change that one.")


class BadPolicy(Refusal):
    """A policy that cannot be; details name the field."""

    code = "bad_policy"
    status = 422

    def __init__(self, field: str, message: object) -> None:
        super().__init__(
            message,
            details={"errors": [{"field": field, "message": str(message), "type": "value_error"}]},
        )


class NoExchange(Refusal):
    """The shop sends nothing else for what comes back."""

    code = "not_offered"
    status = 409
    message = _("This shop sends nothing else by itself: make the order there, and give its number here.")


class ExchangedAlready(Refusal):
    """Other goods went out for these before: no money or credit goes out for them as well."""

    code = "exchanged_already"
    status = 409
    message = _("Other goods were sent for these: a difference in price is given back at the order.")


class NoSuchLine(Refusal):
    """The order has no line of that SKU."""

    code = "no_such_line"
    status = 422

    def __init__(self, place: int, sku: str) -> None:
        said = _("The order has no line with the SKU “%(sku)s”.") % {"sku": sku[:120]}
        error = {"field": f"lines.{place}.sku", "message": said, "type": "value_error"}
        super().__init__(said, details={"errors": [error]})


class TooMany(Refusal):
    """More is asked for than can still go back."""

    code = "too_many"
    status = 422

    def __init__(self, place: int, sku: str, left: int) -> None:
        said = _("Of “%(sku)s” at most %(left)s can still go back.") % {"sku": sku[:120], "left": left}
        error = {"field": f"lines.{place}.quantity", "message": said, "type": "value_error"}
        super().__init__(said, details={"errors": [error], "sku": sku[:120], "left": left})


class NoReturn(NotFound):
    """There is none, or not in this workspace."""

    message = _("There is no such return.")


class NotReturnable(Refusal):
    """Neither law nor policy takes it back; details tell each line's reason."""

    code = "not_returnable"
    status = 409

    def __init__(self, reasons: list[dict[str, object]]) -> None:
        first = str(reasons[0]["message"]) if reasons else ""
        super().__init__(first or _("This cannot be sent back."), details={"lines": reasons})


class GuaranteeOver(Refusal):
    """The seller answers for faults no more."""

    code = "guarantee_over"
    status = 409
    message = _(
        "The legal guarantee is over. A lead may still help out of goodwill: open a return by policy."
    )


class BadStep(Refusal):
    """A return cannot become that from where it stands; details name what it can become."""

    code = "bad_step"
    status = 409

    def __init__(self, state: str, following: tuple[str, ...]) -> None:
        said = _("From where the return stands (%(state)s) this step cannot be taken.") % {"state": state}
        super().__init__(said, details={"state": state, "next": list(following)})


class ReasonNeeded(Refusal):
    """Who rejects says why."""

    code = "reason_needed"
    status = 422
    message = _("Say why, in words the customer can be told.")


class LawfulReturn(Refusal):
    """A withdrawal that the law gives is not ours to reject."""

    code = "lawful_return"
    status = 409

    def __init__(self, law: str) -> None:
        super().__init__(
            _("%(law)s gives the customer this right: it cannot be rejected before the goods are here.")
            % {"law": law},
            details={"law": law},
        )


class BadMethod(Refusal):
    """The way is not offered for these goods; details name those that are."""

    code = "bad_method"
    status = 422

    def __init__(self, methods: tuple[str, ...]) -> None:
        said = _("These goods come back another way: %(methods)s.") % {"methods": ", ".join(methods)}
        super().__init__(said, details={"methods": list(methods)})


class TooMuch(Refusal):
    """More money than is left of the order."""

    code = "too_much"
    status = 422

    def __init__(self, left: int, currency: str) -> None:
        super().__init__(
            _("That is more than what is left of the order, which is %(left)s.")
            % {"left": format_money(left, currency)},
            details={"left": left, "currency": currency},
        )


class ReferenceNeeded(Refusal):
    """Nobody here sends money, so where it was sent has to be named."""

    code = "reference_needed"
    status = 422
    message = _("No connected shop sends this refund: send it there, and give its reference.")


class RefundRefused(Refusal):
    """The shop refused; the message says why."""

    code = "refund_refused"
    status = 409


class RefundUnderWay(Refusal):
    """The shop was asked already, and may still do it."""

    code = "refund_under_way"
    status = 409
    message = _(
        "The shop was asked to end this return and may still do it: wait for it, or take it back at the order."
    )


class WrongCode(Refusal):
    """The code does not fit, or fits no more: the two look alike."""

    code = "wrong_code"
    status = 422
    message = _("This code does not fit. Look at the newest mail, or ask for a new code.")


class CodeOver(Refusal):
    """Too many tries, or too late."""

    code = "code_over"
    status = 410
    message = _("This code holds no more. Ask for a new one.")


class BadStatement(Refusal):
    """A declaration that lacks something; `fields` are the names of what."""

    code = "bad_statement"
    status = 422
    message = _("The declaration is not whole: name, order and e-mail address are needed.")

    def __init__(self, fields: Sequence[str]) -> None:
        self.fields = tuple(fields)
        errors = [{"field": one, "message": "missing or wrong", "type": "value_error"} for one in fields]
        super().__init__(details={"errors": errors})


class BadDeduction(Refusal):
    """More is kept back than a line is worth, or nobody says why."""

    code = "bad_deduction"
    status = 422

    def __init__(self, sku: str, most: int, currency: str) -> None:
        super().__init__(
            _("What is kept back has a reason, and is at most what was paid for what passed."),
            details={"sku": sku[:120], "most": most, "currency": currency},
        )


class GiftReturn(Refusal):
    """Money would go to the giver, who is told nothing."""

    code = "gift_return"
    status = 409
    message = _(
        "This was a gift: money would go back to the giver. Give credit or other goods to who sends it back."
    )


class BadFile(Refusal):
    """A file that is none of those taken, or one too many."""

    code = "bad_file"
    status = 422
    message = _("Give a photo as JPEG, PNG or WebP, or a label as PDF, up to 10 MB, at most 20 of a return.")


class NoGifts(Refusal):
    """The brand offers neither credit nor exchange."""

    code = "no_gifts"
    status = 409
    message = _("Gifts come back for credit or other goods: offer one of them in Settings, Returns.")


class HeicFile(BadFile):
    """A photo as phones keep it for themselves, which browsers do not show."""

    message = _(
        "This photo is of the kind HEIC, which cannot be shown everywhere. Save it as JPEG, or take a screenshot of it."
    )


class TooManyFiles(Refusal):
    """A return has as many files as it takes."""

    code = "too_many_files"
    status = 409
    message = _("This return has 20 files already, which is all that it takes.")


class NoFile(NotFound):
    """There is none, or it is gone."""

    message = _("There is no such file.")


class NoPlace(NotFound):
    """There is none, or it is another workspace's."""

    message = _("There is no such return place.")


class PlaceTwice(Refusal):
    """Two places of a brand with one name."""

    code = "place_twice"
    status = 409
    message = _("The brand has a return place of this name already: change that one.")


class BadPlace(BadPolicy):
    """A place that lacks something; details name the field."""

    code = "bad_place"


class BadCustoms(BadPolicy):
    """What was written for customs cannot be; details name the field."""

    code = "bad_customs"


class BadFetch(Refusal):
    """Days on which nobody fetches parcels; details name those on which somebody does."""

    code = "bad_fetch"
    status = 422

    def __init__(self, days: Sequence[date]) -> None:
        super().__init__(
            _("Choose a first and a last day of those on which both sides work."),
            details={"days": [day.isoformat() for day in days]},
        )


class NotFetched(Refusal):
    """The return comes back another way."""

    code = "not_fetched"
    status = 409
    message = _("This return is not picked up: it comes back another way.")


class NoPapers(Refusal):
    """No border, no papers."""

    code = "no_papers"
    status = 409
    message = _("This return crosses no customs border: no papers are needed.")

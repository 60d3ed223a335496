"""What is refused about returns."""

from django.utils.translation import gettext_lazy as _

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

"""What is refused about customers."""

from django.utils.translation import gettext_lazy as _

from dragoman.kit.errors import NotFound, Refusal


class NoCustomer(NotFound):
    """There is none, or not in this workspace."""

    message = _("There is no such customer.")


class IdentityTaken(Refusal):
    """The address belongs to somebody else: joining people needs proof, and a person."""

    code = "identity_taken"
    status = 409
    message = _("This address belongs to another customer.")

"""What is refused about customers."""

from django.utils.translation import gettext_lazy as _

from dragoman.kit.errors import NotFound, Refusal


class NoCustomer(NotFound):
    """There is none, or not in this workspace."""

    message = _("There is no such customer.")


class NoIdentity(NotFound):
    """There is none, or not in this workspace."""

    message = _("There is no such address.")


class IdentityTaken(Refusal):
    """The address belongs to somebody else: joining people needs proof, and a person."""

    code = "identity_taken"
    status = 409
    message = _("This address belongs to another customer.")


class MayNotDelete(Refusal):
    """Deleting people is for owners and leads."""

    code = "not_allowed"
    status = 403
    message = _("Only an owner or a lead may delete a customer: ask one of them.")

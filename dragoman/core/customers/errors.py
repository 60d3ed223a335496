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


class NoField(NotFound):
    """There is none, or not in this workspace."""

    message = _("There is no such field.")


class BadField(Refusal):
    """A value that a field does not take, or a definition that cannot be."""

    code = "bad_field"
    status = 422
    message = _("This field cannot be saved so.")


class NoPreference(NotFound):
    """The workspace has no such kind, or nothing of it is kept about this customer."""

    message = _("There is no such preference.")


class BadPreference(Refusal):
    """A preference that cannot be kept so."""

    code = "bad_preference"
    status = 422
    message = _("This preference cannot be saved so.")


class ConsentNeeded(Refusal):
    """Special-category data without explicit consent."""

    code = "consent_needed"
    status = 422
    message = _(
        "“%(label)s” is special-category data (GDPR Art. 9): it is kept only with the customer’s explicit consent."
        " Ask them, then say who gave it, how and when."
    )


class MayNotKeep(Refusal):
    """The role does not reach."""

    code = "not_allowed"
    status = 403
    message = _("Light agents change nothing about customers: ask a colleague.")


class MayNotDefine(Refusal):
    """Definitions are for leads."""

    code = "not_allowed"
    status = 403
    message = _("Only an owner or a lead may change what is kept about customers: ask one of them.")

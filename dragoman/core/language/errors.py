"""What the language room refuses."""

from django.utils.translation import gettext_lazy as _

from dragoman.kit.errors import NotFound, Refusal


class NoEntry(NotFound):
    """There is none, or not in this workspace."""

    message = _("There is no such entry in the glossary.")


class NoUnit(NotFound):
    """There is none, or not in this workspace."""

    message = _("There is no such sentence in the memory.")


class NoPhrase(NotFound):
    """Neither the book nor the workspace has it."""

    message = _("There is no such phrase.")


class NotALead(Refusal):
    """Leads keep what everybody says."""

    code = "not_allowed"
    status = 403
    message = _("Everybody uses the phrasebook: ask a lead to change it.")


class BadWording(Refusal):
    """A wording that could not be said."""

    code = "bad_wording"
    status = 422

"""What saved views and bulk changes refuse."""

from django.utils.translation import gettext_lazy as _

from dragoman.kit.errors import NotFound, Refusal


class NoView(NotFound):
    """There is none, or it is not this reader's."""

    message = _("There is no such view.")


class NoRun(NotFound):
    """There is none, or not in this workspace."""

    message = _("There is no such change.")


class NotYours(Refusal):
    """The role does not reach."""

    code = "not_allowed"
    status = 403
    message = _("Only a lead may share a view with everybody, or change one that others use.")


class BadView(Refusal):
    """A view that could not be saved."""

    code = "bad_view"
    status = 422
    message = _("Give the view a name of at most 80 characters.")


class BadChange(Refusal):
    """A bulk change nobody knows."""

    code = "bad_change"
    status = 422
    message = _(
        "Say what is to change: assign, team, status, snooze, priority, tags, read, unread, junk or not junk."
    )


class NoSegment(NotFound):
    """There is none, or not in this workspace."""

    message = _("There is no such segment.")


class MayNotSegment(Refusal):
    """Segments are asked by views, reports and rules of everybody."""

    code = "not_allowed"
    status = 403
    message = _("Only an owner or a lead may make and change segments: ask one of them.")


class BadSegment(Refusal):
    """A segment that could not be saved or counted."""

    code = "bad_segment"
    status = 422
    message = _("This segment cannot be saved so.")

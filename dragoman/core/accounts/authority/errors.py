"""What is refused about authority and approvals."""

from django.utils.translation import gettext_lazy as _

from dragoman.kit.errors import NotFound, Refusal


class NoLimit(NotFound):
    """There is none, or it is somebody else's."""

    code = "no_such_limit"
    message = _("There is no such limit. Settings, Authority lists all of them.")


class NoApproval(NotFound):
    """There is none, or it is somebody else's."""

    code = "no_such_approval"
    message = _("There is no such request. Approvals lists all of them.")


class LimitsAreLeads(Refusal):
    """Leads set limits."""

    code = "not_allowed"
    status = 403
    message = _("Leads say how far others may go: ask one.")


class BeyondYours(Refusal):
    """Nobody gives authority they do not have."""

    code = "beyond_yours"
    status = 403
    message = _("Only owners change limits of owners and of programs, or their own.")


class LimitTaken(Refusal):
    """The scope has a limit already."""

    code = "limit_taken"
    status = 409
    message = _("There is a limit for exactly this person, action, market and reason. Change that one.")


class WrongLimit(Refusal):
    """A limit is none; details name the place."""

    code = "wrong_limit"
    status = 422

    def __init__(self, message: object, *, place: str) -> None:
        super().__init__(message, details={"place": place})


class NoAuthority(Refusal):
    """An action that is never theirs to take."""

    code = "no_authority"
    status = 403
    message = _("This is not yours to do, with or without approval: ask a lead.")


class NotYourDecision(Refusal):
    """Whoever decides has the authority themselves, and did not ask."""

    code = "not_your_decision"
    status = 403
    message = _("This is beyond your own limits too: an owner can decide it.")


class OwnRequest(Refusal):
    """Four eyes: who asks never decides."""

    code = "own_request"
    status = 403
    message = _("You asked for this yourself: somebody else decides.")


class AlreadyDecided(Refusal):
    """Somebody was quicker, or the time is over."""

    code = "already_decided"
    status = 409
    message = _("This was decided already, or its time is over. Load the page again to see how.")


class UndoTooLate(Refusal):
    """What was approved has begun."""

    code = "too_late"
    status = 409
    message = _("This is being done already and cannot be taken back.")


class WrongStandIn(Refusal):
    """Somebody cannot stand in."""

    code = "wrong_stand_in"
    status = 422
    message = _("Choose another agent who answers customers, and an end after the beginning.")

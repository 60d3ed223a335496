"""What a community refuses, in words of customers and of moderators."""

from django.utils.translation import gettext_lazy as _

from dragoman.kit.errors import NotFound, Refusal


class NoCommunity(NotFound):
    """There is no such thread, post, member or decision here."""


class BadPost(Refusal):
    """What was written cannot be taken; `details.field` names where."""

    code = "bad_post"
    status = 422

    def __init__(self, field: str, message: object) -> None:
        super().__init__(message, details={"field": field})
        self.field = field


class MayNotPost(Refusal):
    """This member may not write now."""

    code = "may_not_post"
    status = 403
    message = _("You cannot write here at the moment. Your profile says why.")


class MayNotModerate(Refusal):
    """Leads and owners decide about posts."""

    code = "may_not_moderate"
    status = 403
    message = _("Only leads and owners decide about posts. Ask one of them.")


class SamePerson(Refusal):
    """A complaint is decided by another person than the decision."""

    code = "same_person"
    status = 403
    message = _("You decided this yourself: another lead or owner has to look at the complaint.")


class BadDecision(Refusal):
    """A decision lacks what the law asks for; `details.field` names what."""

    code = "bad_decision"
    status = 422

    def __init__(self, field: str, message: object) -> None:
        super().__init__(message, details={"field": field})
        self.field = field


class BadCommunity(Refusal):
    """A setting of a community is not usable; `details.field` names it."""

    code = "bad_community"
    status = 422

    def __init__(self, field: str, message: object) -> None:
        super().__init__(message, details={"field": field})
        self.field = field


class WrongJoinCode(Refusal):
    """The code is another one."""

    code = "wrong_join_code"
    status = 422
    message = _("This is not the code from the newest mail. Look again.")


class JoinCodeOver(Refusal):
    """The code was used, is too old, or was tried too often."""

    code = "join_code_over"
    status = 410
    message = _("This code is over. Ask for a new one.")

"""What the room of articles refuses."""

from django.utils.translation import gettext_lazy as _

from dragoman.kit.errors import NotFound, Refusal


class NoArticle(NotFound):
    """There is none, or it is another workspace's."""

    message = _("There is no such article.")


class NoCategory(NotFound):
    """There is none, or it is another workspace's."""

    message = _("There is no such category.")


class MayNotWrite(Refusal):
    """Light agents read."""

    code = "not_allowed"
    status = 403
    message = _("Your role does not allow this: ask a lead.")


class ArticleChangedMeanwhile(Refusal):
    """Somebody else wrote it since it was read: nothing of theirs is written over unseen."""

    code = "changed_meanwhile"
    status = 409
    message = _("Somebody else changed this meanwhile. Look at what stands there now, then save again.")


class BadArticle(Refusal):
    """A field that cannot be kept; `field` names it."""

    code = "bad_article"
    status = 422

    def __init__(self, field: str, message: object) -> None:
        super().__init__(message, details={"field": field})


class NoWebinar(NotFound):
    """There is none, it is over, or it is another workspace's."""

    message = _("There is no such webinar.")


class NoPath(NotFound):
    """There is none, or it is another workspace's."""

    message = _("There is no such path.")


class WebinarFull(Refusal):
    """All seats are taken."""

    code = "webinar_full"
    status = 409
    message = _("All seats are taken.")


class WebinarAwaited(Refusal):
    """People hold a seat and would come: they are told first."""

    code = "webinar_awaited"
    status = 409
    message = _(
        "People hold a seat. Call the webinar off, wait a minute until they are told, then remove it."
    )


class BadSignUp(Refusal):
    """A field of a sign-up that cannot be kept; `field` names it."""

    code = "bad_sign_up"
    status = 422

    def __init__(self, field: str, message: object) -> None:
        super().__init__(message, details={"field": field})

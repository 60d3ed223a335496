"""The two errors that cross floors: one for people, one for vendors."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _


class Refusal(Exception):
    """Something a person asked for and cannot have; the message says what to do next.

    `code` is a stable word for programs, `status` the HTTP status, `message` a (lazy) translatable
    sentence, `details` more members for the problem document.
    """

    code = "refused"
    status = 400
    message: Any = _("This cannot be done.")

    def __init__(
        self,
        message: Any = None,
        *,
        code: str | None = None,
        status: int | None = None,
        details: Mapping[str, Any] | None = None,
    ) -> None:
        self.message = message if message is not None else self.message
        self.code = code or self.code
        self.status = status or self.status
        self.details = dict(details or {})
        super().__init__(str(self.message))

    def __str__(self) -> str:
        return str(self.message)


class NotFound(Refusal):
    """The thing is not there, or not for this reader: the two look alike on purpose."""

    code = "not_found"
    status = 404
    message = _("There is nothing here: it is gone, or it is not yours to see.")


class OutsideError(Exception):
    """A vendor or server outside did not do what was asked.

    `permanent` says that trying again is no use; `retry_after` is in seconds, where the vendor named it.
    """

    def __init__(self, message: str, *, permanent: bool = False, retry_after: float | None = None) -> None:
        super().__init__(message)
        self.permanent = permanent
        self.retry_after = retry_after


class Unavailable(OutsideError):
    """Not now: the same call may succeed later."""


class Rejected(OutsideError):
    """Never: the far side understood and refused; the message says why."""

    def __init__(self, message: str) -> None:
        super().__init__(message, permanent=True)


class Forged(Exception):
    """A webhook's signature does not match."""


class Stale(Forged):
    """A webhook was signed for another time; its message is told to who sends it."""

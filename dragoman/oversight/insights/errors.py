"""What is refused when figures are asked for."""

from django.utils.translation import gettext_lazy as _

from dragoman.kit.errors import Refusal


class BadSpan(Refusal):
    """The days asked for end before they begin, are too many, or lie where no calendar is kept."""

    def __init__(self) -> None:
        super().__init__(
            _("Give a first day, and a last one that is not before it, at most three years later."),
            code="bad_span",
            status=422,
        )

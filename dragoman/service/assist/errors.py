"""What the assistant refuses."""

from django.utils.translation import gettext_lazy as _

from dragoman.kit.errors import NotFound, Refusal


class NoSuggestion(NotFound):
    """There is none, or it is another workspace's."""

    message = _("There is no such suggestion.")


class NothingToWriteUp(Refusal):
    """Nobody answered yet: there is nothing an article could say."""

    code = "nothing_to_write_up"
    status = 409
    message = _("Nobody has answered here yet, so there is nothing to write up.")

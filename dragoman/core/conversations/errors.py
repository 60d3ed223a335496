"""What the heart refuses."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from dragoman.core.texts.slots import named
from dragoman.ground.design.functions import format_list
from dragoman.kit.errors import NotFound, Refusal


class NoConversation(NotFound):
    """There is none, or not in this workspace."""

    message = _("There is no such conversation.")


class NotAllowed(Refusal):
    """The role does not reach."""

    code = "not_allowed"
    status = 403
    message = _("Your role does not allow this: ask a lead.")


class NoEngine(Refusal):
    """No engine can translate this; the person must decide."""

    code = "no_engine"
    status = 409
    message = _(
        "No translation engine can do this pair of languages. Choose a phrase, or send it as it is written."
    )


class OpenSlots(Refusal):
    """A place in the text was never filled in; `slots` names them."""

    code = "open_slots"
    status = 422

    def __init__(self, slots: Sequence[str]) -> None:
        said = format_list(named(slot) for slot in slots)
        words = _("Fill in %(slots)s first: the customer would read it as it stands.") % {"slots": said}
        super().__init__(words, details={"slots": [slot.strip("{}").partition("|")[0] for slot in slots]})


class BrokenTranslation(Refusal):
    """A translation lost a number, an address, a date or a term, or says what nobody is to say; `faults` names them."""

    code = "broken_translation"
    status = 409
    message = _("The translation broke something. Look at what is marked, mend it, or send it anyway.")

    def __init__(self, faults: Sequence[str], text: str) -> None:
        super().__init__(details={"faults": list(faults), "text": text})


class StalePreview(Refusal):
    """The text changed after it was previewed."""

    code = "stale_preview"
    status = 409
    message = _("The text changed after the preview. Look at the new preview, then send.")


class NoChannel(Refusal):
    """The conversation cannot be answered on this channel."""

    code = "no_channel"
    status = 422
    message = _("This customer cannot be reached on this channel. Choose another one.")


class NewerMessage(Refusal):
    """Somebody wrote since the answer was begun; sent again, it goes."""

    code = "newer_message"
    status = 409
    message = _("Somebody wrote here since you began. Read it, then send again.")


class TooLate(Refusal):
    """What was to be taken back has gone out."""

    code = "too_late"
    status = 409
    message = _("This has gone out already and cannot be taken back.")


class AlreadyReviewed(Refusal):
    """Somebody decided first, or its author took it back."""

    code = "already_reviewed"
    status = 409
    message = _("This was decided meanwhile. Go on with the next one.")

    def __init__(self, *, by: str = "") -> None:
        super().__init__(_("%(by)s was quicker: this is decided.") % {"by": by} if by else None)


class WaitsForReview(Refusal):
    """What is held goes out by a reviewer's word."""

    code = "waits_for_review"
    status = 409
    message = _("This waits for a review: a reviewer lets it out, or take it back.")


class EmptyText(Refusal):
    """Nothing to send."""

    code = "empty"
    status = 422
    message = _("Write something first.")

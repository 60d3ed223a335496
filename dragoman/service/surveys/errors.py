"""Why an answer is not taken."""

from django.utils.translation import gettext_lazy as _

from dragoman.kit.errors import NotFound, Refusal


class NoSurvey(NotFound):
    """There is nothing to answer: not asked, a link that is not ours, or one that is too old."""

    code = "no_survey"
    message = _("This question is no longer open.")


class AnswerStands(Refusal):
    """Answered, and the time for changing it is over."""

    code = "answer_stands"
    status = 409
    message = _("You have answered this already. Thank you.")


class BadScore(Refusal):
    """No number from 1 to 5."""

    code = "bad_score"
    status = 422
    message = _("Please choose one of the five faces.")

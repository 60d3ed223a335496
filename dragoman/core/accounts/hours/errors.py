"""What is refused about service hours."""

from django.utils.translation import gettext_lazy as _

from dragoman.kit.errors import NotFound, Refusal


class NoHours(NotFound):
    """There are none, or they are somebody else's."""

    code = "no_such_hours"
    message = _("There are no such service hours. Settings, Hours lists all of them.")


class NoFeed(NotFound):
    """There is none, or it is somebody else's."""

    code = "no_such_feed"
    message = _("There is no such calendar of days off. Settings, Hours lists all of them.")


class NotYours(Refusal):
    """Leads say when customers are answered."""

    code = "not_allowed"
    status = 403
    message = _("Leads say when customers are answered: ask one.")


class HoursTaken(Refusal):
    """The scope has hours already."""

    code = "hours_taken"
    status = 409
    message = _("There are hours for exactly this brand, market, team and channel. Change those.")


class FeedTaken(Refusal):
    """The address is there already."""

    code = "feed_taken"
    status = 409
    message = _("This calendar is there already.")


class WrongHours(Refusal):
    """The hours of a week or a day are not such; details name the place."""

    code = "wrong_hours"
    status = 422

    def __init__(self, message: object, *, place: str) -> None:
        super().__init__(message, details={"place": place})


class WrongFeed(Refusal):
    """The address is none a calendar can be fetched from."""

    code = "wrong_feed"
    status = 422
    message = _("Write the whole address of the calendar, such as https://calendar.example/off.ics.")

"""What a customer was promised, as a quiet line for agents."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from dragoman.core.conversations.promises import Promise

from .clock import Clock, both


@dataclass(frozen=True)
class PromiseLine:
    """The line, and whether it asks to be looked at."""

    text: str
    late: bool


def promise_line(promise: Promise | None, clock: Clock | None, zone: str) -> PromiseLine | None:
    """Say by when an answer was promised, by both sides' clocks; None where nothing was, or it was kept."""
    if promise is None or promise.state == "kept":
        return None
    when = both(promise.by, zone, clock)
    said = {
        "open": _("An answer is promised by %(when)s."),
        "late": _("Late: an answer was promised by %(when)s."),
        "broken": _("Answered late: it was promised by %(when)s."),
    }[promise.state]
    return PromiseLine(said % {"when": when}, late=promise.state != "open")

"""What the room refuses."""

from collections.abc import Sequence
from dataclasses import asdict

from django.utils.translation import gettext_lazy as _

from dragoman.kit.errors import NotFound, Refusal

from .checking import Fault
from .rehearsal import Failed


class NoFlow(NotFound):
    """There is none of this name here."""

    message = _("There is no such flow.")


class NoVersion(NotFound):
    """The flow has no version of this number."""

    message = _("This flow has no such version.")


class NotALead(Refusal):
    """Only leads and owners decide what a bot does."""

    code = "not_allowed"
    status = 403
    message = _("Only leads can change what the bot does: ask one.")


class BadFlow(Refusal):
    """A flow that customers could get stuck in; `faults` names each."""

    code = "bad_flow"
    status = 422

    def __init__(self, faults: Sequence[Fault]) -> None:
        first = faults[0].message if faults else ""
        super().__init__(first, details={"faults": [asdict(one) for one in faults]})


class FlowFails(Refusal):
    """Tests of the flow went another way; `failures` names each."""

    code = "flow_fails"
    status = 422

    def __init__(self, failed: Sequence[Failed]) -> None:
        one = failed[0]
        words = _(
            "The test “%(test)s” fails at “%(line)s”: %(what)s should be “%(expected)s” and is “%(found)s”."
        )
        facts = {**asdict(one), "line": one.line[:60], "found": one.found[:80]}
        super().__init__(words % facts, details={"failures": [asdict(one) for one in failed]})


class BadBot(Refusal):
    """Something that a bot cannot be set to; `field` names it."""

    code = "bad_bot"
    status = 422

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message, details={"field": field})

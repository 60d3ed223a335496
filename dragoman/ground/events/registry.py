"""Who listens to what, and what runs later: `@on`, `@task`, `@every`."""

import random
from collections import defaultdict
from collections.abc import Callable
from dataclasses import asdict, dataclass, fields
from typing import Any, ClassVar

from procrastinate import BaseRetryStrategy, RetryDecision
from procrastinate.contrib.django import app
from procrastinate.jobs import Job

from dragoman.kit.errors import OutsideError


@dataclass(frozen=True)
class Event:
    """The base of all events: frozen, past tense, ids only. `topic_noun` names the field its topic points at."""

    topic_noun: ClassVar[str] = ""

    @property
    def topic(self) -> str:
        """Return the pointer for live screens, such as `conversation:42`."""
        return f"{self.topic_noun}:{getattr(self, self.topic_noun + '_id')}" if self.topic_noun else ""

    def facts(self) -> dict[str, Any]:
        """Return the fields as JSON."""
        return asdict(self)


@dataclass(frozen=True)
class Listener:
    """A function that hears one kind of event."""

    name: str
    function: Callable[..., None]
    event: type[Event]
    outside: bool
    ordered: bool
    many: bool


class Patience(BaseRetryStrategy):
    """Try again after 2, 4, 8 ... seconds (half of it at random), at most an hour apart; then park the job."""

    def __init__(self, attempts: int = 12) -> None:
        self.attempts = attempts

    def get_retry_decision(self, *, exception: BaseException, job: Job) -> RetryDecision | None:
        """Say when to try again, or None to park."""
        if isinstance(exception, OutsideError) and exception.permanent:
            return None
        if job.attempts + 1 >= self.attempts:
            return None
        wait = min(3600.0, 2.0 ** (job.attempts + 1))
        named = exception.retry_after if isinstance(exception, OutsideError) else None
        # seconds; the random half keeps a crowd of failed jobs from coming back as one
        return RetryDecision(retry_in={"seconds": int(max(1, named or wait * random.uniform(0.5, 1.0)))})


listeners: dict[str, list[Listener]] = defaultdict(list)
kinds: dict[str, type[Event]] = {}
periodic: dict[str, int] = {}

_names: set[str] = set()


def event_from(name: str, facts: dict[str, Any]) -> Event:
    """Rebuild an event from its row; unknown facts of a newer version are dropped."""
    kind = kinds[name]
    known = {field.name for field in fields(kind)}
    return kind(**{key: value for key, value in facts.items() if key in known})


def on(
    event: type[Event], *, outside: bool = False, ordered: bool = False, many: bool = False
) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Let a function hear `event`.

    By default it touches our tables only and runs in the teller's transaction, in its own savepoint. With
    `outside` it gets a durable job of its own, with retries; with `ordered` those jobs run one after another per
    topic and must keep their own time table (a job that waits would hold back all later ones); with `many` it is
    called once with a list of events.
    """

    def register(function: Callable[..., None]) -> Callable[..., None]:
        name = f"{function.__module__}.{function.__name__}"
        if name in _names:
            raise ValueError(f"two listeners are called {name}")
        _names.add(name)
        kinds[event.__name__] = event
        listeners[event.__name__].append(Listener(name, function, event, outside, ordered, many))
        if outside:
            _register_job(name, function, event, ordered)
        return function

    return register


def _register_job(name: str, function: Callable[..., None], event: type[Event], ordered: bool) -> None:
    @app.task(name=name, queue="default", retry=False if ordered else Patience())
    def run(workspace_id: int, facts: dict[str, Any]) -> None:
        function(event_from(event.__name__, facts))


def task(function: Callable[..., None]) -> Any:
    """Make a function a durable job: call `.defer(workspace_id=..., ...)` inside a transaction."""
    name = f"{function.__module__}.{function.__name__}"
    return app.task(name=name, queue="default", retry=Patience())(function)


def every(*, seconds: int) -> Callable[[Callable[[], None]], Callable[[], None]]:
    """Run a sweep again and again on one worker of all; it must be quick and may be missed."""
    if 60 % seconds and seconds % 60:
        raise ValueError("every() takes a divisor or a multiple of 60 seconds")

    def register(function: Callable[[], None]) -> Callable[[], None]:
        name = f"{function.__module__}.{function.__name__}"

        @app.task(name=name, queue="default", queueing_lock=name, retry=False)
        def run(timestamp: int) -> None:
            function()

        minutes = max(1, seconds // 60)
        if seconds < 60:
            cron = f"* * * * * */{seconds}"
        elif minutes < 60:
            cron = f"*/{minutes} * * * *"
        else:
            cron = f"7 */{minutes // 60} * * *" if minutes < 1440 else "17 3 * * *"
        app.periodic(cron=cron, periodic_id=name)(run)
        periodic[name] = seconds
        return function

    return register

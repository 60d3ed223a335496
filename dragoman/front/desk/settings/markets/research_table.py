"""A market's research as lines of a table: what it is of, in how many conversations, and what is expected of it."""

from collections.abc import Iterator
from typing import Final

from dragoman.ground.markets.facts import WEEKDAYS
from dragoman.oversight.insights.shapes import FirstAnswer, Research, share

HEAD: Final = ("part", "name", "expected", "conversations", "share", "seconds", "messages")
Cells = tuple[str, ...]


def rows_of(found: Research) -> Iterator[Cells]:
    """Yield the lines, part by part; a cell is empty where there is nothing to tell."""
    yield _line("market", found.country, number=found.conversations, messages=found.messages)
    yield _line("presumed", found.country, number=found.presumed, part=found.presumed_share)
    for channel in found.channels:
        yield _line("channel", channel.channel, _said(channel.expected), channel.conversations, channel.share)
    for language in found.languages:
        expected = "yes" if language.expected else "no"
        yield _line("language", language.language, expected, language.conversations, language.share)
    yield from _hours(found)
    for answer in found.answers:
        yield from _answer(answer)
    for purpose in found.purposes:
        yield _line("purpose", purpose.intent, number=purpose.conversations, part=purpose.share)
        yield _line("purpose_before", purpose.intent, part=purpose.before)
        yield _line("purpose_frustrated", purpose.intent, part=purpose.frustrated)
    for name, spoken in (("return_reason", found.returns), ("pain", found.pains)):
        for concept, times in spoken.concepts:
            yield _line(name, concept, number=times, part=share(times, spoken.conversations))
    for mood, times in found.moods.items():
        yield _line("mood", mood, number=times)
    yield _line("frustrated", "", number=found.mood_known, part=found.frustrated)
    yield _line("reopened", "", part=found.reopened)


def _hours(found: Research) -> Iterator[Cells]:
    hours = found.hours
    yield _line("in_service_hours", "", part=hours.in_hours, messages=hours.messages)
    yield _line("on_holidays", "", part=hours.on_holidays, messages=hours.messages)
    for day, counts in zip(WEEKDAYS, hours.week or (), strict=False):
        for hour, times in enumerate(counts):
            if times:
                yield _line("hour", f"{day} {hour:02}", messages=times)


def _answer(one: FirstAnswer) -> Iterator[Cells]:
    name, expected = one.channel or "all", _said(one.expected)
    yield _line("first_answer_median", name, expected, one.answered, seconds=one.median)
    yield _line("first_answer_p90", name, expected, one.answered, seconds=one.slow)
    yield _line("wrote_again_before", name, "", one.conversations, one.urged)
    yield _line("patience", name, expected, one.times, seconds=one.patience)


def _line(
    part_of: str,
    name: str,
    expected: str = "",
    number: int | None = None,
    part: float | None = None,
    *,
    seconds: float | None = None,
    messages: int | None = None,
) -> Cells:
    told = "" if part is None else f"{part:.4f}"
    waited = "" if seconds is None else f"{seconds:.0f}"
    return (part_of, name, expected, _said(number), told, waited, _said(messages))


def _said(number: int | None) -> str:
    return "" if number is None else str(number)

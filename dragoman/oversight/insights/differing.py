"""Where a playbook and what is measured say two things: told as codes, put into words where they are shown."""

from collections.abc import Iterator
from typing import Final

from dragoman.kit.tags import same

from .shapes import Difference, Research

# a channel or language that so many conversations use matters; below the other share nobody can be said to like it
MUCH: Final = 0.2
NOTABLE: Final = 0.1
HARDLY: Final = 0.05
# so many have to be looked at before it is said that something is hardly used
ENOUGH: Final = 20
OUTSIDE: Final = 0.3
PATIENT: Final = 0.1
TOP: Final = 2
# channels by which a program or the shop's page speaks: no playbook ranks them
_UNRANKED: Final = frozenset(("api", ""))


def differences(found: Research) -> tuple[Difference, ...]:
    """Return what differs, kind by kind of fact; nothing where too few tell."""
    if found.too_few:
        return ()
    return (*_channels(found), *_languages(found), *_hours(found), *_answers(found))


def _channels(found: Research) -> Iterator[Difference]:
    if found.expects("channels") is None:
        return
    for one in found.channels:
        if one.channel in _UNRANKED or one.share is None:
            continue
        facts = {"about": one.channel, "share": one.share, "rank": one.rank, "expected": one.expected}
        if one.share >= MUCH and one.rank and (one.expected is None or one.expected > one.rank):
            way = "channel_used_more" if one.expected else "channel_not_named"
            yield Difference(way, "channels", **facts)  # type: ignore[arg-type]
        elif one.expected and one.expected <= TOP and one.share < HARDLY and found.conversations >= ENOUGH:
            yield Difference("channel_used_less", "channels", **facts)  # type: ignore[arg-type]


def _languages(found: Research) -> Iterator[Difference]:
    expected = found.expects("languages")
    if expected is None:
        return
    for one in found.languages:
        if one.share is None or not one.language:
            continue
        if not one.expected and one.share >= NOTABLE:
            yield Difference("language_not_named", "languages", one.language, one.share)
        elif same(one.language, expected[0]) and one.share < HARDLY and found.placed >= ENOUGH:
            yield Difference("language_used_less", "languages", one.language, one.share)


def _hours(found: Research) -> Iterator[Difference]:
    inside = found.hours.in_hours
    if inside is not None and 1 - inside >= OUTSIDE:
        yield Difference("outside_hours", "service_hours", share=1 - inside)


def _answers(found: Research) -> Iterator[Difference]:
    for one in found.answers:
        if one.expected is None or not one.channel:
            continue
        facts = {"about": one.channel, "expected": one.expected}
        if one.patience is not None and one.patience < one.expected:
            yield Difference("less_patient", "response_times", seconds=one.patience, **facts)  # type: ignore[arg-type]
        late = one.median is not None and one.median > one.expected
        if late and one.urged is not None and one.urged < PATIENT:
            yield Difference(
                "more_patient",
                "response_times",
                share=one.urged,
                seconds=one.median,
                **facts,  # type: ignore[arg-type]
            )
        elif late:
            yield Difference("answered_later", "response_times", seconds=one.median, **facts)  # type: ignore[arg-type]

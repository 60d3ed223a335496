"""The same figures by walking over every message in Python: what the statement is held against."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import timedelta
from itertools import pairwise
from statistics import median
from typing import Any

from dragoman.core.conversations.actions.understand import NOT_THEIRS
from dragoman.core.conversations.countries import country_of
from dragoman.core.conversations.models import Conversation, Message
from dragoman.ground.markets.opening import usual_calendar
from dragoman.ground.markets.public_holidays import is_public_holiday
from dragoman.oversight.insights.spans import Span

from .invented import Invented

Talk = tuple[Conversation, list[Message]]


def at_of(message: Message) -> Any:
    """Return when a message was said."""
    return message.created_at if message.direction == "in" else message.sent_at or message.created_at


def _counts(message: Message) -> bool:
    if message.direction == "in":
        return not NOT_THEIRS & set(message.marks)
    return (
        message.direction == "out"
        and message.delivery not in {"scheduled", "failed"}
        and not message.meta.get("automatic")
    )


def talks_in(made: Invented, country: str, brand_id: int | None) -> list[Talk]:
    """Return the conversations of a market's customers with what people said in them, in order."""
    said: dict[int, list[Message]] = defaultdict(list)
    for one in made.messages:
        talk = made.conversations[one.conversation_id]
        if _counts(one):
            said[talk.merged_into_id or talk.pk].append(one)
    found = []
    for talk in made.conversations.values():
        customer = made.customers[talk.customer_id]
        if talk.junk or talk.side_of_id or talk.merged_into_id or customer.leaving_at:
            continue
        if brand_id not in (None, talk.brand_id):
            continue
        here = country_of(talk)
        if here and here.code == country:
            found.append((talk, sorted(said[talk.pk], key=lambda one: (at_of(one), one.pk))))
    return found


def _is_told(made: Invented, talk: Conversation) -> bool:
    return bool(talk.market or made.customers[talk.customer_id].market)


def figures(made: Invented, country: str, span: Span, brand_id: int | None) -> dict[str, Any]:
    """Return counts by name, all by loops."""
    since, until, earlier = span.since, span.until, span.before.since
    talks = talks_in(made, country, brand_id)
    now = [(t, m) for t, m in talks if any(x.direction == "in" and since <= at_of(x) < until for x in m)]
    before = [(t, m) for t, m in talks if any(x.direction == "in" and earlier <= at_of(x) < since for x in m)]
    wrote = [(t, x) for t, m in now for x in m if x.direction == "in" and since <= at_of(x) < until]
    calendar = usual_calendar(country, on=span.last)
    week = [[0] * 24 for _day in range(7)]
    for _talk, one in wrote:
        here = one.created_at.astimezone(span.zone)
        week[here.weekday()][here.hour] += 1
    return {
        "conversations": len(now),
        "customers": len({t.customer_id for t, _m in now}),
        "messages": len(wrote),
        "presumed": sum(not _is_told(made, t) for t, _m in now),
        "reopened": sum(bool(t.reopened_at and since <= t.reopened_at < until) for t, _m in now),
        "channels": _each((x.channel, t.pk) for t, x in wrote),
        "languages": _each((x.language, t.pk) for t, x in wrote if _is_told(made, t)),
        "week": week,
        "in_hours": sum(bool(calendar and calendar.is_open(x.created_at)) for _t, x in wrote),
        "holidays": sum(
            is_public_holiday(country, x.created_at.astimezone(span.zone).date()) for _t, x in wrote
        ),
        "intents": Counter(t.intent for t, _m in now),
        "intents_before": Counter(t.intent for t, _m in before),
        "moods": Counter(t.mood for t, _m in now),
        "answers": _answers(talks, span),
        "patience": _patience(talks, span),
    }


def _each(pairs: Any) -> dict[str, int]:
    return dict(Counter(code for code, _talk in set(pairs)))


def _answers(talks: Sequence[Talk], span: Span) -> dict[str, tuple[int, int, int, float | None]]:
    """Return {channel: (begun, answered, urged before, median seconds)}."""
    found: dict[str, list[tuple[float | None, bool]]] = defaultdict(list)
    for _talk, said in talks:
        first = next((one for one in said if one.direction == "in"), None)
        if first is None or not span.since <= at_of(first) < span.until:
            continue
        later = said[said.index(first) + 1 :]
        answer = next((one for one in later if one.direction == "out"), None)
        unanswered = later[: later.index(answer)] if answer else later
        waits = [b.created_at - a.created_at for a, b in zip([first, *unanswered], unanswered, strict=False)]
        urged = any(wait >= timedelta(minutes=5) for wait in waits)
        wait = (at_of(answer) - at_of(first)).total_seconds() if answer else None
        found[first.channel].append((wait, urged))
        found[""].append((wait, urged))
    told = {}
    for channel, rows in found.items():
        waits = [wait for wait, _urged in rows if wait is not None]
        told[channel] = (len(rows), len(waits), sum(u for _w, u in rows), median(waits) if waits else None)
    return told


def _patience(talks: Sequence[Talk], span: Span) -> dict[str, tuple[int, float]]:
    """Return {channel: (times, median seconds)} of those who wrote again unanswered, after a breath."""
    found: dict[str, list[float]] = defaultdict(list)
    for _talk, said in talks:
        for one, other in pairwise(said):
            wait = (at_of(other) - at_of(one)).total_seconds()
            if (
                one.direction == other.direction == "in"
                and wait >= 300
                and span.since <= at_of(other) < span.until
            ):
                found[one.channel].append(wait)
                found[""].append(wait)
    return {channel: (len(waits), median(waits)) for channel, waits in found.items()}

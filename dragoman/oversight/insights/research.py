"""A market side by side: what its playbook expects, and what this desk measures of its customers."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from django.db.models import QuerySet

from dragoman.core.conversations.moods import MOODS, mood_of
from dragoman.core.playbooks.places import place_of
from dragoman.core.playbooks.queries import Told, told
from dragoman.ground.markets.facts import Hours as UsualHours
from dragoman.ground.markets.opening import calendar_of
from dragoman.ground.markets.public_holidays import is_public_holiday
from dragoman.ground.markets.zones import zone
from dragoman.kit.tags import same

from .differing import differences
from .measuring import BIN, FRUSTRATED, Asked, frustrated, measured, talks_of, texts_of
from .shapes import FEWEST, ChannelUse, FirstAnswer, Hours, LanguageUse, Purpose, Research, share
from .spans import DAYS, Span, span_of
from .speaking_of import LONGEST, MOST, PAINS, REASONS, Spoken, spoken_of

# purposes whose messages tell why things come back, as long as no returns are stored
RETURNS: Final = (
    "return_request", "exchange", "refund_status", "damaged_item", "wrong_item", "missing_item", "warranty_claim",
)  # fmt: skip
_Counts = Mapping[str, Any]


def research_of(
    workspace_id: int,
    country: str,
    *,
    brand_id: int | None = None,
    all_brands: bool = False,
    first: date | None = None,
    last: date | None = None,
    days: int = DAYS,
) -> Research:
    """Return what is expected of a market and measured in it, from one day to another of its clock.

    A brand's playbook is held against its own customers, or with `all_brands` against those of all. Raises NoMarket,
    BadSpan.
    """
    today = datetime.now(UTC).date()
    facts = told(workspace_id, brand_id, country, on=today)
    place = place_of(workspace_id, brand_id, country)
    span = span_of(first, last, zone=zone(place.zone), days=days)
    asked = Asked(workspace_id, country, span, None if all_brands else brand_id)
    empty = Research(country, brand_id, span, facts)
    talks = talks_of(asked, since=span.before.since)
    found = measured(talks, asked, open_spans=_open(facts, country, place.region, span))
    if not found or not found["counts"]["conversations"]:
        return empty
    whole = _whole(empty, found, country, place.region)
    return replace(_spoken(talks, asked, whole), differences=differences(whole))


def _open(
    facts: Mapping[str, Told], country: str, region: str, span: Span
) -> list[tuple[datetime, datetime]]:
    """Return when the playbook says that customers are answered, closed on holidays."""
    hours = facts["service_hours"].holds
    if hours is None or not isinstance(hours.value, UsualHours):
        return []
    return calendar_of(country, hours.value, span.zone, region=region).open_between(span.since, span.until)


def _whole(empty: Research, found: _Counts, country: str, region: str) -> Research:
    counts, conversations = found["counts"], found["counts"]["conversations"]
    placed = conversations - counts["presumed"]
    expects_hours = empty.told["service_hours"].holds is not None
    return replace(
        empty,
        conversations=conversations,
        customers=counts["customers"],
        messages=found["messages"],
        presumed=counts["presumed"],
        presumed_share=share(counts["presumed"], conversations),
        channels=_channels(found["channels"] or (), conversations, empty.expects("channels") or ()),
        placed=placed,
        languages=_languages(found["languages"] or (), placed, empty.expects("languages") or ()),
        hours=_hours(found, empty.span.zone, country, region, expects_hours=expects_hours),
        answers=_answers(found, empty.expects("response_times") or {}),
        reopened=share(counts["reopened"], conversations),
        **_moods(found["kinds"] or (), conversations, counts["before"]),
    )


def _channels(rows: Iterable[_Counts], conversations: int, expected: Sequence[str]) -> tuple[ChannelUse, ...]:
    """Return the channels by use, then those that the playbook names and nobody used."""
    used = {row["channel"]: row["conversations"] for row in rows}
    ordered = sorted(used, key=lambda code: (-used[code], code))
    return tuple(
        ChannelUse(
            channel=code,
            conversations=used.get(code, 0),
            share=share(used.get(code, 0), conversations),
            rank=ordered.index(code) + 1 if code in used else None,
            expected=expected.index(code) + 1 if code in expected else None,
        )
        for code in dict.fromkeys((*ordered, *expected))
    )


def _languages(rows: Iterable[_Counts], placed: int, expected: Sequence[str]) -> tuple[LanguageUse, ...]:
    used = {row["language"]: row["conversations"] for row in rows}
    ordered = sorted(used, key=lambda tag: (-used[tag], tag))
    missing = [tag for tag in expected if not any(same(tag, one) for one in ordered)]
    return tuple(
        LanguageUse(
            tag, used.get(tag, 0), share(used.get(tag, 0), placed), any(same(tag, one) for one in expected)
        )
        for tag in (*ordered, *missing)
    )


def _hours(found: _Counts, clock: ZoneInfo, country: str, region: str, *, expects_hours: bool) -> Hours:
    messages: int = found["messages"]
    if share(0, found["counts"]["conversations"]) is None:
        return Hours(messages, None, None, None)
    week, kept = [[0] * 24 for _day in range(7)], 0
    for place, times in found["times"] or ():
        at = datetime.fromtimestamp(place * BIN, clock)
        week[at.weekday()][at.hour] += times
        kept += times * is_public_holiday(country, at.date(), region=region)
    in_hours = share(found["open"], messages) if expects_hours else None
    return Hours(messages, week, in_hours, share(kept, messages))


def _answers(found: _Counts, expected: Mapping[str, int]) -> tuple[FirstAnswer, ...]:
    """Return the row of all channels, then one a channel, those with the most conversations first."""
    begun = {row["channel"] or "": row for row in found["answers"] or ()}
    waited = {row["channel"] or "": row for row in found["patience"] or ()}
    rows = []
    for code in sorted(dict.fromkeys((*begun, *waited)), key=lambda code: _most_first(code, begun)):
        first, again = begun.get(code), waited.get(code)
        conversations = first["conversations"] if first else 0
        answered, times = first["answered"] if first else 0, again["times"] if again else 0
        enough = first is not None and share(0, answered) is not None
        minutes = expected.get(code)
        rows.append(
            FirstAnswer(
                channel=code,
                conversations=conversations,
                answered=answered,
                median=first["seconds"][0] if first and enough else None,
                slow=first["seconds"][1] if first and enough else None,
                urged=share(first["urged"], conversations) if first else None,
                patience=again["seconds"] if again and share(0, times) is not None else None,
                times=times,
                expected=minutes * 60 if minutes else None,
            )
        )
    return tuple(row for row in rows if row.conversations or row.times)


def _most_first(code: str, begun: Mapping[str, _Counts]) -> tuple[bool, int, str]:
    return code != "", -begun[code]["conversations"] if code in begun else 0, code


def _moods(rows: Iterable[_Counts], conversations: int, before: int) -> dict[str, Any]:
    """Return purposes and moods; a share of bad moods is one of the conversations whose mood is known."""
    now: Counter[tuple[str, str]] = Counter()
    was: Counter[tuple[str, str]] = Counter()
    for row in rows:
        kind = row["intent"], mood_of(row["sentiment"], row["tension"])
        now[kind] += row["now"]
        was[kind] += row["before"]
    intents = sorted({intent for intent, _mood in now}, key=lambda one: (-_times(now, intent=one), one))
    purposes = tuple(
        Purpose(
            intent=intent,
            conversations=_times(now, intent=intent),
            share=share(_times(now, intent=intent), conversations),
            frustrated=_cross(now, intent),
            before=share(_times(was, intent=intent), before),
        )
        for intent in intents
    )
    moods = {mood: _times(now, mood=mood) for mood in (*MOODS, "")}
    return {
        "purposes": purposes,
        "moods": moods,
        "mood_known": conversations - moods[""],
        "frustrated": _cross(now, None),
        "frustrated_before": _cross(was, None),
    }


def _times(counted: Counter[tuple[str, str]], *, intent: str | None = None, mood: str | None = None) -> int:
    return sum(
        times for kind, times in counted.items() if intent in (None, kind[0]) and mood in (None, kind[1])
    )


def _cross(counted: Counter[tuple[str, str]], intent: str | None) -> float | None:
    cross = sum(_times(counted, intent=intent, mood=mood) for mood in FRUSTRATED)
    return share(cross, _times(counted, intent=intent) - _times(counted, intent=intent, mood=""))


def _spoken(talks: QuerySet[Any], asked: Asked, whole: Research) -> Research:
    """Add what messages about returns, and those of customers in a bad mood, speak of."""
    if whole.too_few:
        return whole

    def read(some: QuerySet[Any], among: frozenset[str]) -> Spoken:
        spoken = spoken_of(texts_of(some, asked, most=MOST, longest=LONGEST), among=among)
        return spoken if spoken.conversations >= FEWEST else replace(spoken, concepts=())

    back, cross = talks.filter(intent__in=RETURNS), talks.filter(frustrated())
    return replace(whole, returns=read(back, REASONS), pains=read(cross, PAINS))

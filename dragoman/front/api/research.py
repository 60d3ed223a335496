"""`/markets/{country}/research`: what a market's playbook expects beside what this desk measures there."""

import datetime
from collections.abc import Sequence
from typing import Annotated, Any, Literal

from django.http import HttpRequest
from ninja import Query, Router, Schema

from dragoman.core.accounts.queries import get_brand
from dragoman.ground.markets.facts import WEEKDAYS
from dragoman.ground.markets.playbook import playbook
from dragoman.oversight.insights.research import research_of
from dragoman.oversight.insights.shapes import FEWEST, FirstAnswer, Research, share
from dragoman.oversight.insights.speaking_of import Spoken
from dragoman.service.surveys.queries import answers_of, mean_of

from .conversations import workspace_of
from .problems import ERRORS
from .schemas import Day

router = Router(tags=["markets"])


class ChannelUseOut(Schema):
    """A channel; `rank` 1 is the most used, `expected_rank` its place in the playbook."""

    channel: str
    conversations: int
    share: float | None
    rank: int | None
    expected_rank: int | None


class ChannelsOut(Schema):
    """The channels of the playbook, the most liked first (null: unknown), and those that customers used."""

    expected: list[str] | None
    measured: list[ChannelUseOut]


class LanguageUseOut(Schema):
    """A language that customers wrote; `expected` says whether the playbook has it. "" is what nobody could tell."""

    language: str
    conversations: int
    share: float | None
    expected: bool


class LanguagesOut(Schema):
    """The languages of the playbook, and those detected in the `conversations` whose country somebody told."""

    expected: list[str] | None
    conversations: int
    measured: list[LanguageUseOut]


class ContactOut(Schema):
    """Messages of customers by weekday and hour (24 numbers each) of the market's clock, and shares of them."""

    expected: Any
    messages: int
    by_weekday: dict[str, list[int]] | None
    share_in_service_hours: float | None
    share_on_holidays: float | None


class FirstAnswerOut(Schema):
    """First answers over a channel (null: all), in seconds; `expected` is the playbook's.

    `share_wrote_again` wrote again before the first answer; `patience` is the median time until somebody unanswered
    wrote again, over `times_wrote_again` times.
    """

    channel: str | None
    conversations: int
    answered: int
    median: float | None
    p90: float | None
    expected: int | None
    share_wrote_again: float | None
    patience: float | None
    times_wrote_again: int


class PurposeOut(Schema):
    """A purpose (null: not known); `change` is by how much its share rose against as many days before."""

    intent: str | None
    conversations: int
    share: float | None
    share_frustrated: float | None
    share_before: float | None
    change: float | None


class ConceptOut(Schema):
    """What messages speak of: a concept of the lexicon, and in how many conversations."""

    concept: str
    conversations: int
    share: float | None


class SpokenOut(Schema):
    """What the newest `messages` (3,000 at most) of `conversations` speak of."""

    conversations: int
    messages: int
    concepts: list[ConceptOut]


class SatisfactionOut(Schema):
    """Moods of conversations; shares are of those with a known mood. `csat`: mean (1 to 5) of five answers or more."""

    csat: float | None
    mood_known: int
    moods: dict[Literal["neutral", "calm", "tense", "upset"], int]
    share_frustrated: float | None
    share_frustrated_before: float | None
    share_reopened: float | None


class DifferenceOut(Schema):
    """Where the two differ: `code` says how, `kind` which fact of the playbook it concerns."""

    code: str
    kind: str
    about: str
    share: float | None
    rank: int | None
    expected: int | None
    seconds: float | None


class ResearchOut(Schema):
    """What a playbook expects and what is measured; below 5 conversations (`too_few`) shares and times are null.

    `presumed` conversations belong here by their language alone: nobody told their country.
    """

    country: str
    brand: str | None
    first_day: datetime.date
    last_day: datetime.date
    time_zone: str
    conversations: int
    customers: int
    messages: int
    presumed: int
    share_presumed: float | None
    too_few: bool
    channels: ChannelsOut
    languages: LanguagesOut
    hours: ContactOut
    first_answers: list[FirstAnswerOut]
    purposes: list[PurposeOut]
    returns_stored: bool
    return_reasons: SpokenOut
    pains: SpokenOut
    satisfaction: SatisfactionOut
    differences: list[DifferenceOut]


@router.get(
    "/markets/{country}/research", response={200: ResearchOut, **ERRORS}, summary="Expected and measured"
)
def get_research(
    request: HttpRequest,
    country: str,
    first: Annotated[Day | None, Query(alias="from")] = None,
    last: Annotated[Day | None, Query(alias="to")] = None,
    brand: Annotated[str | None, Query(min_length=1, max_length=63)] = None,
) -> Any:
    """Return a market as its playbook expects it and as it is measured, over the last 30 days by default.

    Days are those of the market's clock, `to` is counted. With a brand its policies and its customers alone.
    """
    workspace_id, code = workspace_of(request), playbook(country.upper()).country
    ours = get_brand(workspace_id, brand) if brand else None
    found = research_of(workspace_id, code, brand_id=ours.pk if ours else None, first=first, last=last)
    told = research_json(found, brand=ours.slug if ours else None)
    told["satisfaction"]["csat"] = _csat(workspace_id, found, brand_id=ours.pk if ours else None)
    return told


def _csat(workspace_id: int, found: Research, *, brand_id: int | None) -> float | None:
    """Return the mean of a market's answers; of fewer than five nothing is said, as of all that is measured."""
    here = answers_of(workspace_id, since=found.span.since, until=found.span.until)
    here = here.filter(market=found.country)
    if brand_id is not None:
        here = here.filter(brand_id=brand_id)
    return mean_of(here) if here.count() >= FEWEST else None


def research_json(found: Research, *, brand: str | None) -> dict[str, Any]:
    """Return a research as the API shows it."""
    week = found.hours.week
    return {
        "country": found.country,
        "brand": brand,
        "first_day": found.span.first,
        "last_day": found.span.last,
        "time_zone": found.span.zone.key,
        "conversations": found.conversations,
        "customers": found.customers,
        "messages": found.messages,
        "presumed": found.presumed,
        "share_presumed": found.presumed_share,
        "too_few": found.too_few,
        "channels": {
            "expected": found.expects("channels"),
            "measured": [{**vars(one), "expected_rank": one.expected} for one in found.channels],
        },
        "languages": {
            "expected": found.expects("languages"),
            "conversations": found.placed,
            "measured": [vars(one) for one in found.languages],
        },
        "hours": {
            "expected": found.expects("service_hours"),
            "messages": found.hours.messages,
            "by_weekday": dict(zip(WEEKDAYS, week, strict=True)) if week else None,
            "share_in_service_hours": found.hours.in_hours,
            "share_on_holidays": found.hours.on_holidays,
        },
        "first_answers": [_answer_json(one) for one in found.answers],
        "purposes": [
            {
                "intent": one.intent or None,
                "conversations": one.conversations,
                "share": one.share,
                "share_frustrated": one.frustrated,
                "share_before": one.before,
                "change": one.change,
            }
            for one in found.purposes
        ],
        "returns_stored": False,
        "return_reasons": _spoken_json(found.returns),
        "pains": _spoken_json(found.pains),
        "satisfaction": {
            "csat": None,
            "mood_known": found.mood_known,
            "moods": {mood: times for mood, times in found.moods.items() if mood},
            "share_frustrated": found.frustrated,
            "share_frustrated_before": found.frustrated_before,
            "share_reopened": found.reopened,
        },
        "differences": [vars(one) for one in found.differences],
    }


def _answer_json(one: FirstAnswer) -> dict[str, Any]:
    return {
        "channel": one.channel or None,
        "conversations": one.conversations,
        "answered": one.answered,
        "median": one.median,
        "p90": one.slow,
        "expected": one.expected,
        "share_wrote_again": one.urged,
        "patience": one.patience,
        "times_wrote_again": one.times,
    }


def _spoken_json(spoken: Spoken) -> dict[str, Any]:
    concepts: Sequence[tuple[str, int]] = spoken.concepts
    return {
        "conversations": spoken.conversations,
        "messages": spoken.read,
        "concepts": [
            {"concept": name, "conversations": times, "share": share(times, spoken.conversations)}
            for name, times in concepts
        ],
    }

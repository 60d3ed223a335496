"""A market measured: equal to loops over every message, honest where few tell, and nobody else's."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from dragoman.core.conversations.actions.people import merge_customers
from dragoman.core.conversations.models import Conversation
from dragoman.core.customers.actions import create_customer
from dragoman.core.playbooks.actions.facts import correct_fact, set_policy
from dragoman.core.playbooks.actions.markets import choose_market
from dragoman.ground.markets.errors import NoMarket
from dragoman.oversight.insights.errors import BadSpan
from dragoman.oversight.insights.research import research_of
from dragoman.oversight.insights.shapes import FEWEST, Research
from dragoman.oversight.insights.spans import span_of
from tests.people import a_house, write

from .brute import figures
from .invented import invent

pytestmark = pytest.mark.django_db
BERLIN = ZoneInfo("Europe/Berlin")


@pytest.fixture
def house():
    house = a_house()
    with house.acting():
        yield house


def part(share: float | None, whole: int) -> float | None:
    """Return how many a share is."""
    return None if share is None else round(share * whole, 6)


def shown(found: Research) -> dict:
    """Return a research in the shape of the brute force."""
    channels = {one.channel: one.conversations for one in found.channels if one.conversations}
    return {
        "conversations": found.conversations,
        "customers": found.customers,
        "messages": found.messages,
        "presumed": found.presumed,
        "reopened": part(found.reopened, found.conversations),
        "channels": channels,
        "languages": {one.language: one.conversations for one in found.languages if one.conversations},
        "week": found.hours.week,
        "in_hours": part(found.hours.in_hours, found.messages),
        "holidays": part(found.hours.on_holidays, found.messages),
        "intents": {one.intent: one.conversations for one in found.purposes if one.conversations},
        "moods": {mood: times for mood, times in found.moods.items() if times},
    }


@pytest.mark.parametrize("seed", [1, 2])
def test_every_figure_is_what_loops_over_all_messages_find(house, seed):
    made = invent(house, seed=seed, conversations=250)
    days = {"first": date(2026, 10, 12), "last": date(2026, 11, 9)}
    for country, brand_id in (("DE", None), ("DE", house.brand.pk), ("US", None), ("TH", None)):
        found = research_of(house.workspace.pk, country, brand_id=brand_id, **days)
        expected = figures(made, country, found.span, brand_id)
        assert found.conversations >= FEWEST
        assert shown(found) == {name: value for name, value in expected.items() if name in shown(found)}
        before = sum(expected["intents_before"].values())
        for one in found.purposes:
            told = expected["intents_before"].get(one.intent, 0)
            assert part(one.before, before) == (told if before >= FEWEST else None)
        compare_answers(found, expected)


def compare_answers(found: Research, expected: dict) -> None:
    """Hold times and patience against the brute force."""
    told = {one.channel: one for one in found.answers}
    assert set(told) == {*expected["answers"], *expected["patience"]}
    for channel, (begun, answered, urged, median) in expected["answers"].items():
        one = told[channel]
        assert (one.conversations, one.answered) == (begun, answered)
        assert one.urged == (urged / begun if begun >= FEWEST else None)
        assert one.median == (pytest.approx(median) if answered >= FEWEST else None)
    for channel, (times, median) in expected["patience"].items():
        assert told[channel].times == times
        assert told[channel].patience == (pytest.approx(median) if times >= FEWEST else None)


def test_all_brands_are_counted_with_the_playbook_of_one(house):
    invent(house, seed=4, conversations=120)
    days = {"first": date(2026, 10, 1), "last": date(2026, 10, 31)}
    one = research_of(house.workspace.pk, "DE", brand_id=house.brand.pk, **days)
    both = research_of(house.workspace.pk, "DE", brand_id=house.brand.pk, all_brands=True, **days)
    nobodys = research_of(house.workspace.pk, "DE", **days)
    assert one.conversations < both.conversations == nobodys.conversations
    assert both.told.keys() == one.told.keys()


def test_mallorys_customers_are_not_counted(house):
    mallory = a_house("mallory", owner="mallory")
    with mallory.acting():
        invent(mallory, seed=5, conversations=60)
        assert research_of(
            mallory.workspace.pk, "DE", first=date(2026, 10, 1), last=date(2026, 10, 31)
        ).messages
    with house.acting():
        days = {"first": date(2026, 10, 1), "last": date(2026, 10, 31)}
        assert research_of(house.workspace.pk, "DE", **days).conversations == 0
        assert research_of(mallory.workspace.pk, "DE", **days).conversations == 0


def let_write(house, times: int, **more) -> None:
    for number in range(times):
        more.setdefault("market", "DE")
        write(house, **{"text": "Hallo", "who": f"a{number}@example.com", "language": "de", **more})


def test_below_five_conversations_no_share_is_told(house):
    let_write(house, FEWEST - 1)
    found = research_of(house.workspace.pk, "DE")
    assert found.too_few and found.conversations == FEWEST - 1
    shares = [one.share for one in (*found.channels, *found.languages, *found.purposes)]
    assert set(shares) == {None} and found.hours.week is None and found.presumed_share is None
    assert not found.differences and not found.pains.concepts
    let_write(house, FEWEST, text="Hallo noch einmal")
    found = research_of(house.workspace.pk, "DE")
    assert not found.too_few and found.hours.week is not None


def test_whose_country_is_told_by_nobody_is_presumed_by_their_language_and_says_nothing_of_languages(house):
    choose_market(house.workspace.pk, agent=None, brand_id=house.brand.pk, country="AT")
    let_write(house, 6, market="")
    Conversation.objects.update(language="de")
    found = research_of(house.workspace.pk, "AT")
    assert (found.conversations, found.presumed_share, found.placed) == (6, 1.0, 0)
    assert {one.share for one in found.languages} == {None}
    assert research_of(house.workspace.pk, "DE").conversations == 0


def test_customers_without_a_country_whose_language_points_nowhere_belong_to_no_market(house):
    let_write(house, 6, market="", language="")
    Conversation.objects.update(language="")
    for country in ("DE", "JP", "US"):
        assert research_of(house.workspace.pk, country).conversations == 0


def test_a_merged_customer_counts_once(house):
    let_write(house, 5)
    write(house, text="Hallo", who="other@example.com", language="de", market="DE", thread_key="other")
    first, other = (
        Conversation.objects.get(customer__identities__value=f"{name}@example.com").customer
        for name in ("a0", "other")
    )
    merge_customers(other, first, agent=house.greta)
    found = research_of(house.workspace.pk, "DE")
    assert (found.conversations, found.customers) == (6, 5)


def test_what_differs_is_told_with_the_fact_to_mend(house):
    workspace_id, brand_id = house.workspace.pk, house.brand.pk
    common = {"agent": house.greta, "brand_id": brand_id, "country": "DE"}
    correct_fact(workspace_id, **common, kind="channels", value=["phone", "chat", "email"], source="A page")
    correct_fact(workspace_id, **common, kind="languages", value=["fi"], source="A page")
    let_write(house, 20, channel="email")
    let_write(house, 10, channel="whatsapp", thread_key="w")
    found = research_of(workspace_id, "DE", brand_id=brand_id)
    told = {(one.code, one.kind, one.about): one for one in found.differences}
    assert told["channel_used_more", "channels", "email"].expected == 3
    assert told["channel_used_more", "channels", "email"].rank == 1
    assert told["channel_not_named", "channels", "whatsapp"].rank == 2
    assert told["channel_used_less", "channels", "phone"].share == 0
    assert told["language_used_less", "languages", "fi"].share == 0


def test_a_policy_is_what_is_expected(house):
    value = [{"days": ["mon"], "start": "09:00:00", "end": "10:00:00"}]
    set_policy(
        house.workspace.pk, agent=house.greta, brand_id=house.brand.pk, country="DE", kind="service_hours",
        value=value,
    )  # fmt: skip
    let_write(house, 6)
    sunday = datetime(2026, 10, 25, 12, tzinfo=UTC)
    for talk in Conversation.objects.all():
        talk.messages.update(created_at=sunday)
        Conversation.objects.filter(pk=talk.pk).update(last_message_at=sunday)
    days = {"first": date(2026, 10, 25), "last": date(2026, 10, 25)}
    found = research_of(house.workspace.pk, "DE", brand_id=house.brand.pk, **days)
    assert found.hours.in_hours == 0 and found.hours.week[6][13] == 6
    # summer time ended that morning
    assert [one.code for one in found.differences if one.kind == "service_hours"] == ["outside_hours"]


@pytest.mark.parametrize(
    "first, last",
    [
        (date(2026, 2, 2), date(2026, 2, 1)),
        (date(2020, 1, 1), date(2026, 1, 1)),
        (date(1, 1, 1), date(1, 1, 2)),
        (date(9999, 12, 30), date(9999, 12, 31)),
        (None, date(1, 1, 1)),
        (date(9999, 12, 31), None),
    ],
)
def test_days_that_are_none_are_refused(first, last):
    with pytest.raises(BadSpan):
        span_of(first, last, zone=BERLIN)


def test_a_span_is_of_days_there():
    now = datetime(2026, 3, 29, 22, 30, tzinfo=UTC)
    span = span_of(None, None, zone=BERLIN, days=1, now=now)
    assert (span.first, span.last, span.days) == (date(2026, 3, 30), date(2026, 3, 30), 1)
    assert span.before.until == span.since
    # the night the clock goes on has 23 hours
    assert span.before.until - span.before.since == timedelta(hours=23)


def test_an_unknown_country_is_refused(house):
    with pytest.raises(NoMarket):
        research_of(house.workspace.pk, "XX")


def test_what_hurts_is_told_by_the_words_of_the_lexicon(house):
    texts = [
        "Die Lampe ist kaputt",
        "Sie ist kaputt und viel zu klein",
        "kaputt",
        "Wieder kaputt",
        "kaputt!!",
    ]
    for number, text in enumerate(texts):
        write(house, text=text, who=f"b{number}@example.com", market="DE", language="de")
    create_customer(house.workspace.pk, name="Nobody", language="de", market="DE")
    Conversation.objects.update(sentiment="negative", tension=80, language="de", intent="damaged_item")
    for talk in Conversation.objects.all():
        talk.messages.update(language="de")
    found = research_of(house.workspace.pk, "DE")
    for spoken in (found.pains, found.returns):
        assert (spoken.conversations, spoken.read) == (5, 5)
        assert spoken.concepts[0] == ("broken", 5) and ("too_small", 1) in spoken.concepts
    assert found.frustrated == 1.0

"""Segments: every fact, and/or/not, live, of one workspace; what asks for something gone matches nobody."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from dragoman.core.accounts.actions import add_agent
from dragoman.core.conversations.access import conversations_of
from dragoman.core.conversations.asked import asked
from dragoman.core.conversations.models import Conversation
from dragoman.core.conversations.queries import conversation_page
from dragoman.core.conversations.shapes import Filters
from dragoman.core.customers.actions import create_customer, delete_customer
from dragoman.core.customers.actions.fields import (
    Definition,
    define_field,
    remove_field,
    set_fields,
    sweep_field,
)
from dragoman.core.customers.actions.merge import link_customers
from dragoman.core.customers.actions.preferences import Consent, change_kind, keep_preference
from dragoman.core.customers.fields import get_field
from dragoman.core.customers.models import Customer
from dragoman.core.segments.actions.segments import change_segment, remove_segment, save_segment
from dragoman.core.segments.criteria import facts_of, problems_of, read_clauses, stored_clauses
from dragoman.core.segments.errors import BadSegment, MayNotSegment, NoSegment
from dragoman.core.segments.membership import count_members, is_member, members_of, segments_of
from dragoman.core.segments.models import Segment
from dragoman.core.segments.segments import find_by_name, get_segment
from tests.people import House, a_house, settle, write

pytestmark = pytest.mark.django_db
PEOPLE = (
    ("สมชาย", "th", "TH", {"size": "M", "lifetime_value": 1250.5, "tier": "Gold", "vip": True}),
    ("فاطمة", "ar", "AE", {"size": "L 2", "lifetime_value": 90, "renewal": "2026-03-01"}),
    ("佐藤", "ja", "JP", {"lifetime_value": -3, "tier": "Silver", "vip": False}),
    ("Aino", "fi", "FI", {"size": "m"}),
    ("Jürgen", "de-AT", "", {}),
)
KINDS = {"size": "text", "lifetime_value": "number", "tier": "choice", "vip": "yes_no", "renewal": "date"}


@pytest.fixture
def house():
    house = a_house()
    with house.acting():
        for key, kind in KINDS.items():
            choices = ("Gold", "Silver") if kind == "choice" else ()
            define_field(house.workspace.pk, agent=house.greta, wish=Definition(key, key, kind, choices))
        for name, language, market, own in PEOPLE:
            made = create_customer(house.workspace.pk, name=name, language=language, market=market)
            set_fields(made, values=own)
        yield house


def asks(
    fact: str, op: str = "is", *values: str, days: int | None = None, no: bool = False
) -> dict[str, Any]:
    return {"fact": fact, "op": op, "values": list(values), "days": days, "not": no}


def saved(house: House, *clauses: list[dict[str, Any]], name: str = "Them") -> Segment:
    known = find_by_name(house.workspace.pk, name)
    if known is not None:
        return change_segment(known, agent=house.greta, clauses=clauses)
    return save_segment(house.workspace.pk, agent=house.greta, name=name, clauses=clauses)


def who(house: House, *clauses: list[dict[str, Any]]) -> set[str]:
    """Return who fits, after all ways of asking have said the same."""
    segment = saved(house, *clauses)
    found = {one.name for one in members_of(segment)}
    everybody = list(
        Customer.objects.filter(workspace_id=house.workspace.pk, merged_into=None, leaving_at=None)
    )
    assert {one.name for one in everybody if is_member(segment, one)} == found
    assert {one.name for one in everybody if segments_of(one, [segment])} == found
    assert count_members(house.workspace.pk, stored_clauses(segment.clauses)) == len(found)
    return found


def person(name: str) -> Customer:
    return Customer.objects.get(name=name)


@pytest.mark.parametrize(
    "criterion, found",
    [
        (asks("market", "is", "th", "JP"), "สมชาย 佐藤"),
        (asks("market", "is", "-"), "Jürgen"),
        (asks("market", "is", "TH", no=True), "فاطمة 佐藤 Aino Jürgen"),
        (asks("language", "is", "de"), "Jürgen"),
        (asks("language", "is", "de-AT", "fi"), "Jürgen Aino"),
        (asks("own.size", "is", "M"), "สมชาย Aino"),
        (asks("own.size", "contains", "2", "m"), "สมชาย Aino فاطمة"),
        (asks("own.size", "contains", "%"), ""),
        (asks("own.size", "known"), "สมชาย Aino فاطمة"),
        (asks("own.size", "known", no=True), "佐藤 Jürgen"),
        (asks("own.size", "is", "M", no=True), "فاطمة 佐藤 Jürgen"),
        (asks("own.lifetime_value", "at_least", "90"), "สมชาย فاطمة"),
        (asks("own.lifetime_value", "at_least", "1250,5"), "สมชาย"),
        (asks("own.lifetime_value", "at_most", "0"), "佐藤"),
        (asks("own.lifetime_value", "at_least", "90", no=True), "佐藤 Aino Jürgen"),
        (asks("own.lifetime_value", "is", "90"), "فاطمة"),
        (asks("own.tier", "is", "gold"), "สมชาย"),
        (asks("own.vip", "is", "yes"), "สมชาย"),
        (asks("own.vip", "is", "no"), "佐藤"),
        (asks("own.renewal", "since", "2026-03-01"), "فاطمة"),
        (asks("own.renewal", "before", "2026-03-01"), ""),
        (asks("own.renewal", "older", "30"), "فاطمة"),
        (asks("first_seen", "within", "1"), "สมชาย فاطمة 佐藤 Aino Jürgen"),
        (asks("first_seen", "older", "1"), ""),
        (asks("conversations", "at_most", "0"), "สมชาย فاطمة 佐藤 Aino Jürgen"),
        (asks("conversations", "at_least", "0"), "สมชาย فاطمة 佐藤 Aino Jürgen"),
        (asks("conversations", "at_least", "1"), ""),
        (asks("last_contact", "older", "1"), ""),
        (asks("form_of_address", "is", "-"), "สมชาย فاطمة 佐藤 Aino Jürgen"),
    ],
)
def test_what_is_asked_of_a_customer(house, criterion, found):
    assert who(house, [criterion]) == set(found.split())


def told(house: House, name: str, **facts: Any) -> Conversation:
    got = write(house, "hello", who=f"{name}@example.com", name=name, thread_key=f"api:{name}")
    Conversation.objects.filter(pk=got.conversation_id).update(**facts)
    return Conversation.objects.get(pk=got.conversation_id)


def test_what_is_asked_of_their_conversations(house):
    long_ago = timezone.now() - timedelta(days=100)
    old = told(house, "old", intent="return_request", last_message_at=long_ago, status="closed", tags=["vip"])
    new = told(house, "new", intent="return_request", tension=80, reopened_at=timezone.now(), channel="email")
    junk = told(house, "junk", intent="return_request", junk=True)
    write(house, "again", who="new@example.com", name="new", thread_key="api:second")
    settle()
    Conversation.objects.exclude(pk=new.pk).update(tension=0, channel="api")
    Conversation.objects.filter(pk__in=[old.pk, new.pk, junk.pk]).update(intent="return_request")
    for criterion, found in (
        (asks("intent", "is", "return_request"), "old new"),
        (asks("intent", "is", "return_request", days=30), "new"),
        (asks("mood", "is", "upset", "tense"), "new"),
        (asks("channel", "is", "email"), "new"),
        (asks("brand", "is", house.brand.slug), "old new"),
        (asks("tag", "is", "vip"), "old"),
        (asks("status", "is", "closed"), "old"),
        (asks("reopened", "known"), "new"),
        (asks("reopened", "known", days=1), "new"),
        (asks("conversations", "at_least", "2"), "new"),
        (asks("conversations", "at_least", "1"), "old new"),
        (asks("conversations", "at_least", "1", days=30), "new"),
        (asks("last_contact", "older", "30"), "old"),
        (asks("last_contact", "within", "30"), "new"),
        (asks("last_contact", "since", "2020-01-01"), "old new"),
        (asks("last_contact", "before", "2020-01-01"), ""),
    ):
        assert who(house, [criterion]) == set(found.split()), criterion
    few = [asks("conversations", "at_most", "1")]
    assert who(house, few, [asks("market", "is", "-")]) == {"old", "junk", "Jürgen"}


def test_what_is_asked_of_their_preferences(house):
    change_kind(house.workspace.pk, "diet", agent=house.greta, kept=True)
    explicit = Consent(how="call", explicit=True)
    keep_preference(person("Aino"), kind="diet", value="Vegan, no nuts", consent=explicit, agent=house.greta)
    Customer.objects.filter(name="佐藤").update(register="honorific")
    assert who(house, [asks("preference.diet", "known")]) == {"Aino"}
    assert who(house, [asks("preference.diet", "contains", "vegan")]) == {"Aino"}
    assert who(house, [asks("preference.diet", "contains", "halal")]) == set()
    assert who(house, [asks("form_of_address", "is", "honorific")]) == {"佐藤"}


def test_and_or_and_not_are_those_of_a_search(house):
    thai_or_rich = [asks("market", "is", "TH"), asks("own.lifetime_value", "at_least", "50")]
    assert who(house, thai_or_rich) == {"สมชาย", "فاطمة"}
    assert who(house, thai_or_rich, [asks("own.tier", "is", "Gold", no=True)]) == {"فاطمة"}
    neither = [asks("market", "is", "TH", no=True)], [asks("own.lifetime_value", "at_least", "50", no=True)]
    assert who(house, *neither) == {"佐藤", "Aino", "Jürgen"}


def test_nobody_is_remembered(house):
    segment = saved(house, [asks("market", "is", "FI")])
    assert [one.name for one in members_of(segment)] == ["Aino"]
    Customer.objects.filter(name="Aino").update(market="SE")
    Customer.objects.filter(name="Jürgen").update(market="FI")
    assert [one.name for one in members_of(segment)] == ["Jürgen"]


def test_who_is_merged_away_or_deleted_is_no_member(house):
    everybody = [asks("first_seen", "within", "1")]
    link_customers(person("Jürgen"), person("Aino"), agent=house.greta, values={})
    delete_customer(person("佐藤"), agent=house.greta)
    assert who(house, everybody) == {"สมชาย", "فاطمة", "Aino"}


def test_a_segment_is_one_statement_whatever_it_asks(house):
    segment = saved(
        house,
        [asks("market", "is", "TH"), asks("intent", "is", "complaint", days=90)],
        [asks("conversations", "at_most", "3"), asks("own.size", "known", no=True)],
    )
    facts = 2  # fields and kinds of preferences are looked up
    with CaptureQueriesContext(
        connection,
    ) as asked_for:
        list(members_of(segment).prefetch_related(None))
    assert len(asked_for) == facts + 1


def test_what_a_field_of_another_kind_left_is_no_value_of_this_one(house):
    left = {"size": 5, "lifetime_value": True, "vip": "yes", "renewal": "soon", "tier": ["Gold"]}
    with house.acting():
        old = create_customer(house.workspace.pk, name="Old")
        Customer.objects.filter(pk=old.pk).update(own=left)
        for key in KINDS:
            assert "Old" not in who(house, [asks(f"own.{key}", "known")]), key
            assert "Old" in who(house, [asks(f"own.{key}", "known", no=True)]), key
        for criterion in (
            asks("own.lifetime_value", "at_least", "-1000"),
            asks("own.renewal", "since", "2020-01-01"),
            asks("own.size", "contains", "5"),
        ):
            assert "Old" not in who(house, [criterion]), criterion


def test_what_asks_for_a_field_that_is_gone_says_so_and_matches_nobody(house):
    segment = saved(house, [asks("own.size", "known", no=True), asks("market", "is", "TH")])
    both = saved(house, [asks("market", "is", "TH")], name="Thai")
    gone = get_field(house.workspace.pk, "size")
    remove_field(gone, agent=house.greta)
    clauses = stored_clauses(segment.clauses)
    assert "size" in problems_of(clauses, facts_of(house.workspace.pk))[0]
    assert list(members_of(segment)) == [] and count_members(house.workspace.pk, clauses) == 0
    assert not is_member(segment, person("สมชาย"))
    assert segments_of(person("สมชาย"), [segment, both]) == [both]
    sweep_field(house.workspace.pk, gone.pk)
    define_field(house.workspace.pk, agent=None, wish=Definition("size", "Size", "date"))
    changed = saved(house, [asks("own.size", "since", "2026-01-01")])
    assert problems_of(stored_clauses(changed.clauses), facts_of(house.workspace.pk)) == []


@pytest.mark.parametrize("key", ["in", "gte", "contains", "isnull", "own", "a" * 40])
def test_a_field_may_be_called_like_a_word_of_the_database(house, key):
    define_field(house.workspace.pk, agent=house.greta, wish=Definition(key, "X", "number"))
    set_fields(person("Aino"), values={key: 2})
    assert who(house, [asks(f"own.{key}", "at_least", "2")]) == {"Aino"}


@pytest.mark.parametrize(
    "criterion, place",
    [
        (asks("own.shoe", "known"), "fact"),
        (asks("preference.diet", "known"), "fact"),
        (asks("", "is", "x"), "fact"),
        (asks("market", "at_least", "1"), "op"),
        (asks("market", "is"), "values"),
        (asks("market", "is", "XX"), "values"),
        (asks("language", "is", "klingon!"), "values"),
        (asks("own.lifetime_value", "at_least", "a lot"), "values"),
        (asks("own.lifetime_value", "at_least", "1", "2"), "values"),
        (asks("own.renewal", "since", "yesterday"), "values"),
        (asks("own.tier", "is", "Bronze"), "values"),
        (asks("first_seen", "within", "0"), "values"),
        (asks("conversations", "at_least", "-1"), "values"),
        (asks("brand", "is", "nobody"), "values"),
        (asks("channel", "is", "pigeon"), "values"),
        (asks("intent", "is", "sing"), "values"),
        ({**asks("intent", "is", "complaint"), "days": "soon"}, "days"),
    ],
)
def test_what_cannot_be_asked_is_refused_by_its_place(house, criterion, place):
    with pytest.raises(BadSegment) as refused:
        saved(house, [asks("market", "is", "TH")], [criterion])
    assert refused.value.details["field"] == f"clauses.1.0.{place}"
    assert not Segment.objects.exists()


def test_a_segment_asks_something_and_has_a_name_of_its_own(house):
    for clauses in ([], [[]], [[asks("market", "is", "TH")]] * 11):
        with pytest.raises(BadSegment):
            save_segment(house.workspace.pk, agent=house.greta, name="Empty", clauses=clauses)
    saved(house, [asks("market", "is", "TH")], name="Thai")
    for name in ("", "x" * 81, "THAI"):
        with pytest.raises(BadSegment):
            save_segment(house.workspace.pk, agent=None, name=name, clauses=[[asks("market", "is", "TH")]])


def test_only_leads_make_change_and_remove(house):
    agent = add_agent(house.workspace.pk, email="anna@kaisla.example", name="Anna", role="agent")
    segment = saved(house, [asks("market", "is", "TH")])
    for change in (
        lambda: save_segment(house.workspace.pk, agent=agent, name="x", clauses=segment.clauses),
        lambda: change_segment(segment, agent=agent, name="x"),
        lambda: remove_segment(segment, agent=agent),
    ):
        with pytest.raises(MayNotSegment):
            change()


def test_another_workspace_has_neither_the_segment_nor_its_people(house):
    segment = saved(house, [asks("first_seen", "within", "1")])
    mallory = a_house("other", owner="mallory")
    with mallory.acting():
        create_customer(mallory.workspace.pk, name="Theirs")
        with pytest.raises(NoSegment):
            get_segment(mallory.workspace.pk, segment.pk)
        clauses = read_clauses(mallory.workspace.pk, [[asks("first_seen", "within", "1")]])
        assert count_members(mallory.workspace.pk, clauses) == 1
        assert not is_member(segment, person("Theirs")) and segments_of(person("Theirs"), [segment]) == []


def test_conversations_are_found_by_segment(house):
    told(house, "thai"), told(house, "finn")
    settle()
    Customer.objects.filter(name="thai").update(market="TH")
    segment = saved(house, [asks("market", "is", "TH")], name="From Thailand")
    other = saved(house, [asks("market", "is", "-")], name="Nowhere")

    def found(q: str = "", **filters: Any) -> set[str]:
        page = conversation_page(house.workspace.pk, filters=Filters(q=q, **filters))
        return {row.customer_name for row in page.items}

    assert found('segment:"from thailand"') == found(f"segment:{segment.pk}") == {"thai"}
    assert found(segment=str(segment.pk)) == {"thai"}
    assert found('-segment:"from thailand"') == {"finn"}
    assert found('segment:"from thailand" OR segment:Nowhere') == {"thai", "finn"}
    assert found('segment:"from thailand" segment:Nowhere') == set()
    assert found('hello segment:"from thailand"') == {"thai"}
    change_segment(segment, agent=house.greta, clauses=[[asks("market", "is", "TH", no=True)]])
    assert found(segment=str(segment.pk)) == {"finn"}
    assert "Somewhere" in asked(house.workspace.pk, "segment:Somewhere").hints[0]
    assert found("segment:Somewhere") == set()
    remove_segment(other, agent=house.greta)
    assert found(segment=str(other.pk)) == set()
    assert conversations_of(house.workspace.pk).count() == 2

"""A workspace's own fields of customers: typed, merged by the newer word, gone with the field and the customer."""

from datetime import timedelta

import pytest
from django.utils import timezone

from dragoman.core.accounts.actions import add_agent
from dragoman.core.customers.actions import create_customer, delete_customer
from dragoman.core.customers.actions.fields import (
    Definition,
    change_field,
    define_field,
    remove_field,
    set_fields,
    sweep_field,
)
from dragoman.core.customers.actions.merge import link_customers, unlink_customers
from dragoman.core.customers.errors import BadField, MayNotDefine, MayNotKeep, NoField
from dragoman.core.customers.fields import get_field, holders_of, known_of
from dragoman.core.customers.models import Customer, CustomerField
from tests.people import House, a_house

pytestmark = pytest.mark.django_db


@pytest.fixture
def house():
    house = a_house()
    with house.acting():
        yield house


def defined(house: House, key: str, kind: str = "text", *choices: str) -> CustomerField:
    wish = Definition(key, key.replace("_", " ").title(), kind, choices)
    return define_field(house.workspace.pk, agent=house.greta, wish=wish)


def known(customer: Customer) -> dict[str, object]:
    return Customer.objects.get(pk=customer.pk).own


@pytest.mark.parametrize(
    "kind, said, kept",
    [
        ("text", "  43 ½ ", "43 ½"),
        ("number", "12,50", 12.5),
        ("number", "٣٤٫٥", 34.5),
        ("number", 1999, 1999),
        ("number", "-0.00001", 0),
        ("date", "2026-03-01", "2026-03-01"),
        ("yes_no", "Yes", True),
        ("yes_no", False, False),
        ("choice", "gold", "Gold"),
    ],
)
def test_a_value_is_kept_as_what_it_is(house, kind, said, kept):
    defined(house, "one", kind, *(("Gold", "Silver") if kind == "choice" else ()))
    somchai = create_customer(house.workspace.pk, name="สมชาย")
    set_fields(somchai, values={"one": said}, agent=house.greta)
    assert known(somchai) == {"one": kept} and type(known(somchai)["one"]) is type(kept)


@pytest.mark.parametrize(
    "kind, said",
    [
        ("text", 12),
        ("text", "x" * 501),
        ("number", "twelve"),
        ("number", "1,234.50"),
        ("number", True),
        ("number", float("nan")),
        ("number", "1e400"),
        ("number", [1]),
        ("date", "1.3.2026"),
        ("date", "2026-02-30"),
        ("date", "２０２６-02-30"),
        ("date", "2026-²-0001"),
        ("yes_no", "perhaps"),
        ("choice", "Bronze"),
    ],
)
def test_a_value_of_another_type_is_refused_by_name_and_nothing_changes(house, kind, said):
    defined(house, "one", kind, *(("Gold", "Silver") if kind == "choice" else ()))
    defined(house, "other")
    somchai = create_customer(house.workspace.pk, name="สมชาย")
    with pytest.raises(BadField) as refused:
        set_fields(somchai, values={"other": "kept?", "one": said}, agent=house.greta)
    assert "(one)" in str(refused.value) and refused.value.details == {"field": "fields.one"}
    assert known(somchai) == {}


def test_a_field_that_nobody_defined_is_refused_by_name(house):
    somchai = create_customer(house.workspace.pk, name="สมชาย")
    with pytest.raises(BadField) as refused:
        set_fields(somchai, values={"shoe_size": 43})
    assert refused.value.code == "unknown_field" and "shoe_size" in str(refused.value)


@pytest.mark.parametrize("key", ["", "Größe", "1st", "a" * 41, "loyalty tier", "own.x"])
def test_a_key_is_plain(house, key):
    with pytest.raises(BadField):
        define_field(house.workspace.pk, agent=house.greta, wish=Definition(key, "Size"))


def test_a_key_is_used_once_and_a_choice_has_choices(house):
    defined(house, "tier", "choice", "Gold")
    with pytest.raises(BadField) as taken:
        defined(house, "tier")
    assert taken.value.code == "field_taken"
    with pytest.raises(BadField):
        defined(house, "other", "choice")
    with pytest.raises(BadField):
        defined(house, "other", "choice", "Gold", "GOLD")


def test_only_leads_define_and_light_agents_set_nothing(house):
    agent = add_agent(house.workspace.pk, email="anna@kaisla.example", name="Anna", role="agent")
    light = add_agent(house.workspace.pk, email="lea@kaisla.example", name="Lea", role="light_agent")
    size, somchai = defined(house, "size"), create_customer(house.workspace.pk, name="สมชาย")
    with pytest.raises(MayNotDefine):
        define_field(house.workspace.pk, agent=agent, wish=Definition("x", "X"))
    with pytest.raises(MayNotDefine):
        change_field(size, agent=agent, label="Shoe size")
    with pytest.raises(MayNotDefine):
        remove_field(size, agent=agent)
    set_fields(somchai, values={"size": "M"}, agent=agent)
    with pytest.raises(MayNotKeep):
        set_fields(somchai, values={"size": "L"}, agent=light)
    assert known(somchai) == {"size": "M"}


def test_another_workspace_has_fields_of_its_own(house):
    defined(house, "size")
    mallory = a_house("other", owner="mallory")
    with mallory.acting():
        with pytest.raises(NoField):
            get_field(mallory.workspace.pk, "size")
        defined(mallory, "size", "number")
    assert get_field(house.workspace.pk, "size").kind == "text"


def test_a_removed_field_takes_its_values_along_but_not_those_of_its_successor(house):
    size = defined(house, "size")
    defined(house, "tier", "choice", "Gold")
    old, new = (create_customer(house.workspace.pk, name=name) for name in ("Aino", "Juha"))
    set_fields(old, values={"size": "M", "tier": "Gold"})
    assert holders_of(size) == 1
    remove_field(size, agent=house.greta)
    with pytest.raises(BadField) as taken:
        defined(house, "size", "number")
    assert taken.value.code == "field_taken"
    # one that was defined all the same
    again = CustomerField.objects.create(
        workspace_id=house.workspace.pk, key="size", label="Size", kind="number", position=9
    )
    assert [one.value for one in known_of(Customer.objects.get(pk=old.pk))] == ["Gold", None]
    set_fields(new, values={"size": 43})
    sweep_field(house.workspace.pk, size.pk)
    assert (known(old), known(new)) == ({"tier": "Gold"}, {"size": 43})
    assert [one.value for one in known_of(Customer.objects.get(pk=old.pk))] == ["Gold", None]
    assert list(CustomerField.objects.filter(key="size")) == [again]


def test_a_removed_key_is_free_once_its_values_are_gone(house):
    size, aino = defined(house, "size"), create_customer(house.workspace.pk, name="Aino")
    set_fields(aino, values={"size": "M"})
    remove_field(size, agent=house.greta)
    sweep_field(house.workspace.pk, size.pk)
    defined(house, "size", "date")
    assert known(aino) == {}


@pytest.mark.parametrize(
    "kind, value",
    [
        ("text", 43),
        ("choice", True),
        ("number", "43"),
        ("number", True),
        ("date", "M"),
        ("date", 20260301),
        ("yes_no", "yes"),
    ],
)
def test_what_is_no_value_of_a_field_is_read_as_missing(house, kind, value):
    defined(house, "size", kind, *(("S", "M") if kind == "choice" else ()))
    aino = create_customer(house.workspace.pk, name="Aino")
    aino.own = {"size": value}
    assert [one.value for one in known_of(aino)] == [None]


def test_of_two_who_are_merged_the_newer_word_stands_and_undoing_gives_the_older_back(house):
    for key in ("size", "tier", "vip"):
        defined(house, key)
    gone, stays = (create_customer(house.workspace.pk, name=name) for name in ("S. Jaidee", "สมชาย"))
    early = timezone.now() - timedelta(days=1)
    set_fields(stays, values={"size": "M", "vip": "no"}, at=early)
    set_fields(gone, values={"tier": "Gold"}, at=early)
    set_fields(gone, values={"size": "L"})
    link_customers(gone, stays, agent=house.greta, values={})
    assert known(stays) == {"size": "L", "tier": "Gold", "vip": "no"}
    set_fields(Customer.objects.get(pk=stays.pk), values={"tier": "Silver"})
    unlink_customers(house.workspace.pk, gone.pk)
    assert known(stays) == {"size": "M", "tier": "Silver", "vip": "no"}
    assert known(gone) == {"size": "L", "tier": "Gold"}


def test_values_go_with_the_customer_at_once(house):
    defined(house, "size")
    somchai = create_customer(house.workspace.pk, name="สมชาย")
    set_fields(somchai, values={"size": "M"})
    delete_customer(somchai, agent=house.greta)
    gone = Customer.objects.get(pk=somchai.pk)
    assert (gone.own, gone.own_at) == ({}, {})

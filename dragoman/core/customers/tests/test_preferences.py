"""Preferences are kept by consent: said who, how and when; special ones only with explicit consent, and switched on."""

from datetime import timedelta

import pytest
from django.utils import timezone

from dragoman.core.accounts.actions import add_agent
from dragoman.core.customers.actions import create_customer, delete_customer
from dragoman.core.customers.actions.merge import link_customers, unlink_customers
from dragoman.core.customers.actions.preferences import (
    Consent,
    add_kind,
    change_kind,
    keep_preference,
    remove_kind,
    withdraw_preference,
)
from dragoman.core.customers.errors import (
    BadPreference,
    ConsentNeeded,
    MayNotDefine,
    MayNotKeep,
    NoPreference,
)
from dragoman.core.customers.models import Customer, CustomerPreference
from dragoman.core.customers.preferences import kinds_of, preferences_of
from tests.people import House, a_house

pytestmark = pytest.mark.django_db
SAID = Consent(how="message")
EXPLICIT = Consent(how="call", explicit=True)


@pytest.fixture
def house():
    house = a_house()
    with house.acting():
        yield house


@pytest.fixture
def somchai(house: House) -> Customer:
    return create_customer(house.workspace.pk, name="สมชาย")


def kept(customer: Customer) -> dict[str, str]:
    return {kind.key: row.value for kind, row in preferences_of(customer)}


def test_a_preference_says_whose_word_it_is(house, somchai):
    yesterday = timezone.now() - timedelta(days=1)
    consent = Consent(how="call", given_by="His daughter", given_at=yesterday)
    keep_preference(somchai, kind="preferred_name", value=" คุณชาย ", consent=consent, agent=house.greta)
    ((_kind, row),) = preferences_of(somchai)
    assert (row.value, row.given_by, row.how, row.given_at) == ("คุณชาย", "His daughter", "call", yesterday)
    assert row.agent == house.greta


def test_diet_and_access_needs_are_off_until_somebody_who_leads_switches_them_on(house, somchai):
    assert [kind.key for kind in kinds_of(house.workspace.pk) if not kind.kept] == ["diet", "access_needs"]
    with pytest.raises(BadPreference) as off:
        keep_preference(somchai, kind="diet", value="vegan", consent=EXPLICIT, agent=house.greta)
    assert off.value.code == "preference_off"
    agent = add_agent(house.workspace.pk, email="anna@kaisla.example", name="Anna", role="agent")
    with pytest.raises(MayNotDefine):
        change_kind(house.workspace.pk, "diet", agent=agent, kept=True)
    change_kind(house.workspace.pk, "diet", agent=house.greta, kept=True)
    keep_preference(somchai, kind="diet", value="vegan", consent=EXPLICIT, agent=house.greta)
    assert kept(somchai) == {"diet": "vegan"}


@pytest.mark.parametrize("kind", ["diet", "access_needs"])
def test_special_data_without_explicit_consent_is_refused(house, somchai, kind):
    change_kind(house.workspace.pk, kind, agent=house.greta, kept=True)
    with pytest.raises(ConsentNeeded, match="GDPR"):
        keep_preference(somchai, kind=kind, value="none", consent=SAID, agent=house.greta)
    assert kept(somchai) == {}


@pytest.mark.parametrize(
    "consent",
    [Consent(how=""), Consent(how="guess"), Consent("call", given_at=timezone.now() + timedelta(days=1))],
)
def test_consent_that_nobody_can_have_given_is_refused(house, somchai, consent):
    with pytest.raises(BadPreference):
        keep_preference(somchai, kind="pronouns", value="she/her", consent=consent, agent=house.greta)
    assert kept(somchai) == {}


def test_contact_hours_are_hours(house, somchai):
    keep = {"kind": "contact_hours", "consent": SAID, "agent": house.greta}
    keep_preference(somchai, value="9:00–12.00، 18:00 - 24:00", **keep)
    assert kept(somchai) == {"contact_hours": "09:00-12:00, 18:00-00:00"}
    for wrong in ("evenings", "25:00-26:00", "09:00", "09:00-09:00", "9-12"):
        with pytest.raises(BadPreference):
            keep_preference(somchai, value=wrong, **keep)
    assert kept(somchai) == {"contact_hours": "09:00-12:00, 18:00-00:00"}


def test_withdrawn_consent_deletes_the_value_also_what_a_merge_put_aside(house, somchai):
    gone = create_customer(house.workspace.pk, name="S. Jaidee")
    keep_preference(gone, kind="pronouns", value="he/him", consent=SAID, agent=None)
    keep_preference(somchai, kind="pronouns", value="they/them", consent=SAID, agent=None)
    link_customers(gone, somchai, agent=house.greta, values={})
    withdraw_preference(somchai, kind="pronouns", agent=house.greta)
    assert not CustomerPreference.objects.exists()
    with pytest.raises(NoPreference):
        withdraw_preference(somchai, kind="pronouns", agent=house.greta)
    unlink_customers(house.workspace.pk, gone.pk)
    assert not CustomerPreference.objects.exists()


def test_merged_both_are_kept_the_newer_counts_and_undoing_parts_them(house, somchai):
    gone = create_customer(house.workspace.pk, name="S. Jaidee")
    before = Consent(how="form", given_at=timezone.now() - timedelta(days=30))
    keep_preference(somchai, kind="pronouns", value="older", consent=before, agent=None)
    keep_preference(somchai, kind="preferred_name", value="Chai", consent=SAID, agent=None)
    keep_preference(gone, kind="pronouns", value="newer", consent=SAID, agent=None)
    link_customers(gone, somchai, agent=house.greta, values={})
    assert kept(somchai) == {"preferred_name": "Chai", "pronouns": "newer"}
    assert CustomerPreference.objects.count() == 3
    unlink_customers(house.workspace.pk, gone.pk)
    assert kept(somchai) == {"preferred_name": "Chai", "pronouns": "older"}
    assert kept(gone) == {"pronouns": "newer"}


def test_light_agents_write_nothing_down_and_see_nothing_special(house, somchai):
    light = add_agent(house.workspace.pk, email="lea@kaisla.example", name="Lea", role="light_agent")
    change_kind(house.workspace.pk, "diet", agent=house.greta, kept=True)
    keep_preference(somchai, kind="diet", value="halal", consent=EXPLICIT, agent=house.greta)
    keep_preference(somchai, kind="pronouns", value="he/him", consent=SAID, agent=house.greta)
    assert [kind.key for kind, _row in preferences_of(somchai, reader=light)] == ["pronouns"]
    for change in (
        lambda: keep_preference(somchai, kind="pronouns", value="x", consent=SAID, agent=light),
        lambda: withdraw_preference(somchai, kind="pronouns", agent=light),
    ):
        with pytest.raises(MayNotKeep):
            change()


def test_what_is_switched_off_is_deleted_when_somebody_says_so(house, somchai):
    add_kind(house.workspace.pk, agent=house.greta, key="pillow", label="Pillow")
    keep_preference(somchai, kind="pillow", value="feather", consent=SAID, agent=house.greta)
    with pytest.raises(BadPreference) as used:
        change_kind(house.workspace.pk, "pillow", agent=house.greta, kept=False)
    assert used.value.code == "preference_in_use" and kept(somchai) == {"pillow": "feather"}
    change_kind(house.workspace.pk, "pillow", agent=house.greta, kept=False, delete_values=True)
    change_kind(house.workspace.pk, "pillow", agent=house.greta, kept=True)
    assert kept(somchai) == {}
    remove_kind(house.workspace.pk, "pillow", agent=house.greta)
    with pytest.raises(NoPreference):
        keep_preference(somchai, kind="pillow", value="feather", consent=SAID, agent=house.greta)
    with pytest.raises(BadPreference):
        remove_kind(house.workspace.pk, "diet", agent=house.greta)


def test_a_special_kind_of_ones_own_needs_explicit_consent(house, somchai):
    add_kind(house.workspace.pk, agent=house.greta, key="allergies", label="Allergies", special=True)
    with pytest.raises(ConsentNeeded, match="Allergies"):
        keep_preference(somchai, kind="allergies", value="nuts", consent=SAID, agent=house.greta)


def test_another_workspace_decides_for_itself(house, somchai):
    add_kind(house.workspace.pk, agent=house.greta, key="pillow", label="Pillow")
    mallory = a_house("other", owner="mallory")
    with mallory.acting():
        assert "pillow" not in {kind.key for kind in kinds_of(mallory.workspace.pk)}
        assert preferences_of(somchai) == []


def test_preferences_go_with_the_customer_at_once(house, somchai):
    keep_preference(somchai, kind="pronouns", value="he/him", consent=SAID, agent=house.greta)
    delete_customer(somchai, agent=house.greta)
    assert not CustomerPreference.objects.exists()

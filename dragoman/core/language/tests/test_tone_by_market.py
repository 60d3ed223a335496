"""The tone check hears the market: its humour, how a no is said there, what is not spoken of, and the brand's own word."""

import pytest

from dragoman.core.language.scope import Scope
from dragoman.core.language.tone.check import Finding, check, is_fine
from dragoman.core.language.tone.manners import manners_of
from dragoman.core.language.tone.market import NOWHERE, TOPICS, facts_for, facts_of
from dragoman.core.language.tone.voices import checked
from dragoman.core.playbooks.actions.facts import set_policy
from dragoman.ground.markets.facts import Taboos
from tests.people import a_house

LAUGH = "Thank you for your order, it is on its way 😂"


def found(text: str, code: str, **more: str) -> list[Finding]:
    return [one for one in check(text, **more) if one.code == code]


def test_laughter_is_a_fault_only_where_a_market_wants_none():
    [one] = found(LAUGH, "joke", language="en", market="JP")
    assert one.severity == "fault" and "Japan" in one.message and LAUGH[one.start : one.end] == "😂"
    assert is_fine(check(LAUGH, language="en", market="GB"))
    assert is_fine(check(LAUGH, language="en"))


@pytest.mark.parametrize(
    ("text", "language", "market"),
    [
        ("返金はできません。", "ja", "JP"),
        ("ไม่ได้ค่ะ", "th", "TH"),
        ("No se puede.", "es", "MX"),
        ("Yapamıyoruz.", "tr", "TR"),
        ("لا يمكن.", "ar", "SA"),
    ],
)
def test_a_bare_no_offends_where_it_is_softened(text, language, market):
    assert any(
        one.severity == "fault" for one in found(text, "refusal", language=language, market=market)
    ) or found(text, "rude", language=language, market=market)


def test_a_no_with_regret_or_another_way_is_none():
    text = "恐れ入りますが、返金はいたしかねます。サイズの交換でしたら承ります。"
    assert is_fine(check(text, language="ja", market="JP"))
    assert is_fine(check("ขออภัยด้วยนะคะ สินค้าลดราคาคืนไม่ได้ค่ะ", language="th", market="TH"))


def test_the_same_no_is_fine_where_people_speak_plainly():
    text = "We cannot exchange this."
    assert not found(text, "refusal", language="en", market="NL")
    assert [one.severity for one in found(text, "refusal", language="en", market="GB")] == ["fault"]
    assert [one.severity for one in found(text, "refusal", language="en", market="AU")] == ["hint"]


def test_what_is_not_spoken_of_is_a_fault_only_where_the_market_says_so():
    text = "We have put a bottle of wine into the box."
    [one] = found(text, "taboo", language="en", market="SA")
    assert "alcohol" in one.message and text[one.start : one.end] == "wine"
    assert not found(text, "taboo", language="en", market="FR")


def test_every_subject_with_words_is_one_a_market_may_name():
    assert {*TOPICS} == set(Taboos.model_fields["root"].annotation.__args__[0].__args__)  # type: ignore[union-attr]
    for language in ("en", "de", "ja", "th", "ar", "zh-Hans", "ko"):
        manners = manners_of(language)
        assert manners is not None and manners.taboos and set(manners.taboos) <= set(TOPICS)


def test_accents_tell_words_apart_where_they_do():
    text = "Anh xem giúp em mục hướng dẫn trang 3, hai ngày nữa hàng về rồi ạ."
    assert is_fine(check(text, language="vi", market="VN"))
    assert not is_fine(check("Mày chờ đi.", language="vi", market="VN"))


def test_a_country_without_a_playbook_says_nothing():
    assert facts_of("AQ") is NOWHERE and facts_of("") is NOWHERE
    assert is_fine(check(LAUGH, language="en", market="AQ"))


@pytest.mark.django_db
def test_a_brands_policy_wins_and_another_brand_is_left_alone():
    house = a_house()
    other = a_house("mallory", owner="mallory")
    scope = Scope(house.workspace.pk, house.brand.pk, market="GB")
    theirs = Scope(other.workspace.pk, other.brand.pk, market="GB")
    assert is_fine(checked(LAUGH, language="en", scope=scope))
    with house.acting():
        set_policy(
            house.workspace.pk,
            agent=house.greta,
            brand_id=house.brand.pk,
            country="GB",
            kind="humour",
            value={"level": "avoid"},
            reason="No jokes.",
        )
        assert facts_for(house.workspace.pk, house.brand.pk, "GB").humour == "avoid"
        assert not is_fine(checked(LAUGH, language="en", scope=scope))
    with other.acting():
        assert is_fine(checked(LAUGH, language="en", scope=theirs))
        # a brand of another workspace is none of theirs
        assert facts_for(other.workspace.pk, house.brand.pk, "GB").humour == "welcome"


@pytest.mark.django_db
def test_a_brand_that_sets_the_register_is_not_told_to_be_stiff():
    house = a_house()
    scope = Scope(house.workspace.pk, house.brand.pk, market="DE")
    text = "Wir helfen dir gern weiter."
    with house.acting():
        assert not is_fine(checked(text, language="de", scope=scope))
        set_policy(
            house.workspace.pk,
            agent=house.greta,
            brand_id=house.brand.pk,
            country="DE",
            kind="register",
            value={"level": "informal", "form": "du"},
            reason="We say du.",
        )
        assert is_fine(checked(text, language="de", scope=scope))

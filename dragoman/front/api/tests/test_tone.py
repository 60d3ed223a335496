"""`POST /tone/check`, and that it believes nobody."""

import pytest
from django.test import Client

from dragoman.core.accounts.actions import change_brand
from dragoman.core.accounts.queries import brands
from dragoman.core.language.actions.voice import change_voice
from tests.people import a_house

pytestmark = pytest.mark.django_db


def ask(house, **body):
    headers = {"Authorization": f"Bearer {house.token}"}
    return Client().post("/api/v1/tone/check", body, content_type="application/json", headers=headers)


def test_a_fault_has_its_place_and_the_reply_is_not_ok():
    answer = ask(a_house(), market="GB", language="en", text="Calm down, please.").json()
    assert answer["ok"] is False and answer["checked"] is True
    [found] = [one for one in answer["findings"] if one["severity"] == "fault"]
    assert found["code"] == "rude" and found["span"] == {"start": 0, "end": 9} and found["message"]


def test_a_kind_reply_is_ok():
    assert ask(a_house(), market="GB", language="en", text="Your parcel left today.").json()["ok"] is True


@pytest.mark.parametrize(
    "body",
    [
        {"market": "ZZ", "language": "en", "text": "Hi"},
        {"market": "GB", "language": "no such", "text": "Hi"},
        {"market": "GB", "language": "en", "text": "x" * 20_001},
        {"market": "GB", "language": "en"},
        {"market": "GB", "language": "en", "text": "Hi", "mood": "bad"},
    ],
)
def test_a_wrong_question_is_named(body):
    assert ask(a_house(), **body).status_code == 422


def test_a_brands_voice_counts_and_another_workspaces_is_not_to_be_had():
    house, other = a_house(), a_house("mallory", owner="mallory")
    with house.acting():
        change_voice(house.brand, may_emoji=True, longest=0, silenced=["apology", "next_step", "rude"])
    body = {"market": "GB", "language": "en", "text": "The lamp is broken 🙂", "brand": house.brand.slug}
    assert ask(house, **body).json()["findings"] == []
    assert ask(house, **{**body, "brand": None}).json()["findings"]
    assert ask(other, **body).status_code == 422
    # what would offend cannot be switched off
    assert ask(house, **{**body, "text": "Calm down."}).json()["ok"] is False


def test_a_brand_that_says_du_is_not_told_to_say_sie():
    house = a_house()
    body = {
        "market": "DE",
        "language": "de",
        "text": "Schick uns bitte deine Adresse.",
        "brand": house.brand.slug,
    }
    assert ask(house, **body).json()["ok"] is False
    with house.acting():
        change_brand(house.brand, changes={"registers": {"de": "casual"}})
    brands.forget()
    assert ask(house, **body).json()["ok"] is True


@pytest.mark.parametrize(
    ("asked", "said"),
    [("fi", "Töykeä"), ("de-AT,en;q=0.5", "Schroff"), ("xx", "Curt"), ("", "Curt")],
)
def test_messages_are_in_the_readers_language(asked, said):
    headers = {"Authorization": f"Bearer {a_house().token}", "Accept-Language": asked}
    body = {"market": "GB", "language": "en", "text": "Calm down, please."}
    found = Client().post("/api/v1/tone/check", body, content_type="application/json", headers=headers).json()
    assert found["findings"][0]["message"].startswith(said)


def test_a_channel_that_is_none_is_refused():
    body = {"market": "GB", "language": "en", "text": "Hi"}
    answer = ask(a_house(), **body, channel="pigeon")
    assert answer.status_code == 422 and answer.json()["errors"][0]["field"] == "channel"
    assert ask(a_house("other"), **body, channel="email").status_code == 200

"""Programs add, test and remove a workspace's translation engines, and translate with what is wrong told."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client

from dragoman.core.connections.vendor_models import VendorAccount
from dragoman.core.language.engines import forget
from dragoman.ground.providers.translation.tests.far_side import Libre, serving
from tests.people import House, a_house

pytestmark = pytest.mark.django_db(transaction=True)
AT = "/api/v1/language/engines"


@pytest.fixture(autouse=True)
def engines(settings: Any) -> Iterator[None]:
    settings.TRANSLATOR_URL, settings.LLM_URL, settings.TRANSLATOR_OURS = "", "", "127.0.0.1"
    forget()
    yield
    forget()


@pytest.fixture
def house() -> House:
    return a_house()


def call(house: House, method: str, path: str, body: Any = None) -> Any:
    return getattr(Client(), method)(
        path,
        body,
        content_type="application/json",
        headers={"authorization": f"Bearer {house.token}"},
    )


def test_an_engine_is_added_listed_tested_used_and_removed(house: House) -> None:
    with serving(Libre(key="sesame")) as place:
        given = {"address": place, "key": "sesame"}
        made = call(house, "post", AT, {"vendor": "libretranslate", "name": "Ours", "given": given})
        assert made.status_code == 201, made.content
        engine = made.json()
        assert (engine["state"], engine["leaves_house"], engine["used_characters"]) == ("new", False, 0)
        assert "sesame" not in made.content.decode()
        tried = call(house, "post", f"{AT}/{engine['id']}/test").json()
        assert (tried["works"], tried["text"]) == (True, "<fi> The lid of the box is broken.")
        body = {
            "texts": ["The handle came off again.", "Where is my order KSL-20418?", "Hei"],
            "target": "fi",
        }
        said = call(house, "post", "/api/v1/language/translate", body).json()["items"]
    assert said[0]["engine"] == "libretranslate"
    assert "html" in said[0]["faults"]
    assert (said[1]["text"], said[1]["faults"]) == ("Missä tilaukseni KSL-20418 on?", [])
    listed = call(house, "get", AT).json()["items"]
    assert [one["state"] for one in listed] == ["working"]
    assert listed[0]["used_characters"] > 40
    assert call(house, "delete", f"{AT}/{engine['id']}").status_code == 204
    assert call(house, "get", AT).json()["items"] == []


@pytest.mark.parametrize(
    ("change", "status", "code"),
    [({"given": {}}, 422, "bad_engine"), ({"given": {"address": "10.0.0.1"}}, 422, "bad_engine"),
     ({"vendor": "fake"}, 422, "invalid"), ({"price": -1}, 422, "invalid"), ({"colour": "red"}, 422, "invalid")],
)  # fmt: skip
def test_what_cannot_be_is_refused(house: House, change: dict[str, Any], status: int, code: str) -> None:
    body = {"vendor": "libretranslate", "name": "Ours", "given": {"address": "127.0.0.1:5000"}, **change}
    answer = call(house, "post", AT, body)
    assert (answer.status_code, answer.json()["code"]) == (status, code)


def test_an_engine_that_does_not_work_says_why_and_a_used_up_one_too(house: House) -> None:
    body = {"vendor": "libretranslate", "name": "Gone", "given": {"address": "127.0.0.1:9"}}
    engine = call(house, "post", AT, body).json()
    tried = call(house, "post", f"{AT}/{engine['id']}/test").json()
    assert (tried["works"], "listens" in tried["problem"]) == (False, True)
    with serving(Libre()) as place:
        body = {"vendor": "libretranslate", "name": "Poor", "given": {"address": place}, "most_characters": 1}
        engine = call(house, "post", AT, body).json()
        answer = call(house, "post", f"{AT}/{engine['id']}/test")
    assert (answer.status_code, answer.json()["code"]) == (409, "budget_used_up")


def test_mallory_sees_and_reaches_no_engine_of_another_workspace(house: House) -> None:
    body = {"vendor": "deepl", "name": "DeepL", "given": {"key": "sesame"}}
    engine = call(house, "post", AT, body).json()
    mallory = a_house("rival", owner="mallory")
    assert call(mallory, "get", AT).json()["items"] == []
    for method, path in (("delete", f"{AT}/{engine['id']}"), ("post", f"{AT}/{engine['id']}/test")):
        assert call(mallory, method, path).status_code == 404
    with house.acting():
        assert VendorAccount.objects.count() == 1

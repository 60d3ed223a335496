"""A brand's chat is the leads' to change, within one workspace, and wrong answers say so."""

import pytest
from django.test import Client

from dragoman.core.accounts.actions import add_agent
from dragoman.core.accounts.chat import chat_settings
from dragoman.core.accounts.models import Role
from dragoman.front.desk.settings.tests.conftest import logged_in
from dragoman.front.desk.settings.tests.test_house import brand_of
from tests.people import PASSWORD, House

ANSWERS = {"theme": "dark", "position": "start", "ask_order": "require", "ask_name": "ask", "file_mb": "5"}


def _page(house: House) -> str:
    return f"/settings/brands/{house.brand.pk}/chat"


def test_a_lead_changes_the_chat_and_finds_it_changed(house: House, as_greta: Client) -> None:
    assert as_greta.get(_page(house)).status_code == 200
    answer = as_greta.post(
        _page(house), {**ANSWERS, "file_kinds": "PDF\n*.png", "sound": "on", "tiles": ["return", "search"]}
    )
    assert answer.status_code == 302
    chosen = chat_settings(brand_of(house))
    assert (chosen.theme, chosen.position, chosen.file_mb) == ("dark", "start", 5)
    assert (chosen.ask, chosen.require) == (("name", "order"), ("order",))
    assert chosen.file_kinds == (".pdf", ".png")
    assert (chosen.tiles, chosen.suggest) == (("search", "return"), False)
    assert (chosen.sound, chosen.typing, chosen.transcript) == (True, False, False)
    assert b'value="require" selected' in as_greta.get(_page(house)).content


@pytest.mark.parametrize(
    "wrong",
    [
        {"theme": "pink"},
        {"file_mb": "31"},
        {"file_mb": ""},
        {"file_kinds": "a b"},
        {"privacy_url": "javascript:1"},
    ],
)
def test_a_wrong_answer_changes_nothing_and_is_named(
    house: House, as_greta: Client, wrong: dict[str, str]
) -> None:
    answer = as_greta.post(_page(house), {**ANSWERS, **wrong})
    assert answer.status_code == 422
    assert b"Nothing was saved" in answer.content
    assert brand_of(house).chat == {}


@pytest.mark.parametrize("role", [Role.AGENT, Role.LIGHT])
def test_who_does_not_lead_may_not(house: House, role: str) -> None:
    with house.acting():
        agent = add_agent(
            house.workspace.pk, email="lars@kaisla.example", name="Lars", role=role, password=PASSWORD
        )
    client = logged_in(agent)
    assert client.get(_page(house)).status_code == 403
    assert client.post(_page(house), ANSWERS).status_code == 403
    assert brand_of(house).chat == {}


def test_mallory_finds_no_brand_of_another_workspace(house: House, as_mallory: Client) -> None:
    assert as_mallory.get(_page(house)).status_code == 404
    assert as_mallory.post(_page(house), ANSWERS).status_code == 404
    assert brand_of(house).chat == {}

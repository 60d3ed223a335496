"""The page of translation engines: accounts, budgets, the switch, orders, the try-it box and the log."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client

from dragoman.core.accounts.models import Agent
from dragoman.core.connections.vendor_accounts import Terms
from dragoman.core.connections.vendor_models import VendorAccount, VendorUsage
from dragoman.core.language.actions.engines import add_engine
from dragoman.core.language.engine_models import Departure, EngineOrder
from dragoman.core.language.engines import forget
from dragoman.core.language.line_up import policy_of
from dragoman.ground.providers.translation.tests.far_side import Libre, serving
from dragoman.kit import memo
from tests.people import House

AT = "/settings/translation"
FREE = "The handle came off, so I want it replaced."
TERMS = {"name": "Ours", "patience": "20", "price": "", "most_money": "", "most_characters": ""}


@pytest.fixture(autouse=True)
def engines(settings: Any) -> Iterator[None]:
    settings.TRANSLATOR_URL, settings.LLM_URL, settings.TRANSLATOR_OURS = "", "", "127.0.0.1"
    forget()
    yield
    forget()


@pytest.fixture(scope="module")
def libre() -> Iterator[str]:
    with serving(Libre(key="sesame")) as place:
        yield place


@pytest.fixture
def account(house: House, libre: str) -> VendorAccount:
    """An engine that is outside the house: `127.1` is nobody's name for this machine."""
    with house.acting():
        given = {"address": libre.replace("127.0.0.1", "127.1"), "key": "sesame", "tls": "0"}
        return add_engine(house.workspace.pk, vendor="libretranslate", given=given, terms=Terms("Ours"))


def test_an_engine_is_added_tested_changed_switched_and_removed(
    house: House, as_greta: Client, libre: str
) -> None:
    form = {**TERMS, "address": libre, "key": "wrong", "most_money": "25.50", "price": "20"}
    made = as_greta.post(f"{AT}/new/libretranslate", form)
    assert made.status_code == 302
    with house.acting():
        account = VendorAccount.objects.get()
    assert (account.price, account.most_money) == (2000, 2550)
    at = f"{AT}/engines/{account.pk}"
    page = as_greta.get(at).content.decode()
    assert libre in page
    assert "wrong" not in page
    assert "Invalid API key" in as_greta.post(f"{at}/test", follow=True).content.decode()
    assert as_greta.post(at, {**TERMS, "key": "sesame"}).status_code == 302
    tried = as_greta.post(f"{at}/test", {"back": "list"}, follow=True).content.decode()
    assert "&lt;fi&gt; The lid of the box is broken." in tried
    as_greta.post(f"{at}/switch")
    switched = as_greta.get(AT).content.decode()
    assert "Switched off" in switched and "texts leave the house" not in switched
    assert "stays" in as_greta.get(f"{at}/remove").content.decode()
    as_greta.post(f"{at}/remove")
    with house.acting():
        assert not VendorAccount.objects.exists()


@pytest.mark.parametrize(
    ("form", "word"),
    [({"address": ""}, "required"), ({"address": "10.0.0.9:1"}, "TRANSLATOR_OURS"),
     ({"address": "host/?x"}, "host:port"), ({"patience": "0"}, "greater"), ({"price": "-1"}, "greater"),
     ({"name": ""}, "required")],
)  # fmt: skip
def test_what_cannot_be_is_said_beside_the_field(
    house: House, as_greta: Client, form: dict[str, str], word: str
) -> None:
    answer = as_greta.post(f"{AT}/new/libretranslate", {**TERMS, "address": "127.0.0.1:5", **form})
    assert answer.status_code == 422
    assert word in answer.content.decode()
    with house.acting():
        assert not VendorAccount.objects.exists()


@pytest.mark.parametrize(
    ("typed", "tls"), [("http://127.0.0.1:5/", None), ("https://127.0.0.1:5", "1"), ("127.0.0.1:5", None)]
)
def test_an_address_may_be_pasted_as_a_browser_shows_it(
    house: House, as_greta: Client, typed: str, tls: str | None
) -> None:
    assert as_greta.post(f"{AT}/new/libretranslate", {**TERMS, "address": typed}).status_code == 302
    with house.acting():
        account = VendorAccount.objects.get()
    assert (account.address, account.settings.get("tls")) == ("127.0.0.1:5", tls)


def test_an_engine_that_does_not_answer_is_told_in_words(house: House, as_greta: Client) -> None:
    as_greta.post(f"{AT}/new/libretranslate", {**TERMS, "address": "127.0.0.1:9"})
    with house.acting():
        account = VendorAccount.objects.get()
    said = as_greta.post(f"{AT}/engines/{account.pk}/test", follow=True).content.decode()
    assert "Nothing listens at 127.0.0.1:9" in said
    assert "Error" not in said


def test_there_is_no_engine_of_a_made_up_vendor(as_greta: Client) -> None:
    assert as_greta.get(f"{AT}/new/fake").status_code == 404
    for vendor in ("deepl", "google", "azure", "llm", "libretranslate", "apertium"):
        assert as_greta.get(f"{AT}/new/{vendor}").status_code == 200


def test_the_switch_is_one_tick_and_the_page_says_who_is_not_asked(
    house: House, as_greta: Client, account: VendorAccount
) -> None:
    assert "texts leave the house" in as_greta.get(AT).content.decode()
    answer = as_greta.post(
        f"{AT}/rules", {"stays_home": "on", "currency": "eur", "most_money": "9.99"}, follow=True
    )
    words = answer.content.decode()
    assert "nothing leaves the house" in words
    assert "Not asked: nothing leaves the house" in words
    with house.acting():
        policy = policy_of(house.workspace.pk)
    assert (policy.stays_home, policy.currency, policy.most_money) == (True, "EUR", 999)
    tried = as_greta.post(AT, {"text": FREE, "target": "fi"}).content.decode()
    assert "No engine can do this pair" in tried
    assert "switch is on" in as_greta.post(f"{AT}/engines/{account.pk}/test", follow=True).content.decode()
    with house.acting():
        assert not Departure.objects.exists()
    assert as_greta.post(f"{AT}/rules", {"currency": "euros"}).status_code == 422


def test_a_text_is_tried_with_every_engine_side_by_side(
    house: House, as_greta: Client, account: VendorAccount, settings: Any
) -> None:
    settings.TRANSLATOR_URL = "fake:// fake://?down=1"
    words = as_greta.post(AT, {"text": FREE, "target": "fi"}).content.decode()
    assert "&lt;fi&gt; The handle came off" in words
    assert "Ţĥé ĥáñðļé" in words
    assert "the fake engine is down" in words


def test_what_was_used_is_a_bar_against_the_budget(
    house: House, as_greta: Client, account: VendorAccount
) -> None:
    with house.acting():
        VendorAccount.objects.update(most_characters=200)
    as_greta.post(AT, {"text": FREE, "target": "fi"})
    page = as_greta.get(AT).content.decode()
    with house.acting():
        used = VendorUsage.objects.get(engine=account.key).characters
    assert f'value="{round(100 * used / 200)}"' in page
    assert "of 200 characters" in page


def test_a_pair_gets_an_order_and_loses_it(house: House, as_greta: Client, account: VendorAccount) -> None:
    form = {"source": "en", "target": "*", "engine1": account.key}
    assert as_greta.post(f"{AT}/order", form).status_code == 302
    with house.acting():
        assert EngineOrder.objects.get().engines == [account.key]
    as_greta.post(f"{AT}/order", {"remove": "en *"})
    with house.acting():
        assert not EngineOrder.objects.exists()
    assert as_greta.post(f"{AT}/order", {"source": "en", "target": "*", "engine1": "x"}).status_code == 422


def test_the_log_shows_what_left_and_gives_a_table(
    house: House, as_greta: Client, account: VendorAccount
) -> None:
    assert "Nothing left the house" in as_greta.get(f"{AT}/log").content.decode()
    as_greta.post(AT, {"text": FREE, "target": "fi"})
    page = as_greta.get(f"{AT}/log?since=2020-01-01").content.decode()
    assert "127.1:" in page
    assert "handle" not in page
    answer = as_greta.get(f"{AT}/log.csv?since=nonsense")
    lines = answer.content.decode("utf-8-sig").splitlines()
    assert lines[0].startswith("at,engine,vendor,host,source,target")
    assert lines[1].split(",")[2] == "libretranslate"
    assert all(line.endswith(",try,") for line in lines[1:])
    assert "attachment" in answer.headers["Content-Disposition"]


def test_mallory_reaches_no_engine_of_another_workspace_and_lars_none_at_all(
    house: House, as_mallory: Client, as_lars: Client, account: VendorAccount
) -> None:
    at = f"{AT}/engines/{account.pk}"
    for path in (at, f"{at}/test", f"{at}/switch", f"{at}/remove"):
        assert as_mallory.post(path, TERMS).status_code == 404
        assert as_lars.post(path, TERMS).status_code == 403
    for path in (f"{AT}/rules", f"{AT}/order", f"{AT}/new/deepl"):
        assert as_lars.post(path, {}).status_code == 403
    for path in (f"{AT}/log", f"{AT}/log.csv"):
        assert as_lars.get(path).status_code == 403
        assert "127.1" not in as_mallory.get(path).content.decode()
    assert "Ours" not in as_mallory.get(AT).content.decode()
    with house.acting():
        assert VendorAccount.objects.get().name == "Ours"


def test_a_refused_address_is_said_at_the_address(house: House, as_greta: Client) -> None:
    page = as_greta.post(f"{AT}/new/libretranslate", {**TERMS, "address": "10.0.0.9:1"}).content.decode()
    field = page[page.index('id="id_address-more"') :]
    assert "TRANSLATOR_OURS" in field[: field.index("</div>")]
    assert "Look at what is marked below." in page
    google = {**TERMS, "project": "shop", "credentials": "{not json"}
    page = as_greta.post(f"{AT}/new/google", google).content.decode()
    assert "is no JSON file of a Google service account" in page and "marked below" not in page


def test_an_engine_that_rests_says_why_in_the_language_of_who_reads(house: House, as_greta: Client) -> None:
    as_greta.post(f"{AT}/new/libretranslate", {**TERMS, "address": "127.0.0.1:9"})
    assert "Nothing listens at 127.0.0.1:9" in as_greta.get(AT).content.decode()
    with house.acting():
        Agent.objects.filter(pk=house.greta.pk).update(ui_language="de")
    # who an agent is may be remembered for some seconds
    memo.forget_all()
    page = as_greta.get(AT).content.decode()
    assert "127.0.0.1:9" in page and "Nothing listens" not in page


@pytest.mark.parametrize(
    ("currency", "money", "minor"),
    [("ALL", "9.99", 999), ("JPY", "999", 999), ("JPY", "9.99", None), ("ZZZ", "9.99", None)],
)
def test_budgets_are_kept_in_the_coins_of_iso_4217(house, as_greta, currency, money, minor):
    answer = as_greta.post(f"{AT}/rules", {"currency": currency, "most_money": money}, follow=True)
    with house.acting():
        assert policy_of(house.workspace.pk).most_money == minor
    if minor is None:
        assert currency in answer.content.decode()

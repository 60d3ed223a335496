"""Shipping and duty in the settings: tables from files, all or nothing; who may; what an order then says."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from dragoman.core.accounts.models import Agent
from dragoman.core.exchange.queries import rates_of as exchange_rates_of
from dragoman.core.shipping.queries import duties_of, rates_of, terms_of
from tests.people import House, a_house

from .conftest import logged_in

AT = "/settings/shipping"
RATES = "from,to,service,up_to_grams,price,currency\nFI,DE AT,Standard,2000,9.90,EUR\nFI,*,Post,,19,EUR\n"


def file(text: str, name: str = "rates.csv") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, text.encode())


def bring(client: Client, do: str, text: str):
    return client.post(AT, {"do": do, "file": file(text)})


def test_an_empty_page_says_what_is_missing_and_a_file_fills_it(house: House, as_greta: Client) -> None:
    page = as_greta.get(AT).content.decode()
    assert (
        "No shipping rates yet" in page
        and "No rates of duty yet" in page
        and "No rates of exchange yet" in page
    )
    assert bring(as_greta, "rates", RATES).status_code == 302
    assert bring(as_greta, "duty", "to;hs;percent\nEU;6205;12\n").status_code == 302
    assert bring(as_greta, "exchange", "Date, USD\n27 November 2026, 1.16\n").status_code == 302
    page = as_greta.get(AT).content.decode()
    assert "9.90" in page and "everywhere else" in page and "12%" in page and "European Union" in page
    assert "Newest table: " in page and "from rates.csv" in page
    assert as_greta.get(f"{AT}/duty.csv").content.decode().splitlines()[1] == "EU,6205,,12,,,"
    assert as_greta.get(f"{AT}/nothing.csv").status_code == 404


def test_a_wrong_file_changes_nothing_and_names_its_lines(house: House, as_greta: Client) -> None:
    bring(as_greta, "rates", RATES)
    answer = bring(as_greta, "rates", RATES + "FI,XX,Standard,,1,EUR\n")
    page = answer.content.decode()
    assert answer.status_code == 422 and "Nothing was changed" in page and "Line 4" in page and "9.90" in page
    # said on top, and where the faults stand is where the page opens
    assert page.index('href="#faults"') < page.index("How you send") < page.index('id="faults"')
    assert page.count("autofocus") == 1 and "#faults" not in as_greta.get(AT).content.decode()
    assert "must name the columns" in bring(as_greta, "duty", "a,b\n1,2\n").content.decode()
    assert "The file is empty" in as_greta.post(AT, {"do": "exchange"}).content.decode()
    assert as_greta.post(AT, {"do": "something"}).status_code == 404
    with house.acting():
        assert rates_of(house.workspace.pk, house.brand.pk).count() == 3


def test_terms_are_saved_and_a_place_that_is_none_is_named(house: House, as_greta: Client) -> None:
    form = {"do": "terms", "sends_from": "FI", "registered": "eu, gb", "ddp": "US"}
    assert as_greta.post(AT, form).status_code == 302
    with house.acting():
        terms = terms_of(house.workspace.pk, house.brand.pk)
    assert (terms.sends_from, terms.registered, terms.ddp) == ("FI", ["EU", "GB"], ["US"])
    answer = as_greta.post(AT, {**form, "ddp": "Amerika"})
    assert answer.status_code == 422 and "Amerika" in answer.content.decode().upper().replace(
        "AMERIKA", "Amerika"
    )


def test_who_may_not_lead_may_not_and_mallory_finds_nothing(
    house: House, lars: Agent, as_greta: Client
) -> None:
    bring(as_greta, "rates", RATES)
    client = logged_in(lars)
    assert client.get(AT).status_code == 403 and bring(client, "rates", RATES).status_code == 403
    assert client.get(f"{AT}/shipping.csv").status_code == 403
    other = a_house("mallory")
    mallory = logged_in(other.greta)
    assert mallory.get(f"{AT}?brand={house.brand.pk}").status_code == 404
    assert "No shipping rates yet" in mallory.get(AT).content.decode()
    with other.acting():
        assert not duties_of(house.workspace.pk, house.brand.pk).exists()
        assert not exchange_rates_of(house.workspace.pk).exists()


def test_the_hours_of_sending_are_kept_and_wrong_ones_refused(house: House, as_greta: Client) -> None:
    sent = as_greta.post("/settings/shipping", {"do": "dispatch", "cut_off": "14:30", "handling_days": "1"})
    assert sent.status_code == 302
    assert 'value="14:30"' in as_greta.get("/settings/shipping").content.decode()
    wrong = as_greta.post("/settings/shipping", {"do": "dispatch", "cut_off": "14:30", "handling_days": "61"})
    assert wrong.status_code == 422

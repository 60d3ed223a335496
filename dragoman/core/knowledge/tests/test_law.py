"""Articles that promise less than the law of their readers' markets."""

import pytest

from dragoman.core.knowledge.checking import remarks_on
from dragoman.core.knowledge.law import LawChecker
from dragoman.core.knowledge.ports import Draft
from tests.people import House, a_house

pytestmark = pytest.mark.django_db

LESS = {
    ("fi", "FI"): ("Voit palauttaa tuotteen **10 päivän** kuluessa.", "14"),
    ("de", "DE"): ("Sie können die Ware innerhalb von 7 Tagen zurücksenden.", "14"),
    ("pl", "PL"): ("Zwrot towaru jest możliwy w ciągu 10 dni.", "14"),
    ("nl", "NL"): ("Je kunt binnen 10 dagen retourneren.", "14"),
    ("fr", "FR"): ("La garantie est de 12 mois.", "24"),
    ("et", "EE"): ("Raha tagasi saad 30 päeva jooksul.", "14"),
}


@pytest.fixture
def house() -> House:
    return a_house()


def remarks(house: House, language: str, market: str, body: str) -> list:
    with house.acting():
        draft = Draft(house.workspace.pk, language, "Title", body, market=market, brand_id=house.brand.pk)
        return list(LawChecker().remarks(draft))


def test_less_than_the_law_is_said_with_its_source_and_more_is_not(house: House) -> None:
    for (language, market), (body, least) in LESS.items():
        found = remarks(house, language, market, body)
        assert len(found) == 1, (language, found)
        assert least in found[0].said and found[0].source and found[0].quote, language
    for language, market, body in (
        ("fi", "FI", "Voit palauttaa tuotteen 30 päivän kuluessa."),
        ("de", "DE", "Die Lieferung dauert 3 Tage."),
        ("de", "DE", "Rückgabe innerhalb von 14 Tagen. Erstattung innerhalb von 5 Tagen."),
        ("en", "US", "You can return it within 7 days."),
        ("xx", "FI", "10 päivää palauttaa"),
    ):
        assert remarks(house, language, market, body) == [], (language, body)


def test_the_law_stands_among_the_editors_remarks_and_only_of_markets_that_read_the_text(
    house: House,
) -> None:
    body = "Sie können die Ware innerhalb von 7 Tagen zurücksenden."
    with house.acting():
        draft = Draft(house.workspace.pk, "de", "T", body, market="AT", brand_id=house.brand.pk)
        assert [one.code for one in remarks_on(draft)] == ["law"]
    assert remarks(house, "de", "", body) == []

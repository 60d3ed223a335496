"""How a customer is addressed by their own name, as their market does it."""

import datetime

import pytest

from dragoman.front.desk.elbow.addressed import addressed
from dragoman.ground.markets.playbook import playbook
from dragoman.kit.memo import forget_all
from tests.people import a_house

from .test_elbow import asked, context

pytestmark = pytest.mark.django_db


@pytest.fixture
def house(settings):
    settings.TRANSLATOR_URL = "fake://"
    forget_all()
    return a_house()


@pytest.mark.parametrize(
    ("country", "name", "said"),
    [
        ("DE", "Jonas Müller", "Herr/Frau Müller"),
        ("DE", "Frau Müller", "Frau Müller"),
        ("DE", "Ludwig van der Berg", "Herr/Frau van der Berg"),
        ("JP", "山田 太郎", "山田様"),
        ("JP", "山田太郎様", "山田太郎様"),
        ("JP", "Taro Yamada", "Yamada様"),
        ("TH", "คุณสมชาย ใจดี", "คุณสมชาย"),
        ("KR", "김민수", "김민수 고객님"),
        ("TW", "王小明", "王先生／小姐"),
        ("HU", "Nagy Péter", "Nagy Péter"),
        ("MX", "Juan Carlos García López", "Sr./Sra./Srta. García"),
        ("MX", "Juan García López", ""),
        ("VN", "Nguyễn Văn An", "anh/chị An"),
        ("DE", "Jonas", ""),
        ("DE", "jonas@example.org", ""),
        ("DE", "", ""),
        # a title alone is nobody's name
        ("DE", "Dr.", ""),
        ("DE", "Frau", ""),
        ("TH", "คุณ", ""),
        ("TH", "Dr.", ""),
        ("JP", "様", ""),
        ("TW", "先生", ""),
    ],
)
def test_a_customer_is_addressed_by_their_own_name_in_the_markets_order(country, name, said):
    names = playbook(country).fact("names", on=datetime.date(2026, 11, 27)).value
    assert addressed(name, names.formal, names, country) == said


def test_where_no_name_is_known_the_pattern_stands(house):
    assert "‹family name›様" in context(house, asked(house, "JP", language="ja", name="Taro"))


@pytest.mark.parametrize(("market", "name"), [("TH", "คุณ"), ("JP", "様"), ("DE", "Dr.")])
def test_a_name_that_is_a_title_alone_leaves_the_pattern_on_the_page(house, market, name):
    assert "‹" in context(house, asked(house, market, name=name))

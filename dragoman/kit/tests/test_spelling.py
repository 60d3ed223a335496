"""Names are found although they are misspelt."""

import pytest
from django.db import connection

from dragoman.kit.spelling import near_query, near_tokens
from dragoman.kit.tokens import tsvector_literal

pytestmark = pytest.mark.django_db


def is_near(name: str, typed: str) -> bool:
    """Say whether the database finds the name."""
    vector = tsvector_literal((token, 1) for token in near_tokens(name))
    with connection.cursor() as cursor:
        cursor.execute("SELECT %s::tsvector @@ %s::tsquery", [vector, near_query(typed)])
        return bool(cursor.fetchone()[0])


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("Aleksander Kowalski", "alexander kowalsky"),
        ("Jürgen Müller", "mueller"),
        ("Virtanen", "virtannen"),
        ("Thitima Srisuwan", "titima"),
        ("Johansson", "johanson"),
        ("Meyer", "meier"),
        ("Nguyễn Thị Hương", "nguyne huong"),
        ("Дмитрий", "дмитри"),
        ("عبدالرحمن", "عبدالرحمان"),
        ("İbrahim Yıldız", "yidliz"),
    ],
)
def test_a_slip_of_the_finger_still_finds_the_name(name: str, typed: str) -> None:
    assert is_near(name, typed)


@pytest.mark.parametrize(("name", "typed"), [("Virtanen", "korhonen"), ("Meyer", "miller"), ("Anna", "bo")])
def test_another_name_is_another_name(name: str, typed: str) -> None:
    assert not near_query(typed) or not is_near(name, typed)

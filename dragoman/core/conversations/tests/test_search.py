"""Searching what was written: common words, rare ones, codes, scripts without spaces; newest first, own house only."""

import pytest

from dragoman.core.conversations.search import matching_conversations
from tests.people import a_house, settle, write

pytestmark = pytest.mark.django_db(transaction=True)


def search(house, query: str) -> list[int]:
    """Return the conversations found, newest message first."""
    with house.acting():
        found = matching_conversations(house.workspace.pk, query)
    return sorted(found, key=found.__getitem__, reverse=True)


def test_a_rare_word_is_found_behind_many_newer_messages_and_a_common_one_newest_first():
    house, other = a_house("one", owner="ann"), a_house("two", owner="bob")
    rare = write(house, "Tilaus KSL-10492 on hukassa", who="first@example.com")
    common = [write(house, f"Missä lamppu {n} on?", who=f"c{n}@example.com") for n in range(30)]
    write(other, "Tilaus KSL-10492 ja lamppu")
    settle()
    assert search(house, "ksl 10492") == search(house, "KSL10492") == [rare.conversation_id]
    newest_first = [one.conversation_id for one in reversed(common)]
    assert search(house, "lamppu") == newest_first
    # a beginning, an inflection and an accent
    assert search(house, "lampp") == newest_first
    assert search(house, "lamppua") == newest_first
    assert search(house, "missa lamppu") == newest_first


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("สินค้าของฉันเสียหายตอนได้รับ", "เสียหาย"),
        ("注文した商品がまだ届きません", "届きません"),
        ("我的包裹在海关被扣留了", "海关"),
        ("배송이 너무 늦어요", "늦어"),
        ("أين طلبي؟ لم يصلني بعد", "طلبي"),
        ("Gdzie jest moje zamówienie?", "zamowienie"),
        ("Das Paket wurde beschädigt geliefert", "beschadigt"),
        ("Ring mich an: +49 30 1234567", "030 1234567"),
    ],
)
def test_every_script_is_found(text: str, query: str):
    house = a_house()
    wanted = write(house, text, who="a@example.com")
    write(house, "Something else entirely", who="b@example.com")
    settle()
    assert search(house, query) == [wanted.conversation_id]

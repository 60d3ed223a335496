"""What is searched is found in every script, and no input is a syntax error."""

import pytest
from django.db import connection
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.kit.tokens import MAX_BYTES, document_tokens, query_terms, tsquery, tsvector_literal

pytestmark = pytest.mark.django_db

_AWKWARD = st.text(alphabet="aB1 2-'\\:*&|!<>()\t\nสิé東ก@.+0\x00¯ـ", max_size=40)


def _is_found(document: str, q: str, *, language: str = "") -> bool:
    vector = tsvector_literal(document_tokens(document, language=language))
    with connection.cursor() as cursor:
        cursor.execute("SELECT %s::tsvector @@ %s::tsquery", [vector, tsquery(q)])
        return bool(cursor.fetchone()[0])


@pytest.mark.parametrize(
    ("document", "q", "language"),
    [
        ("ผมต้องการคืนสินค้าครับ", "สินค้า", "th"),
        ("注文した商品が届きません", "商品", "ja"),
        ("注文した商品が届きません", "届", "ja"),
        ("주문한 상품이 안 왔어요", "상품", "ko"),
        ("Missä tilaukseni on?", "tilaus", "fi"),
        ("Haluan palauttaa kengät, paketti rikki", "PAKETIN", "fi"),
        ("Gdzie są moje zamówienia", "zamowienie", "pl"),
        ("Rücksendungen", "ruecksendung", "de"),
        ("Đơn hàng của tôi", "don hang", "vi"),
        ("طلبي لم يصل", "طلبى", "ar"),
        ("I ordered shoes", "ordering", "en"),
        ("somchai@example.com wrote", "somchai@example.com", ""),
        ("หมายเลข ๒๐๔๑๘", "20418", "th"),
    ],
)  # fmt: skip
def test_words_are_found_inflected_unaccented_and_inside_running_script(
    document: str, q: str, language: str
) -> None:
    assert _is_found(document, q, language=language)


@pytest.mark.parametrize("written", ["KSL-20418", "KSL 20418", "ksl20418", "(KSL/20418)", "20418"])
@pytest.mark.parametrize("stored", ["Where is KSL-20418?", "order KSL 20418 please", "ksl20418"])
def test_an_order_number_is_found_in_any_spacing(stored: str, written: str) -> None:
    assert _is_found(stored, written)


@pytest.mark.parametrize("q", ["KSL-20419", "KSL 2041 9", "0418"])
def test_another_order_number_is_not_found(q: str) -> None:
    assert not _is_found("Where is KSL-20418?", q)


@pytest.mark.parametrize("q", ["040 123 4567", "+358 40 1234567", "0401234567"])
@pytest.mark.parametrize("stored", ["+358 40 123 4567", "call +358401234567", "(040) 123-4567"])
def test_a_phone_number_is_found_however_it_is_written(stored: str, q: str) -> None:
    assert _is_found(stored, q)


def test_all_words_of_a_query_must_be_there() -> None:
    assert _is_found("The parcel was broken", "broken parcel")
    assert not _is_found("The parcel was broken", "broken lamp")


def test_only_the_last_word_is_taken_as_a_beginning() -> None:
    assert _is_found("delivery address", "delivery addr")
    assert not _is_found("delivery address", "deliv address")


def test_nothing_to_look_for_is_an_empty_query() -> None:
    assert tsquery(" ?! \x00 ¯") == ""


@settings(max_examples=150, deadline=None)
@given(document=st.one_of(st.text(max_size=80), _AWKWARD), q=st.one_of(st.text(max_size=60), _AWKWARD))
def test_no_input_is_a_syntax_error(document: str, q: str) -> None:
    _is_found(document, q, language="fi")


@settings(max_examples=150, deadline=None)
@given(text=_AWKWARD)
def test_a_text_finds_itself(text: str) -> None:
    assert not tsquery(text) or _is_found(text, text)


def test_huge_texts_stay_within_the_limits() -> None:
    for text in ("x" * 100_000, "東京" * 50_000, "1 2 3 4 5 " * 20_000, " ".join(map(str, range(50_000)))):
        tokens = document_tokens(text)
        assert len(tokens) <= 10_000
        assert len(tsvector_literal(tokens).encode()) < 2 * MAX_BYTES
        assert _is_found(text, text[:4].strip())


def test_the_numbers_of_a_long_text_are_kept_and_positions_go_up() -> None:
    tokens = document_tokens("KSL-20418 " + "word " * 9_000 + "a@b.example KSL 20419", limit=2_000, start=7)
    assert len(tokens) == 2_000
    assert {"ksl20418"} <= {token for token, _ in tokens}
    assert [position for _, position in tokens] == sorted(position for _, position in tokens)
    assert tokens[0][1] == 7


def test_a_query_of_a_whole_book_is_cut() -> None:
    assert len(query_terms("word " * 5_000)) <= 16

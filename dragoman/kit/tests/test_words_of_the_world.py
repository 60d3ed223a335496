"""What an agent types is found in sentences customers write, in their scripts, endings, digits and spacings."""

import pytest
from django.db import connection

from dragoman.kit.tokens import (
    document_tokens,
    field_tokens,
    in_field,
    phrase_term,
    tsquery,
    tsvector_literal,
)

pytestmark = pytest.mark.django_db


def matches(vector: str, query: str) -> bool:
    """Ask the database."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT %s::tsvector @@ %s::tsquery", [vector, query])
        return bool(cursor.fetchone()[0])


def is_found(document: str, q: str, language: str = "") -> bool:
    """Say whether typing `q` finds the document."""
    return matches(tsvector_literal(document_tokens(document, language=language)), tsquery(q))


@pytest.mark.parametrize(
    ("document", "language", "found", "missed"),
    [
        ("เสื้อที่สั่งเมื่อวานสีซีดมาก อยากขอเปลี่ยนไซซ์ค่ะ", "th", ["เปลี่ยนไซซ์", "สีซีด", "เมื่อวาน"], ["กระเป๋า"]),
        ("昨日頼んだ靴のサイズが小さすぎました", "ja", ["サイズ", "ｻｲｽﾞ", "小さすぎ", "靴"], ["鞄"]),
        ("退款什么时候到账？我已经等了三周", "zh", ["退款", "到账", "等了三周"], ["发票"]),
        ("어제 산 운동화 밑창이 떨어졌어요", "ko", ["운동화", "밑창", "떨어졌"], ["가방"]),
        (
            "Kengät olivat liian pienet, vaihtaisin ne isompiin",
            "fi",
            ["kenkä", "pieni", "vaihtaa"],
            ["takki"],
        ),
        ("Sain vale suuruse, palun vahetage see suurema vastu", "et", ["suurus", "vahetama"], ["arve"]),
        (
            "Reklamuję buty, podeszwa się odkleiła po tygodniu",
            "pl",
            ["buta", "podeszwy", "odkleiła"],
            ["kurtka"],
        ),
        ("Die Schuhe drücken, ich möchte sie umtauschen", "de", ["Schuh", "drucken", "UMTAUSCH"], ["Jacke"]),
        ("أريد استبدال الحذاء بمقاس أكبر", "ar", ["استبدال", "الحـذاء", "اريد", "أكبر"], ["حقيبة"]),
        (
            "Ayakkabılar çok küçük, iade etmek istiyorum",
            "tr",
            ["ayakkabı", "AYAKKABI", "kucuk", "İADE"],
            ["çanta"],
        ),
        ("הנעליים קטנות מדי, אפשר להחליף?", "he", ["הנעליים", "להחליף"], ["תיק"]),
        ("जूते बहुत छोटे हैं, कृपया बदल दीजिए", "hi", ["जूते", "छोटे", "बदल"], ["थैला"]),
        ("Đôi giày quá chật, tôi muốn đổi cỡ lớn hơn", "vi", ["doi giay", "đổi cỡ", "chat"], ["áo khoác"]),
        ("Buotai ankšti", "lt", ["buotai", "anksti"], []),
        ("Mes chaussures sont arrivées abîmées", "fr", ["chaussure", "arriver", "abimees"], ["manteau"]),
    ],
)
def test_sentences_are_found(document: str, language: str, found: list[str], missed: list[str]) -> None:
    assert [q for q in found if not is_found(document, q, language)] == []
    assert [q for q in missed if is_found(document, q, language)] == []


@pytest.mark.parametrize(
    "q", ["+66 81 234 5678", "0812345678", "66812345678", "081-234-5678", "๐๘๑๒๓๔๕๖๗๘", "812345678"]
)
@pytest.mark.parametrize(
    "stored", ["โทร 081 234 5678", "+66812345678", "tel 66812345678", "(+66) 81-234-5678"]
)
def test_one_phone_number_in_every_dress(stored: str, q: str) -> None:
    assert is_found(stored, q)


@pytest.mark.parametrize("q", ["+372 5123456", "5123456", "+3725123456"])
def test_a_short_national_number_is_found_behind_its_country_code(q: str) -> None:
    assert is_found("+3725123456", q)


@pytest.mark.parametrize(
    "q", ["1Z999AA10123456784", "1z 999 aa1 01 2345 6784", "JJD000390007882", "jjd 0003 9000 7882"]
)
def test_a_tracking_number_is_found_in_any_spacing(q: str) -> None:
    assert is_found("UPS 1Z 999 AA1 01 2345 6784, DHL JJD0003 9000 7882", q)


@pytest.mark.parametrize(
    "q",
    [
        "ville.korhonen@posti.example.fi",
        "ville.korhonen@",
        "@posti.example.fi",
        "posti.example.fi",
        "example.fi",
        "korhonen",
    ],
)
def test_an_address_is_found_by_its_parts(q: str) -> None:
    assert is_found("Ville <Ville.Korhonen@posti.example.fi>", q)
    assert not is_found("Ville <ville.korhola@posti.toinen.fi>", q)


def test_digits_of_other_scripts_are_digits() -> None:
    assert (
        is_found("سفارش ۴۵۱۹۲", "45192")
        and is_found("order 45192", "٤٥١٩٢")
        and is_found("注文 ４５１９２", "45192")
    )


def test_arabic_spellings_of_one_word_meet() -> None:
    assert is_found("إلى مدينة الإسكندرية", "الى مدينه الاسكندريه")


@pytest.mark.parametrize(
    ("document", "phrase", "is_there"),
    [
        ("the blue lamp arrived broken", "lamp arrived", True),
        ("the blue lamp arrived broken", "arrived lamp", False),
        ("the lamps arrived", "lamp arrived", False),
        ("สินค้าเสียหาย order 5", "เสียหาย order", True),
        ("注文した iPhone の箱", "した iphone の", True),
        ("注文した iPhone の箱", "iphone した", False),
    ],
)
def test_a_phrase_is_found_word_for_word(document: str, phrase: str, is_there: bool) -> None:
    vector = tsvector_literal(document_tokens(document))
    assert matches(vector, phrase_term(phrase)) is is_there


def test_a_field_is_searched_alone() -> None:
    pairs = [*document_tokens("refund please"), *field_tokens("s", "Rücksendung KSL-20418", language="de")]
    vector = tsvector_literal(pairs)
    assert matches(vector, in_field(tsquery("rucksendungen"), "s"))
    assert matches(vector, in_field(tsquery("ksl 20418"), "s"))
    assert not matches(vector, in_field(tsquery("refund"), "s"))
    assert not matches(vector, tsquery("rucksendung"))

"""Bytes under a wrong label or none: the text a person wrote comes out, or the label is believed."""

import pytest

from dragoman.ground.channels.email.charset import decode

WRITTEN = [
    ("koi8_r", "Привет, где мой заказ?"),
    ("koi8_u", "Де моє замовлення, коли воно прийде?"),
    ("cp1251", "Привет, где мой заказ?"),
    ("cp932", "注文した毛布がまだ届きません。"),
    ("euc_jp", "注文した毛布がまだ届きません。"),
    ("iso2022_jp", "注文した毛布がまだ届きません。"),
    ("cp949", "주문한 담요가 아직 도착하지 않았습니다."),
    ("gb18030", "我的订单还没有到,请问什么时候发货?"),
    ("big5", "我的訂單還沒有到，請問什麼時候出貨？"),
    ("cp874", "สินค้ายังไม่มาถึงครับ รบกวนตรวจสอบให้ด้วย"),
    ("cp1256", "لم يصل طلبي بعد"),
    ("cp1255", "ההזמנה שלי עדיין לא הגיעה"),
    ("utf_8", "Mein Päckchen ist nicht da"),
]


@pytest.mark.parametrize(("codec", "text"), WRITTEN)
@pytest.mark.parametrize("label", ["", "x-unknown", "unknown-8bit"])
def test_a_missing_or_unknown_label_costs_no_letter(codec: str, text: str, label: str) -> None:
    assert decode(text.encode(codec), label)[0] == text


@pytest.mark.parametrize(("codec", "text"), [each for each in WRITTEN if each[0] != "cp1256"])
@pytest.mark.parametrize("label", ["us-ascii", "iso-8859-1"])
def test_latin_is_not_believed_where_hardly_a_letter_is_latin(codec: str, text: str, label: str) -> None:
    assert decode(text.encode(codec), label)[0] == text


@pytest.mark.parametrize(("codec", "text"), [each for each in WRITTEN if each[0] != "utf_8"])
def test_a_right_label_is_believed(codec: str, text: str) -> None:
    assert decode(text.encode(codec), codec) == (text, False)


@pytest.mark.parametrize("label", ["windows-1251", "tis-620", "gb2312", "shift_jis", "koi8-r", "big5"])
def test_utf8_under_another_label_is_seen(label: str) -> None:
    for text in ("Где мой заказ?", "สวัสดีค่ะ", "日本語テキストです"):
        assert decode(text.encode(), label) == (text, True)


def test_a_short_chinese_word_that_looks_like_utf8_stays_chinese() -> None:
    assert decode("联通".encode("gbk"), "gb2312") == ("联通", False)


@pytest.mark.parametrize("text", ["Größe überall", "日本語", "Où est ma commande ? Éà"])
def test_doubly_encoded_text_is_mended_where_it_is_certain(text: str) -> None:
    doubled = "".join(
        chr(byte) if 0x80 <= byte < 0xA0 else bytes((byte,)).decode("cp1252") for byte in text.encode()
    )
    assert decode(doubled.encode(), "utf-8") == (text, True)


def test_a_text_about_such_letters_is_left_alone() -> None:
    text = "Statt ä sehe ich Ã¤ überall"
    assert decode(text.encode(), "utf-8") == (text, False)


@pytest.mark.parametrize("word", ["José", "ø", "déjà vu", "Größe", "menú", "Ç"])
def test_a_last_accented_letter_is_no_half_of_a_character(word: str) -> None:
    assert decode(word.encode("latin-1"), "iso-8859-1")[0] == word


@pytest.mark.parametrize(
    ("label", "codec"),
    [
        ("x-mac-cyrillic", "mac_cyrillic"),
        ("macintosh", "mac_roman"),
        ("ks_c_5601-1987", "cp949"),
        ("GB2312", "gb18030"),
        ('"windows-1250"', "cp1250"),
        ("cp-1251", "cp1251"),
        ("hz-gb-2312", "hz"),
        ("=utf-8", "utf-8"),
        ("koi8-ru", "koi8_u"),
        ("tis-620", "cp874"),
    ],
)
def test_labels_as_programs_write_them(label: str, codec: str) -> None:
    text = {"cp1250": "Zażółć", "cp949": "주문", "gb18030": "订单", "hz": "订单", "cp874": "สวัสดี"}.get(
        codec, "Привет"
    )
    text = "é" if codec == "mac_roman" else text
    assert decode(text.encode(codec), label)[0] == text

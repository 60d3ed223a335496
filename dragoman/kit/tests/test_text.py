"""Text is compared the same way everywhere."""

from dragoman.kit.text import fold, is_same_name, shortened


def test_folding_ignores_case_accents_and_width() -> None:
    assert fold("Zamówienie ŁÓDŹ") == "zamowienie lodz"
    assert fold("ＡＢＣ１２３") == "abc123"
    assert fold("İstanbul") == fold("istanbul")
    assert fold("٢٠٤١٨ ๒๐๔๑๘") == "20418 20418"


def test_folding_keeps_the_vowels_of_thai_and_hindi() -> None:
    assert fold("สินค้า") == "สินค้า"
    assert fold("ऑर्डर") != fold("आरडर")


def test_a_typed_name_is_the_name_on_any_keyboard() -> None:
    for typed in ("Siobhan O'Brien", " SIOBHÁN  O’BRIEN", "siobhan o`brien", "Siobhán O´Brien"):
        assert is_same_name(typed, "Siobhán O’Brien")
    assert is_same_name("Jean Luc", "Jean‑Luc") and is_same_name("--", "--")
    for typed in ("", "'", "Siobhan Brien"):
        assert not is_same_name(typed, "Siobhán O’Brien")
    assert not is_same_name("", "’") and not is_same_name("สมชย", "สมชาย")


def test_a_text_is_shortened_after_a_word() -> None:
    assert shortened("Your order  is\non its way.", 80) == "Your order is on its way."
    assert shortened("Your order is on its way.", 16) == "Your order is…"
    assert shortened("Your order is on its way.", 14) == "Your order is…"
    assert shortened("สั่งของไปเมื่อวันจันทร์", 10) == "สั่งของไป…"
    assert len(shortened("x" * 100, 80)) == 80

"""Text is compared the same way everywhere."""

from dragoman.kit.text import fold


def test_folding_ignores_case_accents_and_width() -> None:
    assert fold("Zamówienie ŁÓDŹ") == "zamowienie lodz"
    assert fold("ＡＢＣ１２３") == "abc123"
    assert fold("İstanbul") == fold("istanbul")
    assert fold("٢٠٤١٨ ๒๐๔๑๘") == "20418 20418"


def test_folding_keeps_the_vowels_of_thai_and_hindi() -> None:
    assert fold("สินค้า") == "สินค้า"
    assert fold("ऑर्डर") != fold("आरडर")

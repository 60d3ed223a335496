"""Text is compared, cleaned and cut the same way everywhere."""

from dragoman.kit.text import clean, fold, shorten


def test_folding_ignores_case_accents_and_width() -> None:
    assert fold("Zamówienie ŁÓDŹ") == "zamowienie lodz"
    assert fold("ＡＢＣ１２３") == "abc123"
    assert fold("İstanbul") == fold("istanbul")
    assert fold("٢٠٤١٨ ๒๐๔๑๘") == "20418 20418"


def test_folding_keeps_the_vowels_of_thai_and_hindi() -> None:
    assert fold("สินค้า") == "สินค้า"
    assert fold("ऑर्डर") != fold("आरडर")


def test_cleaning_drops_only_what_no_store_takes() -> None:
    assert clean("a\x00b\ud800c 🙂\n") == "abc 🙂\n"


def test_shortening_cuts_at_a_word_or_where_there_is_none() -> None:
    assert shorten("one two\n three", limit=40) == "one two three"
    assert shorten("one two three four", limit=12) == "one two…"
    assert shorten("ก" * 50, limit=10) == "ก" * 9 + "…"

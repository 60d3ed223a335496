"""What an engine must not change goes round it and comes back, or its loss is told."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.core.language.protect import is_only_protected, protect, spans

MASK = "\u27e6{}\u27e7"


@pytest.mark.parametrize(
    "piece",
    [
        "KSL-20418", "#20418", "ABC123", "NB-77/4", "JJFI 6400 0000 0123 456", "1Z999AA10123456784",
        "RR123456789FI", "https://example.com/t?id=1&x=2", "www.example.com/a", "a.b@example.com",
        "+358 40 123 4567", "040 123 4567", "€1,234.50", "1 234,50 €", "USD 10", "990 บาท", "¥3,500",
        "R$ 25,00", "23.11.2026", "2026-11-23", "23/11/26", "23 November 2026", "November 23rd",
        "3. joulukuuta", "11月23日", "14:30", "9.30", "{name}", "{{order}}", "Kaisla Lamp",
    ],
)  # fmt: skip
def test_a_piece_is_masked_whole_wherever_it_stands(piece: str) -> None:
    for text in (f"Please look at {piece} today.", f"ดู {piece} ครับ", piece):
        shielded = protect(text, mask=MASK, language="fi", terms=["Kaisla Lamp"])
        assert shielded.pieces == (piece,)
        assert shielded.masked == text.replace(piece, "\u27e61\u27e7")


def test_a_code_inside_a_script_without_spaces_is_masked() -> None:
    for piece in ("KSL20418", "KSL-20418", "20418", "25€", "23.11.2026", "14:30", "+66 81 234 5678"):
        assert protect(f"พัสดุ{piece}ครับ", mask=MASK, language="fi").masked == "พัสดุ\u27e61\u27e7ครับ"


@pytest.mark.parametrize(
    "text", ["2 shirts in size M", "I waited 5 days", "iPhone and kaislanen", "covid-19", "market 5"]
)
def test_ordinary_words_and_small_numbers_are_left_to_the_engine(text: str) -> None:
    assert spans(text, language="fi", terms=["kaisla"]) == []


def test_pieces_come_back_in_any_order_and_with_blanks_in_their_masks() -> None:
    shielded = protect("KSL-1 for €25.00", mask="XZ{}ZX", language="en")
    text, lost = shielded.restore("xz 2 zx maksoi XZ1ZX", source="en", target="fi")
    assert (text, lost) == ("€25.00 maksoi KSL-1", ())


def test_a_date_is_known_by_the_months_of_its_language() -> None:
    assert protect("ส่งวันที่ 23 พฤศจิกายน 2026", mask=MASK, language="th").pieces == ("23 พฤศจิกายน 2026",)
    assert protect("3 de dezembro de 2026", mask=MASK, language="pt-BR").pieces == ("3 de dezembro de 2026",)


def test_what_is_lost_doubled_or_made_up_is_told() -> None:
    shielded = protect("KSL-1 for €25.00", mask=MASK, language="fi")
    text, lost = shielded.restore("\u27e61\u27e7 \u27e61\u27e7 \u27e67\u27e7", source="en", target="fi")
    assert "\u27e6" not in text
    assert lost == ("KSL-1", "€25.00")


def test_a_month_in_letters_is_said_in_the_other_language() -> None:
    shielded = protect("It came on 23 November 2026, not 24.11.2026.", mask=MASK, language="fi")
    text, lost = shielded.restore("Se tuli \u27e61\u27e7, ei \u27e62\u27e7.", source="en", target="fi")
    assert (text, lost) == ("Se tuli 23. marraskuuta 2026, ei 24.11.2026.", ())


def test_nothing_to_translate_is_seen() -> None:
    assert is_only_protected("KSL-20418 👍 https://example.com", language="en")
    assert not is_only_protected("KSL-20418 please", language="en")


@given(st.text(max_size=120))
def test_an_engine_that_changes_nothing_changes_nothing(text: str) -> None:
    shielded = protect(text, mask=MASK, language="fi")
    if "\u27e6" not in text:
        assert shielded.restore(shielded.masked, source="x", target="x") == (text, ())

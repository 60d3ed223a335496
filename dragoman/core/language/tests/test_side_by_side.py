"""Sentences beside their translation: joined again they are what they were, in every script."""

import pytest

from dragoman.core.language.side_by_side import (
    differences,
    joined,
    pieces,
    side_by_side,
)

TEXTS = [
    ("en", "Hello.\n\nYour parcel left today. It arrives on 3 December. Sorry!\nGreta"),
    ("de", "Hallo Jonas,\ndas Paket kommt am 3. Dezember an. Bitte warten Sie z. B. bis Freitag!\n"),
    ("ja", "ご連絡ありがとうございます。確認いたします。\n田中"),
    ("th", "สวัสดีค่ะ ขอบคุณค่ะ\nพัสดุออกวันนี้ค่ะ"),
    ("ar", "مرحبا. هل وصل الطرد؟ نعم، وصل."),
    ("en", "   "),
    ("en", "no end"),
    ("en", "“Really?” she said. (Yes.) Fine… Then go."),
]


@pytest.mark.parametrize(("language", "text"), TEXTS)
def test_pieces_joined_again_are_the_text(language, text):
    assert "".join(piece.text + piece.gap for piece in pieces(text, language)) == text
    pairs = side_by_side("One. Two.", text, source_language="en", target_language=language)
    assert joined(pairs, [pair.target for pair in pairs]) == text.strip()


def test_a_date_or_an_abbreviation_ends_no_sentence():
    assert [p.text for p in pieces(TEXTS[1][1], "de")][1] == "das Paket kommt am 3. Dezember an."
    assert len(pieces("ご連絡ありがとうございます。確認いたします。", "ja")) == 2


def test_a_sentence_that_became_two_stands_beside_both():
    pairs = side_by_side(
        "Your parcel left our warehouse today and arrives on Friday. Thanks!",
        "Ihr Paket hat heute unser Lager verlassen. Es kommt am Freitag an. Danke!",
        source_language="en",
        target_language="de",
    )
    assert [(p.source[:4], p.target[-3:]) for p in pairs] == [("Your", "an."), ("Than", "ke!")]


def test_lines_keep_together_where_one_side_has_more_sentences():
    pairs = side_by_side(
        "Hello,\nyour parcel left. It comes soon.\nGreta",
        "こんにちは、\n荷物を発送しました。\nGreta",
        source_language="en",
        target_language="ja",
    )
    assert [pair.target for pair in pairs if pair.target] == ["こんにちは、", "荷物を発送しました。", "Greta"]
    assert pairs[-1].source == "Greta"


def test_differences_are_by_word_and_by_letter_where_no_blank_parts_words():
    assert differences("the old box", "the new box", "en") == [
        ("same", "the "), ("del", "old"), ("ins", "new"), ("same", " box"),
    ]  # fmt: skip
    assert ("ins", "送り状") in differences("配送ラベル", "送り状", "ja")


def test_a_very_long_text_is_no_burden():
    long = "Word. " * 5000
    assert len(side_by_side(long, long + "More.", source_language="en", target_language="de")) == 1

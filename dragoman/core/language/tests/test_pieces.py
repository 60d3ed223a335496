"""Texts too long for an engine go in pieces, and come back as one text with their lines."""

import pytest

from dragoman.core.language.translate import _PIECE, _pieces


@pytest.mark.parametrize(
    "text",
    [
        "",
        "one line",
        "a\n\nb\n",
        "line of words\n" * 700,
        "A sentence of some length. " * 900,
        "word " * 5_000,
        "配送が遅れています。" * 900,
        "ไม่มีเว้นวรรค" * 900,
        "x" * 20_000,
    ],
)
def test_pieces_are_small_and_together_the_text(text: str) -> None:
    pieces = list(_pieces(text))
    assert all(len(piece) <= _PIECE for _gap, piece in pieces)
    assert "".join(gap + piece for gap, piece in pieces).split() == text.split()
    assert "".join(gap + piece for gap, piece in pieces).count("\n") == text.count("\n")


def test_a_long_line_is_cut_behind_a_sentence() -> None:
    pieces = [piece for _gap, piece in _pieces("A sentence of some length. " * 900)]
    assert len(pieces) > 5
    assert all(piece.endswith("length.") for piece in pieces[:-1])

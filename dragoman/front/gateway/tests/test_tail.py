"""Events are read in the order of their ids though they are committed in another."""

from dragoman.front.gateway.tail import PATIENCE, EventRow, Tail


def row(number: int) -> EventRow:
    return EventRow(number, 1, "Something", f"conversation:{number}")


def ids(rows: list[EventRow]) -> list[int]:
    return [one.id for one in rows]


def test_a_late_commit_is_given_once_and_nothing_twice():
    tail = Tail(10)
    assert ids(tail.fresh([row(11), row(13)], now=0)) == [11, 13]
    assert tail.floor == 11
    assert ids(tail.fresh([row(12), row(13)], now=1)) == [12]
    assert tail.floor == 13


def test_a_gap_nobody_fills_is_read_past_after_a_while():
    tail = Tail(10)
    tail.fresh([row(12), row(13), row(15)], now=0)
    assert tail.floor == 10
    tail.fresh([row(12), row(13), row(15)], now=PATIENCE + 1)
    assert tail.floor == 13
    tail.fresh([row(15)], now=2 * PATIENCE + 3)
    assert tail.floor == 15
    assert ids(tail.fresh([row(16)], now=20)) == [16]


def test_a_long_gap_does_not_hide_what_comes_behind_it():
    tail = Tail(0)
    assert ids(tail.fresh([row(5)], now=0)) == [5]
    assert ids(tail.fresh([row(5), row(6)], now=1)) == [6]

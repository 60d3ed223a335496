"""A shopper gets no more than a pace allows, however many ask at once, and what is refused counts for nothing."""

import sys
import threading
import uuid
from concurrent.futures import ThreadPoolExecutor

from dragoman.front.portal.chat import limits


def test_many_at_once_get_no_more_than_their_pace() -> None:
    pace, start = limits.Pace(f"race-{uuid.uuid4()}", 20), threading.Barrier(8)

    def many() -> int:
        start.wait()
        return sum(_counts((pace, "somchai")) for _turn in range(10))

    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        with ThreadPoolExecutor(8) as threads:
            let_in = [one.result() for one in [threads.submit(many) for _thread in range(8)]]
    finally:
        sys.setswitchinterval(before)
    assert sum(let_in) == pace.times


def test_what_one_pace_refuses_counts_for_none() -> None:
    wide, narrow = limits.Pace(f"wide-{uuid.uuid4()}", 5), limits.Pace(f"narrow-{uuid.uuid4()}", 1)
    assert _counts((wide, "somchai"), (narrow, "somchai"))
    assert not any(_counts((wide, "somchai"), (narrow, "somchai")) for _turn in range(9))
    assert [_counts((wide, "somchai")) for _turn in range(5)] == [True, True, True, True, False]
    assert _counts((narrow, "aino"))


def _counts(*wanted: tuple[limits.Pace, str]) -> bool:
    try:
        limits.count(*wanted)
    except limits.TooFast:
        return False
    return True

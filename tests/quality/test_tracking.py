"""Every sample of a parcel's number is told rightly; nothing that only looks like one is taken for sure."""

from collections import Counter

from dragoman.ground.providers.carriers.formats import all_formats, recognise
from tests.quality import tracking


def test_every_sample_is_told_rightly() -> None:
    assert [row for row in tracking.samples() if not tracking.is_right(*row[:4])] == []


def test_each_of_at_least_a_hundred_formats_has_a_right_and_a_wrong_sample() -> None:
    told = Counter(
        (carrier, kind, verdict) for carrier, kind, _number, verdict, _source in tracking.samples()
    )
    formats = {(one.carrier, one.name) for one in all_formats()}
    assert len(formats) >= 100
    assert [one for one in formats if not told[(*one, "valid")] or not told[(*one, "wrong")]] == []


def test_nothing_that_looks_like_one_is_taken_for_a_parcel_for_sure() -> None:
    alike = tracking.lookalikes()
    assert [text for _kind, text in alike if any(one.sure for one in recognise(text))] == []

"""Quotes are what those expect who read the laws and never the code."""

from tests.quality.returns import cases, differences


def test_every_case_of_the_laws_is_answered_right() -> None:
    found = cases()
    assert len(found) >= 120 and len({case["order"]["country"] for case in found}) >= 30
    assert [one for case in found for one in differences(case)] == []

"""Scripted conversations end where they should, and attacks get nothing: samples; `make quality` has them all."""

from tests.quality.bot import CODE, NUMBER, OWNER, attacked, attacks, scripts, summaries, talks


def test_scripted_conversations_end_where_they_should_and_tell_nothing_early() -> None:
    assert len(scripts("talks")) >= 60 and len({one["language"] for one in scripts("talks")}) >= 12
    assert [one for one in talks(every=7) if one.told_early or not one.right] == []


def test_attacks_get_nothing_and_the_owner_gets_everything() -> None:
    assert len(scripts("attacks")) >= 40
    assert [one for one in attacks(every=5) if not one.held] == []
    owner = attacked(
        {"name": "owner", "language": "en", "said": [f"Where is my order {NUMBER}?", OWNER, CODE]}
    )
    assert owner.leaked and owner.changed


def test_the_summary_of_a_hand_over_says_it_all() -> None:
    assert [one for one in summaries() if not one[2]] == []

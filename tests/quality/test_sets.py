"""The evaluation sets are whole, and the models never saw a line of them."""

import os
import subprocess
import sys

import pytest

from dragoman.core.language import training
from dragoman.core.language.redact import redacted
from dragoman.core.language.understand import INTENTS
from dragoman.kit.text import fold
from tests.quality import knowledge, learn, sets


@pytest.mark.parametrize("language", sets.languages())
def test_every_language_is_judged_by_messages_of_each_purpose(language: str) -> None:
    lines = list(sets.messages(language))
    assert {line.intent for line in lines} == set(INTENTS)
    assert {line.sentiment for line in lines} == {"negative", "neutral", "positive"}
    assert len(lines) >= 20
    assert len(sets.texts("outside", language)) >= 10
    assert len(sets.texts("short", language)) >= 20
    for text, named in sets.entities(language):
        assert all(one["text"] in text for one in named)


def test_no_line_is_both_learned_from_and_judged_by() -> None:
    learned = {_bare(one.text) for one in training.examples()}
    for language in sets.languages():
        judged = [line.text for line in sets.messages(language)]
        judged += sets.texts("outside", language) + sets.texts("romanised", language)
        judged += [reply.text for reply in sets.replies(language)]
        assert not [text for text in judged if _bare(text) in learned], language
    for market in sets.markets():
        judged = [reply.text for reply in sets.market_replies(market)]
        assert not [text for text in judged if _bare(text) in learned], market


def test_no_question_the_help_centre_is_judged_by_was_learned_from() -> None:
    lines, pairs = learn.lines()
    learned = {_bare(one) for told in (*lines, *pairs) for one in told["asks"]}
    assert len(learned) > 20_000
    for tag in knowledge.languages():
        told = knowledge.loaded(tag)
        judged = [words for one in told["article"] for words in one["questions"]] + told["unanswerable"]
        assert not [words for words in judged if _bare(words) in learned], tag


def test_twelve_markets_are_judged_by_replies_half_of_which_offend() -> None:
    assert len(sets.markets()) >= 12
    for market in sets.markets():
        replies = sets.market_replies(market)
        assert len(replies) >= 10
        assert 0.4 <= sum(reply.is_bad for reply in replies) / len(replies) <= 0.6, market


def test_personal_data_are_found_and_nothing_else() -> None:
    for text, kind, value in sets.personal():
        assert [(one.type, text[one.start : one.end]) for one in redacted(text)] == [(kind, value)], text


def test_numbers_of_orders_and_forgotten_passwords_are_left_alone() -> None:
    assert not [text for text in sets.impersonal() if redacted(text)]


def _bare(text: str) -> str:
    return "".join(filter(str.isalnum, fold(text)))


def test_the_command_can_be_started():
    environ = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    started = subprocess.run([sys.executable, "-c", "import tests.quality.__main__"], env=environ)
    assert started.returncode == 0

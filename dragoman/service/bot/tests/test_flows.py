"""Flows: ours pass their own tests, and what is wrong with one is said before anybody meets it."""

import pytest

from dragoman.service.bot.checking import faults_of
from dragoman.service.bot.defaults import default_bodies
from dragoman.service.bot.engine import Known
from dragoman.service.bot.flow_shapes import Body
from dragoman.service.bot.help import Asking
from dragoman.service.bot.rehearsal import failures
from tests.people import House, a_house

pytestmark = pytest.mark.django_db


@pytest.fixture
def house() -> House:
    return a_house()


def test_our_flows_have_no_fault_and_pass_their_own_tests(house):
    flows = [Known(key, 0, body) for key, body in default_bodies().items()]
    with house.acting():
        asking = Asking(house.workspace.pk, house.brand.pk)
        assert not {one.key: found for one in flows if (found := faults_of(one.body, ["en", "th"]))}
        assert not [found for one in flows for found in failures(asking, one.key, one.body, flows)]


@pytest.mark.parametrize(
    ("steps", "code"),
    [
        ([], "empty"),
        ([{"id": "a", "kind": "say", "texts": {"en": "Hi"}, "next": "nowhere"}], "unknown_step"),
        (
            [{"id": "a", "kind": "resolve"}, {"id": "b", "kind": "say", "texts": {"en": "Hi"}}],
            "unreachable",
        ),
        (
            [
                {"id": "a", "kind": "say", "texts": {"en": "A"}, "next": "b"},
                {"id": "b", "kind": "say", "texts": {"en": "B"}, "next": "a"},
            ],
            "no_way_out",
        ),
        ([{"id": "a", "kind": "say", "texts": {"en": "Hi"}}], "missing_text"),
        ([{"id": "a", "kind": "say"}], "no_text"),
        ([{"id": "a", "kind": "tool", "tool": "weather"}], "unknown_tool"),
        ([{"id": "a", "kind": "tool", "tool": "cancel_order"}], "not_proven"),
        ([{"id": "a", "kind": "condition"}], "no_slot"),
        ([{"id": "a", "kind": "say", "words": ["nonsense"]}], "unknown_words"),
        (
            [{"id": "a", "kind": "say", "texts": {"en": "It costs {nonsense}.", "fi": "Hinta."}}],
            "unknown_slot",
        ),
    ],
)
def test_what_is_wrong_with_a_flow_is_named_with_its_step(steps, code):
    found = faults_of(Body.model_validate({"steps": steps}), ["en", "fi"])
    assert code in {one.code for one in found} and all(one.message for one in found)

"""Messages that arrive together share a commit, and a bad one hurts nobody else."""

import pytest

from dragoman.core.conversations.actions.receive import Incoming, receive_messages
from dragoman.core.conversations.gather import Gatherer
from dragoman.core.conversations.models import Message
from tests.people import a_house

pytestmark = pytest.mark.django_db(transaction=True)


def incoming(house, number: int, **more: object) -> Incoming:
    facts = {
        "channel": "api", "source": "api", "external_id": f"g{number}", "brand_id": house.brand.pk, "kind": "handle",
        "identity": f"who{number}", "text": f"text {number}", "raw": b"x",
    }  # fmt: skip
    return Incoming(**{**facts, **more})


def test_everybody_gets_their_own_answer_and_a_bad_one_only_its_own_error():
    one, two = a_house("one", owner="ann"), a_house("two", owner="bob")
    gatherer = Gatherer(receive_messages, name="trial")
    good = [gatherer.submit(one.workspace.pk, incoming(one, n)) for n in range(30)]
    foreign = gatherer.submit(one.workspace.pk, incoming(two, 99))
    other = [gatherer.submit(two.workspace.pk, incoming(two, n)) for n in range(5)]
    answers = [future.result(timeout=20) for future in good]
    assert len({answer.message_id for answer in answers}) == 30
    # a brand of another workspace: the composite key refuses it
    assert foreign.exception(timeout=20) is not None
    assert all(not future.result(timeout=20).duplicate for future in other)
    with one.acting():
        assert Message.objects.count() == 30
    gatherer.stop()

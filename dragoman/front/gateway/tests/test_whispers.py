"""What is said and not kept reaches who watches its topic at that moment, and nobody else."""

import asyncio
import json

import pytest
from django.db import connection

from dragoman.core.conversations.presence import presence, tell_presence
from dragoman.core.segments.actions.views import Wish, save_view
from dragoman.front.gateway.hub import Hub, Stream
from dragoman.front.gateway.live import _may_watch
from dragoman.ground.events.models import StoredEvent
from dragoman.ground.events.wake import MOST_BYTES, bell, whisper
from dragoman.kit import workspace
from tests.people import a_house


async def _heard(stream: Stream, *, within: float = 3.0, of: bytes = b"typing") -> list[str]:
    blocks = []
    try:
        while True:
            block = await asyncio.wait_for(stream.queue.get(), within)
            within = 0.3
            if block and of in block:
                blocks.append(block.decode())
    except TimeoutError:
        return blocks


async def _story() -> dict[str, list[str]]:
    hub = Hub()
    mine, other_topic, mallory = (
        hub.join(1, ["chat:1:a"]),
        hub.join(1, ["chat:1:b"]),
        hub.join(2, ["chat:1:a"]),
    )
    await asyncio.sleep(0.5)
    whisper(1, "chat:1:a", "typing", {"name": "ไอโนะ"})
    try:
        return {
            "mine": await _heard(mine),
            "other": await _heard(other_topic, within=0.3),
            "mallory": await _heard(mallory, within=0.3),
        }
    finally:
        assert hub._task is not None
        hub._task.cancel()
        await asyncio.gather(hub._task, return_exceptions=True)
        bell.stop()


@pytest.mark.django_db(transaction=True)
def test_a_whisper_reaches_its_topic_in_its_workspace_and_no_table() -> None:
    heard = asyncio.run(_story())
    block = f"event: typing\ndata: {json.dumps({'name': 'ไอโนะ'}, ensure_ascii=False)}\n\n"
    assert heard == {"mine": [block], "other": [], "mallory": []}
    with workspace.everywhere(reason="test"):
        assert StoredEvent.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_who_watches_the_inbox_hears_of_a_saved_view_at_once() -> None:
    house, other = a_house(), a_house("northbound", owner="mallory")

    async def story() -> tuple[list[str], list[str]]:
        hub = Hub()
        mine, mallory = hub.join(house.workspace.pk, ["inbox"]), hub.join(other.workspace.pk, ["inbox"])
        await asyncio.sleep(0.5)
        await asyncio.to_thread(save)
        try:
            return await _heard(mine, of=b"view:"), await _heard(mallory, within=0.3, of=b"view:")
        finally:
            assert hub._task is not None
            hub._task.cancel()
            await asyncio.gather(hub._task, return_exceptions=True)
            bell.stop()

    def save() -> None:
        with house.acting():
            save_view(house.workspace.pk, agent=house.greta, wish=Wish("Lamps", "everybody", q="lamppu"))
        connection.close()

    mine, mallory = asyncio.run(story())
    assert len(mine) == 1 and "event: changed" in mine[0] and mallory == []


def test_a_whisper_carries_no_matter() -> None:
    with pytest.raises(AssertionError):
        whisper(1, "chat:1:a", "typing", {"text": "x" * MOST_BYTES})


@pytest.mark.django_db(transaction=True)
def test_who_is_here_reaches_the_register_of_every_process() -> None:
    async def story() -> None:
        hub = Hub()
        hub.start()
        await asyncio.sleep(0.5)
        tell_presence(5, {"page": "9.x", "conversation": 4, "agent": 9, "name": "ณัฐ", "doing": "note"})
        presence.forget()  # as if this were another process
        for _try in range(50):
            await asyncio.sleep(0.1)
            if presence.in_workspace(5):
                break
        hub._task.cancel()  # type: ignore[union-attr]
        await asyncio.gather(hub._task, return_exceptions=True)  # type: ignore[arg-type]

    asyncio.run(story())
    bell.stop()
    [(page, here)] = presence.in_workspace(5)
    assert (page, here.name, here.doing) == ("9.x", "ณัฐ", "note")
    presence.forget()


def test_what_another_agent_is_told_may_not_be_watched() -> None:
    assert _may_watch("agent:7", 7)
    assert not _may_watch("agent:8", 7)
    assert _may_watch("inbox", 7)


@pytest.mark.django_db(transaction=True)
def test_a_stream_that_opened_before_its_hub_listened_fetches_everything_anew() -> None:
    async def story() -> tuple[list[str], list[str]]:
        hub = Hub()
        early = hub.join(1, ["inbox"])
        before = await _heard(early, of=b"resync")
        late = hub.join(1, ["inbox"])
        try:
            return before, await _heard(late, within=0.5, of=b"resync")
        finally:
            assert hub._task is not None
            hub._task.cancel()
            await asyncio.gather(hub._task, return_exceptions=True)
            bell.stop()

    before, after = asyncio.run(story())
    assert (len(before), after) == (1, [])

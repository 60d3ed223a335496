"""The hub of a web process: one connection reads new events and hands pointers to the streams that watch them."""

import asyncio
import json
import logging
import time
from collections import defaultdict
from typing import Any

import psycopg

from dragoman.core.accounts import queries as accounts
from dragoman.core.accounts.hours import queries as hours
from dragoman.core.conversations.presence import PRESENCE, presence
from dragoman.ground.events.wake import HUBS, WHISPERS, connection_params

from .tail import EventRow, Tail

log = logging.getLogger(__name__)

Key = tuple[int, str]
BUFFER = 256
BATCH = 1000
_ALL = "SET LOCAL ROLE dragoman_all; SET LOCAL dragoman.reason = 'hub'"
_READ = "SELECT id, workspace_id, name, topic FROM events_event WHERE id > %s ORDER BY id LIMIT %s"
_SOURCES = """SELECT DISTINCT conversation_id, source FROM conversations_message
              WHERE workspace_id = %s AND conversation_id = ANY(%s) AND channel = 'chat'"""
_LATER = """SELECT DISTINCT topic FROM events_event WHERE workspace_id = %s
            AND at >= (SELECT at FROM events_event WHERE id = %s) - interval '10 seconds'"""
HEARTBEAT = 15.0  # seconds
BEAT = b": beat\n\n"
RESYNC = b"event: resync\ndata: \n\n"


class Stream:
    """One browser's stream: a bounded queue; when it overflows the browser is told to fetch everything anew."""

    def __init__(self) -> None:
        self.queue: asyncio.Queue[bytes | None] = asyncio.Queue(BUFFER + 1)

    def end(self) -> None:
        """Let the reader stop: its browser is gone."""
        if not self.queue.full():
            self.queue.put_nowait(None)

    def put(self, block: bytes) -> None:
        """Queue a block without waiting."""
        if self.queue.qsize() >= BUFFER:
            while not self.queue.empty():
                self.queue.get_nowait()
            block = RESYNC
        self.queue.put_nowait(block)


class Hub:
    """Streams by (workspace, topic). `inbox` hears every conversation and saved view of a workspace."""

    def __init__(self) -> None:
        self.streams: dict[Key, set[Stream]] = defaultdict(set)
        self.delivered = 0
        self._task: asyncio.Task[None] | None = None

    def join(self, workspace_id: int, topics: list[str]) -> Stream:
        """Start a stream on topics of one workspace; the caller has checked who may watch them."""
        self.start()
        stream = Stream()
        for topic in topics:
            self.streams[(workspace_id, topic)].add(stream)
        return stream

    def start(self) -> None:
        """Listen from now on, also where nobody watches yet: who is here must be known when the first page asks."""
        if self._task is None or self._task.done():
            self._task = asyncio.get_running_loop().create_task(self._run())

    def leave(self, stream: Stream, workspace_id: int, topics: list[str]) -> None:
        """End a stream."""
        for topic in topics:
            watchers = self.streams.get((workspace_id, topic))
            if watchers is not None:
                watchers.discard(stream)
                if not watchers:
                    del self.streams[(workspace_id, topic)]

    def count(self) -> int:
        """Return how many streams are open."""
        return len({id(stream) for watchers in self.streams.values() for stream in watchers})

    async def _run(self) -> None:
        while True:
            try:
                async with await psycopg.AsyncConnection.connect(
                    **connection_params(), autocommit=True
                ) as ear:
                    await ear.execute(f"LISTEN {HUBS}; LISTEN {WHISPERS}")
                    await self._listen(ear)
            except (psycopg.Error, OSError) as error:
                log.warning("live stream lost its database, trying again: %s", error)
                await asyncio.sleep(1)

    async def _listen(self, ear: psycopg.AsyncConnection[Any]) -> None:
        tail = Tail(await self._newest(ear))
        # what came between the opening of a stream and this moment nobody will tell it of
        self._tell_all(RESYNC)
        beaten = read = time.monotonic()
        while True:
            if time.monotonic() - beaten > HEARTBEAT:
                beaten = time.monotonic()
                self._tell_all(BEAT)
            heard = [notice async for notice in ear.notifies(timeout=1, stop_after=1)]
            whispers = [notice.payload for notice in heard if notice.channel == WHISPERS]
            self._pass_on(whispers)
            if len(whispers) < max(len(heard), 1) or time.monotonic() - read > 1:
                read = time.monotonic()
                await self._read_on(ear, tail)

    async def _read_on(self, ear: psycopg.AsyncConnection[Any], tail: Tail) -> None:
        while True:
            async with ear.transaction():
                await ear.execute(_ALL)
                found = await (await ear.execute(_READ, [tail.floor, BATCH])).fetchall()
                rows = tail.fresh([EventRow(*row) for row in found], now=time.monotonic())
                pointers = await self._pointers(ear, rows)
            self._hand_out(pointers)
            if len(found) < BATCH or not rows:
                break

    def _pass_on(self, whispers: list[str]) -> None:
        """Hand what nobody keeps to who watches its topic; it has no id, so that a reconnect never asks for it."""
        for said in whispers:
            workspace_id, topic, name, facts = json.loads(said)
            if name == PRESENCE:
                presence.hear(workspace_id, facts)
            watchers = self.streams.get((workspace_id, topic))
            if watchers:
                data = json.dumps(facts, ensure_ascii=False)
                for stream in tuple(watchers):
                    stream.put(f"event: {name}\ndata: {data}\n\n".encode())

    async def _newest(self, ear: psycopg.AsyncConnection[Any]) -> int:
        async with ear.transaction():
            await ear.execute(_ALL)
            row = await (await ear.execute("SELECT coalesce(max(id), 0) FROM events_event")).fetchone()
        return int(row[0]) if row else 0

    async def _pointers(
        self, ear: psycopg.AsyncConnection[Any], rows: list[EventRow]
    ) -> dict[tuple[Key, str], int]:
        """Return {((workspace, watched topic), pointer): newest event id}, each pointer once a batch."""
        pointers: dict[tuple[Key, str], int] = {}
        talks: dict[int, dict[int, int]] = defaultdict(dict)
        for row in rows:
            if row.name in {"TokenRevoked", "WorkspaceChanged", "AgentDeactivated"}:
                accounts.seats.forget()
                accounts.tokens.forget()
                accounts.facts.forget()
                accounts.brands.forget()
                accounts.acknowledging.forget()
            elif row.name == "HoursChanged":
                hours.known.forget()
            noun, _, number = row.topic.partition(":")
            pointers[((row.workspace_id, row.topic), row.topic)] = row.id
            if noun == "conversation" and number.isdigit():
                pointers[((row.workspace_id, "inbox"), row.topic)] = row.id
                talks[row.workspace_id][int(number)] = row.id
            elif noun == "view":
                pointers[((row.workspace_id, "inbox"), row.topic)] = row.id
        if any(topic.startswith("chat:") for _ws, topic in self.streams):
            for workspace_id, numbers in talks.items():
                found = await ear.execute(_SOURCES, [workspace_id, list(numbers)])
                for conversation_id, source in await found.fetchall():
                    pointers[((workspace_id, source), "messages")] = numbers[conversation_id]
        return pointers

    def _hand_out(self, pointers: dict[tuple[Key, str], int]) -> None:
        for (key, pointer), event_id in pointers.items():
            watchers = self.streams.get(key)
            if watchers:
                block = f"id: {event_id}\nevent: changed\ndata: {pointer}\n\n".encode()
                for stream in tuple(watchers):
                    stream.put(block)
                self.delivered += len(watchers)

    def _tell_all(self, block: bytes) -> None:
        for stream in {stream for watchers in self.streams.values() for stream in watchers}:
            stream.put(block)


async def missed(workspace_id: int, topics: list[str], last_event_id: int) -> list[str] | None:
    """Return what changed since 10 s before an event, as pointers; None when that event is not known (any more)."""
    connection = await psycopg.AsyncConnection.connect(**connection_params(), autocommit=True)
    async with connection, connection.transaction():
        await connection.execute(_ALL)
        known = await connection.execute(
            "SELECT 1 FROM events_event WHERE id = %s AND workspace_id = %s", [last_event_id, workspace_id]
        )
        if await known.fetchone() is None:
            return None
        rows = await (await connection.execute(_LATER, [workspace_id, last_event_id])).fetchall()
    changed = {row[0] for row in rows}
    conversations = {topic for topic in changed if topic.startswith(("conversation:", "view:"))}
    wanted = {topic for topic in changed if topic in topics}
    return sorted(wanted | (conversations if "inbox" in topics else set()))


hub = Hub()

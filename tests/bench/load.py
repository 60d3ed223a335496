"""Senders for the bench: bare HTTP/1.1 over kept connections, so that the client costs as little as it can."""

import asyncio
import json
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field


@dataclass
class Answers:
    """What came back: seconds each call took, statuses, and how long it all took."""

    seconds: list[float] = field(default_factory=list)
    statuses: dict[int, int] = field(default_factory=dict)
    elapsed: float = 0.0

    @property
    def rate(self) -> float:
        """Return calls per second."""
        return len(self.seconds) / self.elapsed if self.elapsed else 0.0

    def quantile(self, share: float) -> float:
        """Return the time within which that share of calls was answered, in milliseconds."""
        ordered = sorted(self.seconds)
        return ordered[min(len(ordered) - 1, int(len(ordered) * share))] * 1000


def post(path: str, token: str, body: object) -> bytes:
    """Return one POST as bytes."""
    data = json.dumps(body, ensure_ascii=False).encode()
    head = (
        f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {token}\r\n"
        f"Content-Type: application/json\r\nContent-Length: {len(data)}\r\n\r\n"
    )
    return head.encode() + data


def get(path: str, headers: dict[str, str]) -> bytes:
    """Return one GET as bytes."""
    lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    return f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n{lines}\r\n".encode()


async def _answer(reader: asyncio.StreamReader) -> int:
    head = await reader.readuntil(b"\r\n\r\n")
    status = int(head[9:12])
    lower = head.lower()
    if b"transfer-encoding: chunked" in lower:
        while size := int(await reader.readline(), 16):
            await reader.readexactly(size + 2)
        await reader.readline()
    else:
        place = lower.index(b"content-length:")
        await reader.readexactly(int(lower[place + 15 : lower.index(b"\r\n", place)]))
    return status


async def _sender(port: int, calls: Iterator[bytes], answers: Answers, until: float) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        for call in calls:
            if time.perf_counter() > until:
                return
            start = time.perf_counter()
            writer.write(call)
            status = await _answer(reader)
            answers.seconds.append(time.perf_counter() - start)
            answers.statuses[status] = answers.statuses.get(status, 0) + 1
    finally:
        writer.close()


async def _all(port: int, senders: int, make: Callable[[int], Iterator[bytes]], seconds: float) -> Answers:
    answers = Answers()
    start = time.perf_counter()
    await asyncio.gather(*(_sender(port, make(n), answers, start + seconds) for n in range(senders)))
    answers.elapsed = time.perf_counter() - start
    return answers


def run(
    port: int, make: Callable[[int], Iterator[bytes]], *, senders: int = 8, seconds: float = 5.0
) -> Answers:
    """Let `senders` send what `make(number)` yields until it ends or the time is over."""
    return asyncio.run(_all(port, senders, make, seconds))

"""A thousand streams on one process, beside a hub that does nothing else."""

import asyncio
import resource
import sys
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import psutil

from tests.bench.browser import PASSWORD, log_in
from tests.bench.load import post, run
from tests.bench.meter import cpu, processes
from tests.bench.sections import Figures, Size, section
from tests.serving import Desk, a_desk

EVENTS = 40
STREAMS = 1000


async def _watch(
    port: int, cookie: str, heard: list[int], ready: asyncio.Semaphore, end: asyncio.Event
) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(f"GET /live?topics=inbox HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: {cookie}\r\n\r\n".encode())
    await reader.readuntil(b"hello")
    ready.release()
    seen: set[bytes] = set()
    while not end.is_set():
        try:
            line = await asyncio.wait_for(reader.readline(), 1)
        except TimeoutError:
            continue
        if line.startswith(b"data: conversation:"):
            seen.add(line)
    heard.append(len(seen))
    writer.close()


def _each(calls: list[bytes], _number: int) -> Iterator[bytes]:
    return iter(calls)


async def _crowd(desk: Desk, cookie: str, token: str, streams: int) -> tuple[float, list[int]]:
    heard: list[int] = []
    ready, end = asyncio.Semaphore(0), asyncio.Event()
    watchers = []
    for low in range(0, streams, 50):
        watchers += [
            asyncio.create_task(_watch(desk.port, cookie, heard, ready, end))
            for _ in range(min(50, streams - low))
        ]
        for _ in range(min(50, streams - low)):
            await ready.acquire()
    await asyncio.sleep(2)
    before = cpu(desk)["web"]
    for n in range(EVENTS):
        body = {"external_id": f"live-{n}", "from": {"handle": f"live-{n}"}, "text": "Hei!"}
        calls = [post("/api/v1/messages", token, body)]
        await asyncio.to_thread(run, desk.port, partial(_each, calls), senders=1, seconds=5)
        await asyncio.sleep(0.1)
    await asyncio.sleep(3)
    used = cpu(desk)["web"] - before
    end.set()
    await asyncio.gather(*watchers)
    return used, heard


async def _bare(streams: int, blocks: int) -> float:
    """CPU seconds of a hub that only writes `blocks` to `streams` sockets, in a process of its own."""
    code = (
        "import asyncio, sys\n"
        "async def main():\n"
        "    writers = []\n"
        "    async def join(r, w):\n"
        "        await r.readuntil(b'\\r\\n\\r\\n'); w.write(b'hello'); writers.append(w)\n"
        "    server = await asyncio.start_server(join, '127.0.0.1', 0, backlog=2000)\n"
        "    print(server.sockets[0].getsockname()[1], flush=True)\n"
        f"    while len(writers) < {streams}: await asyncio.sleep(0.1)\n"
        "    await asyncio.sleep(2)\n"
        f"    for n in range({blocks}):\n"
        "        queues = [asyncio.Queue() for _ in writers]\n"
        "        for q in queues: q.put_nowait(b'id: %d\\nevent: changed\\ndata: conversation:%d\\n\\n' % (n, n))\n"
        "        for q, w in zip(queues, writers): w.write(await q.get())\n"
        "        await asyncio.gather(*(w.drain() for w in writers)); await asyncio.sleep(0.1)\n"
        "    print('done', flush=True); await asyncio.sleep(5)\n"
        "asyncio.run(main())\n"
    )
    process = await asyncio.create_subprocess_exec(sys.executable, "-c", code, stdout=asyncio.subprocess.PIPE)
    port = int((await process.stdout.readline()).strip())

    async def listen() -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(b"GET / HTTP/1.1\r\n\r\n")
        try:
            while await reader.read(65536):
                pass
        finally:
            writer.close()

    listeners = [asyncio.create_task(listen()) for _ in range(streams)]
    await asyncio.sleep(2)
    meter = psutil.Process(process.pid)
    start = meter.cpu_times()
    assert (await process.stdout.readline()).strip() == b"done"
    end = meter.cpu_times()
    process.kill()
    for listener in listeners:
        listener.cancel()
    await asyncio.gather(*listeners, return_exceptions=True)
    await process.wait()
    return end.user + end.system - start.user - start.system


@section("live")
def measure(home: Path, size: Size) -> Figures:
    """Measure CPU per delivery of the web process against the bare hub, and count what was lost."""
    streams = 100 if size.name == "tiny" else STREAMS
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, min(hard, 8192)), hard))
    with a_desk(home) as desk:
        desk.run("workspace", "create", "live")
        desk.run("agent", "add", "greta@live.example", "--workspace", "live", "--password", PASSWORD)
        token = desk.run("token", "create", "--workspace", "live")
        cookie = log_in(desk, "greta@live.example")
        used, heard = asyncio.run(_crowd(desk, cookie, token, streams))
        lost = sum(EVENTS - number for number in heard)
        rest = processes(desk)["web"]
        time.sleep(0.1)
    delivered = EVENTS * streams
    bare = asyncio.run(_bare(streams, EVENTS))
    return {
        "streams on one process": f"{streams} ({len(rest)} web processes with the keeper)",
        "conversations told, pointers lost (aim 0)": f"{EVENTS} to each, {lost} lost",
        "CPU microseconds per delivery, whole web process": f"{used / delivered * 1e6:.1f}",
        "CPU microseconds per delivery, bare hub": f"{bare / delivered * 1e6:.1f}",
        "ratio (aim 2 or less)": f"{used / bare:.2f}",
    }

"""Mail in by our own SMTP listener: until it is stored, and until an agent can read it."""

import asyncio
import itertools
import time
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg

from tests.bench import raw
from tests.bench.browser import House, a_house
from tests.bench.load import Answers
from tests.bench.meter import Spent, at_rest, cpu, facts, spent
from tests.bench.sections import Figures, Size, section
from tests.bench.watch import Watcher
from tests.serving import Desk, a_desk

SENDERS = 8
_BODY = (
    "Hei, missä tilaukseni KSL-{number} on? Odotan jo kolmatta viikkoa, ja seuranta ei ole muuttunut.\r\n"
    "Tilasin lampun ja kaksi huopaa lahjaksi, ja juhlat ovat lauantaina. Voisitteko tarkistaa, onko\r\n"
    "paketti jumissa tullissa? Maksu lähti tililtäni heti, ja kuitti on tallella.\r\n"
)


def letters(house_address: str, *, number: int | None = None) -> Iterator[tuple[str, bytes]]:
    """Yield (sender, mail of about 1 kB), each from somebody new."""
    tag = uuid.uuid4().hex[:8]
    for n in itertools.islice(itertools.count(), number):
        sender = f"customer-{tag}-{n}@example.com"
        text = _BODY.format(number=f"{tag}{n}") * 2
        head = (
            f"Received: from mx.example.com (mx.example.com [192.0.2.7]) by mail.shop.example; Fri, 27 Nov 2026 02:00:00 +0200\r\n"
            f"From: Customer {n} <{sender}>\r\nTo: {house_address}\r\nSubject: Tilaus KSL-{tag}{n}\r\n"
            f"Date: Fri, 27 Nov 2026 02:00:00 +0200\r\nMessage-ID: <{tag}-{n}@example.com>\r\nMIME-Version: 1.0\r\n"
            "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
        )
        yield sender, (head + text).encode()


async def _reply(reader: asyncio.StreamReader) -> int:
    while True:
        line = await reader.readline()
        if line[3:4] != b"-":
            return int(line[:3])


Talk = tuple[asyncio.StreamReader, asyncio.StreamWriter]


async def _greeted(port: int) -> Talk:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    await _reply(reader)
    writer.write(b"EHLO mx.example.com\r\n")
    await _reply(reader)
    return reader, writer


async def _send_one(talk: Talk, to: str, sender: str, mail: bytes, answers: Answers) -> None:
    reader, writer = talk
    start = time.perf_counter()
    # pipelined, as every mail server of today does
    writer.write(f"MAIL FROM:<{sender}> BODY=8BITMIME\r\nRCPT TO:<{to}>\r\nDATA\r\n".encode())
    codes = [await _reply(reader) for _ in range(3)]
    assert codes == [250, 250, 354], codes
    writer.write(mail + b".\r\n")
    code = await _reply(reader)
    answers.seconds.append(time.perf_counter() - start)
    answers.statuses[code] = answers.statuses.get(code, 0) + 1


async def _send(
    port: int, to: str, mails: Iterator[tuple[str, bytes]], answers: Answers, until: float
) -> None:
    talk = await _greeted(port)
    for sender, mail in mails:
        if time.perf_counter() > until:
            break
        await _send_one(talk, to, sender, mail, answers)
    talk[1].close()


async def _crowd(port: int, to: str, senders: int, each: int | None, seconds: float) -> Answers:
    answers, start = Answers(), time.perf_counter()
    await asyncio.gather(
        *(_send(port, to, letters(to, number=each), answers, start + seconds) for _ in range(senders))
    )
    answers.elapsed = time.perf_counter() - start
    return answers


def deliver(
    desk: Desk, house: House, *, senders: int, each: int | None = None, seconds: float = 60
) -> Answers:
    """Send mails by SMTP over kept connections until each sender sent `each` or the time is over."""
    return asyncio.run(_crowd(desk.mail_port, house.mailbox, senders, each, seconds))


def count(desk: Desk, house: House) -> int:
    """Return how many messages a workspace has."""
    with psycopg.connect(raw.address(desk)) as connection:
        found = connection.execute(
            "SELECT count(*) FROM conversations_message WHERE workspace_id = %s AND direction = 'in'",
            [house.workspace],
        )
        return int(found.fetchone()[0])


def until_readable(
    desk: Desk, house: House, watcher: Watcher, rest: dict[str, float], send: Callable[[], Answers]
) -> tuple[Answers, float, Spent]:
    """Send, wait until all can be read, and return the answers, the seconds it took in all, and the cost of a mail."""
    had = count(desk, house)
    before, looked = cpu(desk), watcher.cost()
    start = time.perf_counter()
    answers = send()
    watcher.wait()
    elapsed = time.perf_counter() - start
    number = len(answers.seconds)
    looked = (watcher.cost() - looked) / number
    cost = spent(before, cpu(desk), operations=number)
    assert set(answers.statuses) <= {250, 201}, answers.statuses
    assert count(desk, house) - had == number, "a mail was lost, or came twice"
    parts = {part: max(0.0, ms - rest[part] * elapsed / number) for part, ms in cost.parts.items()}
    return answers, elapsed, Spent({**parts, "database": max(0.0, parts["database"] - looked)})


async def _one_by_one(port: int, to: str, watcher: Watcher, number: int) -> Answers:
    answers, sent, began = Answers(), Answers(), time.perf_counter()
    talk = await _greeted(port)
    for sender, mail in letters(to, number=number):
        start = time.perf_counter()
        await _send_one(talk, to, sender, mail, sent)
        watcher.wait()
        answers.seconds.append(time.perf_counter() - start)
    talk[1].close()
    answers.statuses, answers.elapsed = sent.statuses, time.perf_counter() - began
    return answers


def one_at_a_time(desk: Desk, house: House, watcher: Watcher, *, number: int) -> Answers:
    """Send one over a kept connection, wait until it can be read, send the next; the seconds are those until then."""
    return asyncio.run(_one_by_one(desk.mail_port, house.mailbox, watcher, number))


@section("mail")
def measure(home: Path, size: Size) -> Figures:
    """Measure mails of 1 kB from 1 and from 8 senders, stored and readable, the raw limits beside."""
    figures: Figures = {}
    with a_desk(home) as desk:
        house = a_house(desk, "mail", mailbox=True)
        watcher = Watcher(desk)
        deliver(desk, house, senders=SENDERS, each=30)
        watcher.wait()
        rest = at_rest(desk)
        for senders in (1, SENDERS):
            answers, elapsed, cost = until_readable(
                desk,
                house,
                watcher,
                rest,
                lambda: deliver(desk, house, senders=senders, seconds=size.seconds),  # noqa: B023 (called at once)
            )
            whom = "1 sender" if senders == 1 else f"{senders} senders"
            kept = raw.kept(desk, house.workspace, connections=senders, seconds=size.seconds / 2)
            whole = raw.one_by_one(
                desk, house.workspace, house.brand, connections=senders, seconds=size.seconds / 2
            )
            figures[f"stored, {whom}"] = facts(answers, cost, limit=kept, unit="msg/s")
            answers.elapsed = elapsed
            figures[f"readable, {whom}"] = facts(answers, cost, limit=whole, unit="msg/s")
        answers, _elapsed, cost = until_readable(
            desk, house, watcher, rest, lambda: one_at_a_time(desk, house, watcher, number=size.repeat)
        )
        figures["readable, one at a time"] = facts(answers, cost, unit="msg/s")
        answers, elapsed, cost = until_readable(
            desk,
            house,
            watcher,
            rest,
            lambda: deliver(desk, house, senders=50, each=max(2, size.repeat // 4)),
        )
        answers.elapsed = elapsed
        figures["readable, a burst from 50 senders"] = facts(answers, cost, unit="msg/s")
    return figures

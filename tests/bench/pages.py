"""Reading: the inbox, a thread, a search, a reply; from ten thousand conversations and from a million."""

import http.cookiejar
import re
import urllib.parse
import urllib.request
from pathlib import Path

import psycopg

from tests.bench import raw
from tests.bench.fill import fill
from tests.bench.load import Answers, get, post, run
from tests.bench.meter import Spent, cpu, spent
from tests.serving import Desk, a_desk

FEW = 10_000
PASSWORD = "bench bench bench"
REPEAT = 150


def _log_in(desk: Desk, email: str) -> str:
    """Return the cookies of a log-in made as a browser does."""
    jar = http.cookiejar.CookieJar()
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar))
    page = browser.open(desk.url + "/login").read().decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)[1]
    form = {"csrfmiddlewaretoken": token, "login": email, "password": PASSWORD}
    request = urllib.request.Request(
        desk.url + "/login", urllib.parse.urlencode(form).encode(), {"Referer": desk.url + "/login"}
    )
    assert "/login" not in browser.open(request).url, "the log-in failed"
    return "; ".join(f"{cookie.name}={cookie.value}" for cookie in jar)


def _read(desk: Desk, path: str, headers: dict[str, str], *, number: int = REPEAT) -> tuple[Answers, Spent]:
    run(desk.port, lambda _n: iter([get(path, headers)] * 10), senders=1, seconds=60)
    before = cpu(desk)
    answers = run(desk.port, lambda _n: iter([get(path, headers)] * number), senders=1, seconds=120)
    assert set(answers.statuses) == {200}, (path, answers.statuses)
    return answers, spent(before, cpu(desk), operations=len(answers.seconds))


def _house(desk: Desk, slug: str, *, number: int) -> tuple[str, str, int]:
    desk.run("workspace", "create", slug)
    desk.run("agent", "add", f"greta@{slug}.example", "--workspace", slug, "--password", PASSWORD)
    token = desk.run("token", "create", "--workspace", slug)
    with psycopg.connect(raw.address(desk)) as connection:
        workspace, brand = connection.execute(
            "SELECT workspace_id, id FROM accounts_brand WHERE slug = %s", [slug]
        ).fetchone()
    fill(desk, workspace, brand, number=number)
    return _log_in(desk, f"greta@{slug}.example"), token, workspace


def measure(home: Path, *, many: int) -> dict[str, object]:
    """Measure pages through the front door of one running installation."""
    with a_desk(home) as desk:
        few_cookie, few_token, _few = _house(desk, "few", number=FEW)
        many_cookie, many_token, workspace = _house(desk, "many", number=many)
        inbox = "/?view=open"
        first, first_cost = _read(desk, inbox, {"Cookie": few_cookie})
        second, second_cost = _read(desk, inbox, {"Cookie": many_cookie})
        again, _ = _read(desk, inbox, {"Cookie": few_cookie})
        few_p95 = (first.quantile(0.95) + again.quantile(0.95)) / 2
        listed, list_cost = _read(
            desk, "/api/v1/conversations?limit=25", {"Authorization": f"Bearer {many_token}"}
        )
        conversation = _thread(desk, workspace)
        thread, thread_cost = _read(desk, f"/conversations/{conversation}", {"Cookie": many_cookie})
        found, search_cost = _read(
            desk, f"/api/v1/conversations?q=ksl{conversation}", {"Authorization": f"Bearer {many_token}"}
        )
        common, _cost = _read(
            desk, "/api/v1/conversations?q=lamp", {"Authorization": f"Bearer {many_token}"}, number=40
        )
        reply = _reply(desk, many_token, conversation)
        return {
            f"inbox page of 25 (HTML), p95 ratio {many:,} to {FEW:,} (aim 1.3)": f"{second.quantile(0.95) / few_p95:.2f}",
            "inbox page, CPU-ms, 10,000": str(first_cost),
            f"inbox page, CPU-ms, {many:,} (aim 6)": str(second_cost),
            f"the same list by API, CPU-ms, {many:,}": str(list_cost),
            "thread of 20 messages (HTML), CPU-ms": str(thread_cost),
            f"search for an order number in {many:,}, CPU-ms": str(search_cost),
            "search: p95 of a common word to that of an order number": f"{common.quantile(0.95) / found.quantile(0.95):.2f}",
            "reply by API, CPU-ms": str(reply),
            "p50 / p95 ms, for orientation (inbox, thread, search)": " · ".join(
                f"{one.quantile(0.5):.0f}/{one.quantile(0.95):.0f}" for one in (second, thread, found)
            ),
        }


def _thread(desk: Desk, workspace: int) -> int:
    """Give one conversation 20 messages and return its number."""
    with psycopg.connect(raw.address(desk), autocommit=True) as connection:
        number = connection.execute(
            "SELECT max(id) FROM conversations_conversation WHERE workspace_id = %s", [workspace]
        ).fetchone()[0]
        connection.execute(
            """INSERT INTO conversations_message (workspace_id, conversation_id, direction, channel, source, author,
               text, html, quoted, language, original, original_language, engine, marks, meta, delivery, failure,
               attempts) SELECT workspace_id, conversation_id, 'in', channel, source, author,
               text || ' ' || n, '', '', language, '', '', '', '[]', '{}', '', '', 0
               FROM conversations_message, generate_series(1, 19) n WHERE conversation_id = %s""",
            [number],
        )
    return int(number)


def _reply(desk: Desk, token: str, conversation: int, *, number: int = 60) -> Spent:
    path = f"/api/v1/conversations/{conversation}/replies"
    call = post(path, token, {"text": "Kiitos viestistänne.", "language": "fi"})
    run(desk.port, lambda _n: iter([call] * 5), senders=1, seconds=30)
    before = cpu(desk)
    answers = run(desk.port, lambda _n: iter([call] * number), senders=1, seconds=60)
    assert set(answers.statuses) == {201}, answers.statuses
    return spent(before, cpu(desk), operations=number)

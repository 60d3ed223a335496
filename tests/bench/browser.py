"""A workspace to measure in: its agent logged in as a browser does, its token, its mailbox."""

import http.cookiejar
import re
import subprocess
import sys
import urllib.parse
import urllib.request
from dataclasses import dataclass

import psycopg

from tests.bench import raw
from tests.bench.load import get, post
from tests.serving import Desk

PASSWORD = "bench bench bench"
_MAILBOX = """
import sys, django; django.setup()
from dragoman.core.accounts.queries import get_brand, get_workspace
from dragoman.core.connections.actions import add_mailbox
from dragoman.kit import workspace
w = get_workspace(sys.argv[1])
with workspace.acting_in(w.pk): add_mailbox(get_brand(w.pk), address=sys.argv[2])
"""


@dataclass(frozen=True)
class House:
    """One workspace: who asks (cookie, token), and where its mail goes."""

    slug: str
    workspace: int
    brand: int
    cookie: str
    token: str

    @property
    def mailbox(self) -> str:
        """Return the address of its mailbox."""
        return f"help@{self.slug}.example"

    def page(self, path: str) -> bytes:
        """Return a browser's GET."""
        return get(path, {"Cookie": self.cookie, "Accept": "text/html"})

    def api(self, path: str) -> bytes:
        """Return a program's GET."""
        return get(path, {"Authorization": f"Bearer {self.token}"})

    def post(self, path: str, body: object) -> bytes:
        """Return a program's POST."""
        return post(path, self.token, body)


def a_house(desk: Desk, slug: str, *, mailbox: bool = False) -> House:
    """Make a workspace with an agent, a token and, where asked for, a mailbox."""
    desk.run("workspace", "create", slug)
    desk.run("agent", "add", f"greta@{slug}.example", "--workspace", slug, "--password", PASSWORD)
    token = desk.run("token", "create", "--workspace", slug)
    with psycopg.connect(raw.address(desk)) as connection:
        workspace, brand = connection.execute(
            "SELECT workspace_id, id FROM accounts_brand WHERE slug = %s", [slug]
        ).fetchone()
    house = House(slug, workspace, brand, log_in(desk, f"greta@{slug}.example"), token)
    if mailbox:
        inside(desk, _MAILBOX, slug, house.mailbox)
    return house


def inside(desk: Desk, code: str, *words: str) -> str:
    """Run Python inside an installation, beside its processes; return what it printed."""
    environ = {**desk.environ(), "DJANGO_SETTINGS_MODULE": "dragoman.config.settings"}
    done = subprocess.run(
        [sys.executable, "-c", code, *words],
        env=environ,
        check=False,
        capture_output=True,
        text=True,
        cwd=desk.home,
    )
    if done.returncode:
        raise RuntimeError(done.stderr[-2000:])
    return done.stdout


def log_in(desk: Desk, email: str) -> str:
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

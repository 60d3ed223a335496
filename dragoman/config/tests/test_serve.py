"""The supervisor keeps two small stand-ins alive, and ends with all of them."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from dragoman.config.changes import Changes
from dragoman.config.serve import ServeError, check_port
from dragoman.ground.database import postmaster
from dragoman.ground.database.postmaster import running
from tests.serving import free_port

ROOT = Path(__file__).resolve().parents[3]
WEB = """
import http.server, pathlib, sys
pathlib.Path(sys.argv[2]).open("a").write(f"{__import__('os').getpid()}\\n")
http.server.HTTPServer(("127.0.0.1", int(sys.argv[1])), http.server.SimpleHTTPRequestHandler).serve_forever()
"""
STUBBORN = """
import pathlib, signal, sys, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
pathlib.Path(sys.argv[1]).open("a").write(f"{__import__('os').getpid()}\\n")
time.sleep(600)
"""
SUPERVISOR = """
import os, sys
from dragoman.config.serve import serve
programs = {"web": [sys.executable, sys.argv[2], sys.argv[1], sys.argv[3]],
            "worker": [sys.executable, sys.argv[4], sys.argv[5]]}
loaded = {"django", "psycopg", "pydantic"} & set(sys.modules)
assert not loaded, loaded
sys.exit(serve(host="127.0.0.1", port=int(sys.argv[1]), environ=os.environ, programs=programs))
"""


class House:
    """One supervisor over a stand-in for web, and one for a worker that does not want to end."""

    def __init__(self, folder: Path, *, web: str = WEB, database: str = "postgresql://some/where") -> None:
        self.port = free_port()
        self.web_pids, self.worker_pids = folder / "web.pids", folder / "worker.pids"
        (folder / "web.py").write_text(web)
        (folder / "worker.py").write_text(STUBBORN)
        arguments = [self.port, folder / "web.py", self.web_pids, folder / "worker.py", self.worker_pids]
        self.process = subprocess.Popen(
            [sys.executable, "-c", SUPERVISOR, *map(str, arguments)],
            cwd=ROOT,
            env={**os.environ, "DATABASE_URL": database, "DRAGOMAN_HOME": str(folder)},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            text=True,
        )

    def pids(self) -> list[int]:
        files = [path for path in (self.web_pids, self.worker_pids) if path.exists()]
        return [int(line) for path in files for line in path.read_text().split()]

    def alive(self) -> list[int]:
        return [pid for pid in self.pids() if is_alive(pid)]

    def line(self) -> str:
        assert self.process.stdout is not None
        return self.process.stdout.readline().strip()


def is_alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().split()[2] != "Z"
    except OSError:
        return False


def eventually(condition: Callable[[], bool], *, seconds: float = 20) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if condition():
            return True
        time.sleep(0.05)
    return False


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    made = House(tmp_path)
    yield made
    made.process.kill()
    made.process.wait()
    for pid in made.alive():
        os.kill(pid, signal.SIGKILL)
    if made.process.stdout:
        made.process.stdout.close()


def test_it_says_where_it_runs_and_a_signal_ends_all_of_it_within_ten_seconds(house: House) -> None:
    assert house.line() == f"Dragoman runs on http://127.0.0.1:{house.port} (Ctrl-C stops it)"
    assert eventually(lambda: len(house.alive()) == 2)
    asked = time.monotonic()
    house.process.send_signal(signal.SIGTERM)
    assert house.process.wait(timeout=20) == 0
    assert time.monotonic() - asked < 10
    assert house.alive() == []


def test_a_second_interrupt_does_not_wait_for_the_stubborn(house: House) -> None:
    house.line()
    assert eventually(lambda: len(house.alive()) == 2)
    house.process.send_signal(signal.SIGINT)
    time.sleep(0.3)
    house.process.send_signal(signal.SIGINT)
    house.process.wait(timeout=3)
    assert house.alive() == []


def test_a_killed_child_is_started_again(house: House) -> None:
    house.line()
    assert eventually(lambda: len(house.alive()) == 2)
    first = int(house.web_pids.read_text().split()[0])
    os.kill(first, signal.SIGKILL)
    assert house.line() == "web ended with status -9; starting it again."
    assert eventually(lambda: len(house.web_pids.read_text().split()) == 2)
    assert eventually(lambda: not _is_free(house.port))


def test_children_do_not_outlive_a_killed_supervisor(tmp_path: Path) -> None:
    house = House(tmp_path)
    house.line()
    house.process.kill()
    house.process.wait()
    web = int(house.web_pids.read_text().split()[0])
    assert eventually(lambda: not is_alive(web), seconds=5)
    for pid in house.alive():
        os.kill(pid, signal.SIGKILL)
    if house.process.stdout:
        house.process.stdout.close()


def test_it_gives_up_on_a_child_that_never_stays(tmp_path: Path) -> None:
    house = House(tmp_path, web="raise SystemExit('no such setting')")
    said = house.process.communicate(timeout=40)[0]
    assert house.process.returncode == 1
    assert "web ended 5 times in a row" in said
    assert house.alive() == []


def test_a_killed_database_is_started_again_and_ends_with_us(tmp_path: Path) -> None:
    house = House(tmp_path, database="")
    house.line()
    assert eventually(lambda: len(house.alive()) == 2)
    folder = postmaster.folder_of(tmp_path)
    first = postmaster.postmaster_pid(folder)
    assert first is not None
    os.kill(first, signal.SIGKILL)
    assert house.line() == "The database had ended; it was started again."
    assert running(tmp_path)
    os.kill(int(house.worker_pids.read_text().split()[0]), signal.SIGKILL)
    house.process.terminate()
    assert house.process.wait(timeout=20) == 0
    assert not postmaster.is_occupied(folder)
    if house.process.stdout:
        house.process.stdout.close()
    postmaster.discard(tmp_path)


def test_saving_adding_and_removing_source_is_seen_once(tmp_path: Path) -> None:
    source = tmp_path / "inner" / "module.py"
    source.parent.mkdir()
    source.write_text("x = 1\n")
    changes = Changes(tmp_path)
    assert not changes.is_any()
    os.utime(source, ns=(1, source.stat().st_mtime_ns + 1))
    assert [changes.is_any(), changes.is_any()] == [True, False]
    source.unlink()
    assert changes.is_any()


def test_a_taken_port_is_refused_with_the_way_out() -> None:
    with socket.create_server(("127.0.0.1", 0)) as squatter:
        port = squatter.getsockname()[1]
        with pytest.raises(ServeError, match=rf"Port {port} is taken .* PORT={port + 1}"):
            check_port("127.0.0.1", port)


def _is_free(port: int) -> bool:
    try:
        check_port("127.0.0.1", port)
    except ServeError:
        return False
    return True

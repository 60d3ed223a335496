"""The zero-install PostgreSQL: made, started and adopted under our own hand; `DATABASE_URL` wins over it.

`python -m dragoman.ground.database.cluster HOME` starts it from a process that wants to stay light itself.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import secrets
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import psycopg

from dragoman.ground.database import binaries, postmaster, roles
from dragoman.ground.database.binaries import Account, Binaries
from dragoman.ground.database.postmaster import ClusterError, running, stop

__all__ = ["Cluster", "ClusterError", "database_url", "running", "start", "stop"]

STATE = Path("/var/lib")
PREPARED = "1"  # raise it when roles.py changes, and running clusters are prepared anew
LOG_LIMIT = 5_000_000  # bytes
SETTINGS = """
# Dragoman's own lines: small memory, nothing but loopback. Yours below them win.
unix_socket_directories = ''
shared_buffers = 32MB
max_connections = 60
jit = off
huge_pages = off
max_logical_replication_workers = 0
random_page_cost = 1.1
timezone = 'UTC'
log_timezone = 'UTC'
log_checkpoints = off
# a fresh table is unknown to the planner, and walked whole, until this has come by
autovacuum_naptime = 10s
"""


@dataclass(frozen=True)
class Cluster:
    """A running embedded database."""

    folder: Path
    port: int
    password: str

    @property
    def url(self) -> str:
        """The address of the database `dragoman` for its owner."""
        return f"postgresql://{roles.OWNER}:{self.password}@127.0.0.1:{self.port}/{roles.OWNER}"


def database_url(environ: Mapping[str, str], home: Path) -> str:
    """The database to use: DATABASE_URL as it is, else the embedded one under `home`, started if need be."""
    return environ.get("DATABASE_URL") or start(home, environ=environ).url


def start(home: Path, *, environ: Mapping[str, str] | None = None) -> Cluster:
    """Start the embedded database or adopt the running one; raises ClusterError with what to do."""
    home = home.resolve()
    home.mkdir(parents=True, exist_ok=True)
    try:
        with _only_starter(home):
            return _greeted(home, environ=os.environ if environ is None else environ)
    except PermissionError as error:
        raise ClusterError(
            f"{error.filename} belongs to another user: run as the one who made {home}."
        ) from error


def _greeted(home: Path, *, environ: Mapping[str, str]) -> Cluster:
    """A cluster that let us in: for a moment a killed postmaster still looks alive and ready."""
    deadline = time.monotonic() + postmaster.PATIENCE
    while True:
        cluster = _start(home, environ=environ)
        try:
            _prepare(cluster)
        except psycopg.OperationalError as error:
            if time.monotonic() > deadline:
                raise ClusterError(f"PostgreSQL runs in {cluster.folder} but refuses us: {error}") from error
            time.sleep(0.05)
        else:
            return cluster


def _start(home: Path, *, environ: Mapping[str, str]) -> Cluster:
    folder = postmaster.folder_of(home)
    occupied = folder.is_dir() and postmaster.is_occupied(folder)
    port = postmaster.await_ready(folder) if occupied else None
    if port is None:
        account = binaries.account_for(folder / "data")
        folder = made_folder(home, account=account)
        programs = binaries.find_binaries(environ, folder, account=account)
        if not (folder / "data" / "PG_VERSION").exists():
            _initialise(folder, programs, account=account)
        _check_major(folder, programs)
        port = _launch(folder, programs, account=account)
    return Cluster(folder, port, (folder / "password").read_text())


@contextlib.contextmanager
def _only_starter(home: Path) -> Iterator[None]:
    """Starters of one home queue here: the second finds the work done and adopts it."""
    with (home / "pg.lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def made_folder(home: Path, *, account: Account | None) -> Path:
    """The cluster's folder, made if missing: in home, or linked from there where its user cannot go."""
    folder = postmaster.folder_of(home)
    if folder.is_dir():
        return folder
    (home / "pg").unlink(missing_ok=True)  # a link to a folder that is gone
    if binaries.may_reach(account, home):
        folder.mkdir(mode=0o711)
        folder.chmod(0o711)
        return folder
    _end_orphans(home)
    folder = STATE / f"dragoman-{secrets.token_hex(4)}"
    folder.mkdir()
    folder.chmod(0o711)
    (folder / "home").write_text(str(home))
    (home / "pg").symlink_to(folder)
    return folder


def _end_orphans(home: Path) -> None:
    """Stop what still runs for a home that was removed and made again; its data stays where it is."""
    for mark in STATE.glob("dragoman-*/home"):
        if mark.read_text() == str(home):
            postmaster.stop_in(mark.parent)


def _initialise(folder: Path, programs: Binaries, *, account: Account | None) -> None:
    """Make the cluster beside its place and move it there whole, so that a crash leaves none half made."""
    making = folder / "data.new"
    shutil.rmtree(making, ignore_errors=True)
    making.mkdir(mode=0o700)
    for name in ("password", "admin.password"):
        _write_private(folder / name, secrets.token_urlsafe(24))
    handed = folder / "initdb.password"
    _write_private(handed, (folder / "admin.password").read_text())
    if account is not None:
        for path in (making, handed):
            os.chown(path, account.uid, account.gid)
    # With plain C, letters beyond ASCII are no letters; 17 and newer bring their own C.UTF-8.
    locale = ["--locale=C.UTF-8"]
    if programs.major >= 17:
        locale = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C", "--lc-ctype=C.UTF-8"]
    command = [
        str(programs.folder / "initdb"),
        "-D",
        str(making),
        "-U",
        "postgres",
        "-E",
        "UTF8",
        "-k",
        *locale,
    ]
    command += ["--auth=scram-sha-256", f"--pwfile={handed}", "--no-instructions"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, **binaries.run_as(account))
    handed.unlink()
    if done.returncode:
        raise ClusterError(f"initdb failed in {folder}: {_last_line(done.stderr)}")
    with (making / "postgresql.conf").open("a") as settings:
        # Its three reading processes cost memory and gain nothing at our size.
        settings.write(SETTINGS + ("io_method = sync\n" if programs.major >= 18 else ""))
    making.rename(folder / "data")


def _check_major(folder: Path, programs: Binaries) -> None:
    made_by = (folder / "data" / "PG_VERSION").read_text().strip()
    if made_by != str(programs.major):
        raise ClusterError(
            f"The data in {folder} is PostgreSQL {made_by}'s and the programs are {programs.major}'s: set "
            f"DRAGOMAN_PG_BIN to version {made_by}, or back up with it and restore into a new home "
            "(docs/deploy.md)."
        )


def _launch(folder: Path, programs: Binaries, *, account: Account | None) -> int:
    """Start a postmaster and wait until it is ready, for a while also beside a dying one or a taken port."""
    log = folder / "postgres.log"
    if log.exists() and log.stat().st_size > LOG_LIMIT:
        log.replace(log.with_suffix(".log.1"))
    deadline = time.monotonic() + postmaster.PATIENCE
    while True:
        lock = postmaster.await_free(folder)
        try:
            if postmaster.postmaster_pid(folder) is None:
                # Nobody holds the lock, so this file is a dead one's, its number perhaps another's by now.
                (folder / "data" / "postmaster.pid").unlink(missing_ok=True)
            started_at = log.stat().st_size if log.exists() else 0
            _spawn(folder, programs, account=account, lock=lock)
        finally:
            os.close(lock)
        postmaster.await_pid(folder, seconds=2)
        port = postmaster.await_ready(folder)
        if port is not None:
            return port
        if time.monotonic() > deadline:
            with log.open() as lines:
                lines.seek(started_at)
                raise ClusterError(
                    f"PostgreSQL does not start: {_last_line(lines.read())} (all of it in {log})"
                )
        (folder / "port").unlink(missing_ok=True)
        time.sleep(0.2)


def _spawn(folder: Path, programs: Binaries, *, account: Account | None, lock: int) -> None:
    """Leave a postmaster running in its own session, holding our lock for as long as it or a child lives."""
    command = [str(programs.folder / "postgres"), "-D", str(folder / "data")]
    command += ["-c", "listen_addresses=127.0.0.1", "-p", str(_port(folder))]
    with (folder / "postgres.log").open("ab") as log:
        child = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
            pass_fds=(lock,),
            **binaries.run_as(account),
        )
    # It outlives us on purpose, and postmaster.py reaps by number: this tells Popen that nobody waits here.
    child.returncode = 0


def _port(folder: Path) -> int:
    """The port of last time if it is free, else another free one; kept for the next time."""
    kept = folder / "port"
    wanted = int(kept.read_text()) if kept.exists() else 0
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", wanted))
        except OSError:
            probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    kept.write_text(str(port))
    return port


def _prepare(cluster: Cluster) -> None:
    """Log in, in a place kept free for administrators, and make the roles once."""
    secret = (cluster.folder / "admin.password").read_text()
    admin = f"postgresql://postgres:{secret}@127.0.0.1:{cluster.port}/"
    mark = cluster.folder / "prepared"
    with psycopg.connect(f"{admin}postgres"):
        if mark.exists() and mark.read_text() == PREPARED:
            return
    roles.prepare_cluster(f"{admin}template1", password=cluster.password)
    mark.write_text(PREPARED)


def _write_private(path: Path, text: str) -> None:
    path.unlink(missing_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text)


def _last_line(text: str) -> str:
    lines = [line for line in text.strip().splitlines() if line.strip()]
    return lines[-1].strip() if lines else "it says nothing."


if __name__ == "__main__":
    try:
        start(Path(sys.argv[1]))
    except ClusterError as error:
        sys.exit(str(error))

"""What runs in a cluster's folder: seen, waited for and stopped without a database driver.

A cluster's folder is `<home>/pg` (or what it links to):
`data/` PostgreSQL's own files · `running.lock` held by the postmaster and all its backends while one lives ·
`port`, `password`, `admin.password`, `prepared`, `postgres.log`. This module stays light for the supervisor;
`python -m dragoman.ground.database.postmaster HOME` stops what runs there.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import signal
import socket
import sys
import time
from pathlib import Path

PATIENCE = 10.0  # seconds given to a dying process before we speak of it
RECOVERY = 600.0  # seconds a living postmaster may take to replay its log


class ClusterError(Exception):
    """One sentence for the person at the terminal: why the database cannot be had, and what to do."""


def folder_of(home: Path) -> Path:
    """Where the embedded cluster of a home lives, links followed; it need not exist."""
    return (home.resolve() / "pg").resolve()


def claim(folder: Path) -> int | None:
    """Take the lock that a postmaster inherits; None while any process of the cluster still holds it.

    The kernel frees it when the last of them is gone: neither a zombie nor a reused process number can lie.
    """
    lock = os.open(folder / "running.lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(lock)
        return None
    return lock


def is_occupied(folder: Path) -> bool:
    """Whether any process of the cluster lives, ready or not."""
    if not (folder / "running.lock").exists():
        return False
    lock = claim(folder)
    if lock is None:
        return True
    os.close(lock)
    return postmaster_pid(folder) is not None


def postmaster_pid(folder: Path) -> int | None:
    """The process number of the living postmaster of this cluster, also of one started by hand."""
    lines = _pid_file(folder)
    if not lines or not lines[0].strip().isdigit():
        return None
    pid = int(lines[0])
    _reap(pid)
    try:
        if Path("/proc").exists():
            # A reused number belongs to a process that stands elsewhere; a zombie stands nowhere.
            return pid if os.readlink(f"/proc/{pid}/cwd") == str(folder / "data") else None
        os.kill(pid, 0)
    except OSError:
        return None
    return pid


def ready_port(folder: Path) -> int | None:
    """The TCP port, once the postmaster says it takes connections and does."""
    lines = _pid_file(folder)
    if len(lines) < 8 or lines[7].strip() != "ready" or postmaster_pid(folder) is None:
        return None
    port = int(lines[3])
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=2):
            return port
    except OSError:
        return None


def await_ready(folder: Path) -> int | None:
    """Wait while a postmaster lives until it is ready; its port, or None when it died on the way."""
    deadline = time.monotonic() + RECOVERY
    while time.monotonic() < deadline:
        port = ready_port(folder)
        if port is not None:
            return port
        if postmaster_pid(folder) is None and not await_pid(folder):
            return None
        time.sleep(0.02)
    raise ClusterError(f"PostgreSQL has been recovering for {RECOVERY:.0f} s; see {folder}/postgres.log.")


def await_pid(folder: Path, *, seconds: float = 0.3) -> bool:
    """Whether a postmaster shows itself within a moment: its lock file is written after it starts."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if postmaster_pid(folder) is not None:
            return True
        time.sleep(0.02)
    return False


def await_free(folder: Path) -> int:
    """Wait for the last process of a dead postmaster to leave, and hold the lock; ClusterError after 10 s."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        lock = claim(folder)
        if lock is not None:
            return lock
        time.sleep(0.05)
    raise ClusterError(
        f"A process that is ending still holds the database in {folder}; try again in a minute."
    )


def running(home: Path) -> bool:
    """Whether the embedded database of this home takes connections."""
    folder = folder_of(home)
    return folder.is_dir() and ready_port(folder) is not None


def stop(home: Path) -> bool:
    """End the embedded database and wait until its last process is gone; False when none ran."""
    folder = folder_of(home)
    return folder.is_dir() and stop_in(folder)


def discard(home: Path) -> None:
    """Stop the embedded database of a throw-away home and remove it, also where it lives outside of that home."""
    folder = folder_of(home)
    if folder.is_dir():
        stop_in(folder)
        shutil.rmtree(folder, ignore_errors=True)


def stop_in(folder: Path) -> bool:
    """End the cluster in this folder: fast first, at once after 30 s; False when none ran."""
    if not is_occupied(folder):
        return False
    for how, seconds in ((signal.SIGINT, 30.0), (signal.SIGQUIT, PATIENCE)):
        pid = postmaster_pid(folder)
        if pid is not None:
            os.kill(pid, how)
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            occupied = is_occupied(folder)
            if pid is not None:
                _reap(pid)
            if not occupied:
                return True
            time.sleep(0.02)
    raise ClusterError(f"The database in {folder} does not end; see postgres.log there.")


def _pid_file(folder: Path) -> list[str]:
    try:
        return (folder / "data" / "postmaster.pid").read_text().splitlines()
    except OSError:
        return []


def _reap(pid: int) -> None:
    """Let go of a postmaster that was our own child: as a zombie it would keep its number."""
    try:
        os.waitpid(pid, os.WNOHANG)
    except ChildProcessError:
        pass


if __name__ == "__main__":
    stop(Path(sys.argv[1]))

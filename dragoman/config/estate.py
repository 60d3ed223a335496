"""What an installation consists of, seen from outside: its database, its files, its key."""

from __future__ import annotations

import hashlib
import os
import subprocess
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

import psycopg
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from dragoman.config.environment import environment
from dragoman.ground.database.binaries import Binaries, client_programs
from dragoman.ground.database.cluster import database_url


class BackupError(Exception):
    """One sentence for the person at the terminal: what went wrong, and what to do."""


@dataclass(frozen=True)
class Estate:
    """Where the three parts are; `files` is None when they lie in an object store."""

    home: Path
    url: str
    files: Path | None
    own_key: str  # set by the installer; empty when it is the file under home

    @property
    def key_file(self) -> Path:
        """The secret key that was made at the first start."""
        return self.home / "secret.key"

    @property
    def key(self) -> str:
        """The secret key in use; empty when there is none yet."""
        if self.own_key or not self.key_file.exists():
            return self.own_key
        return self.key_file.read_text().strip()

    @property
    def user(self) -> str:
        """The log-in that owns the tables."""
        return str(conninfo_to_dict(self.url).get("user") or "")

    @property
    def database(self) -> str:
        """The database's name."""
        return str(conninfo_to_dict(self.url).get("dbname") or self.user)

    def connect(self, database: str | None = None) -> psycopg.Connection:
        """Log in as the owner of the tables; raises BackupError when nobody answers."""
        try:
            return psycopg.connect(self.url, autocommit=True, dbname=database or self.database)
        except psycopg.OperationalError as error:
            raise BackupError(f"The database does not let us in: {str(error).splitlines()[0]}") from error


def estate() -> Estate:
    """The installation that the environment describes, its embedded database started if need be."""
    setting = environment()
    files: Path | None = setting.home / "files"
    if setting.storage_url:
        parts = urlsplit(setting.storage_url)
        files = Path(unquote(parts.path)) if parts.scheme == "file" else None
    chosen = {**os.environ, "DATABASE_URL": setting.database_url}
    return Estate(setting.home, database_url(chosen, setting.home), files, setting.secret_key)


def fingerprint(key: str) -> str:
    """A word by which two keys are told apart and from which neither can be found; empty for no key."""
    return hashlib.sha256(b"dragoman backup " + key.encode()).hexdigest()[:16] if key else ""


def programs_for(here: Estate, *, least: int = 0) -> Binaries:
    """The PostgreSQL programs that fit the server: of its major or the nearest newer, at least `least`."""
    with here.connect() as connection:
        needed = max(least, connection.info.server_version // 10000)
    fitting = [each for each in client_programs(os.environ) if each.major >= needed]
    if not fitting:
        raise BackupError(
            f"PostgreSQL's own tools of version {needed} or newer are not here: type "
            f"`sudo apt-get install -y postgresql-client-{needed}`, or set DRAGOMAN_PG_BIN to their folder."
        )
    return fitting[0]


def run_program(here: Estate, command: Sequence[str], *, database: str, progress: Callable[[], None]) -> None:
    """Run pg_dump or pg_restore on that database, calling `progress` twice a second; raises BackupError."""
    parts = conninfo_to_dict(here.url, dbname=database)
    # Not among the arguments, where every user of the machine can read it.
    environ = {**os.environ, "PGPASSWORD": str(parts.pop("password", "") or "")}
    process = subprocess.Popen(
        [*command, f"--dbname={make_conninfo('', **parts)}"],
        env=environ,
        stdin=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    while True:
        try:
            said = process.communicate(timeout=0.5)[1]
            break
        except subprocess.TimeoutExpired:
            progress()
    complaints = [line for line in said.splitlines() if "error:" in line and not _is_harmless(line)]
    if complaints or (process.returncode and "errors ignored on restore" not in said):
        why = (complaints or said.strip().splitlines() or [f"it ended with status {process.returncode}"])[0]
        raise BackupError(f"{Path(command[0]).name}: {why.split('error: ')[-1]}")


def _is_harmless(line: str) -> bool:
    """A restore by newer programs sets this to 0 first, which older servers do not know."""
    return "transaction_timeout" in line

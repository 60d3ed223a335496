"""`dragoman backup` and `restore`: database, files and secret key as one archive, beside a running server.

The archive is a `.tar.gz` of `manifest.json`, `secret.key` (unless the environment holds it),
`database.dump` (pg_dump format) and `files/...`. The database is dumped first: files are stored before the
row that names them commits, so all that the dump names are there when the files are copied.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path, PurePosixPath
from typing import IO, Any

import psycopg
from psycopg import sql

from dragoman.config.environment import environment
from dragoman.config.estate import BackupError, Estate, estate, fingerprint, programs_for, run_program
from dragoman.config.stamp import stored_stamp
from dragoman.ground.database import postmaster
from dragoman.ground.database.roles import prepare_roles

__all__ = ["BackupError", "backup", "restore"]

FORMAT = 1


def backup(target: Path) -> None:
    """Write the whole installation into `target`; raises BackupError, and leaves no half archive behind."""
    if not target.name.endswith((".tar.gz", ".tgz")):
        raise BackupError(f"The archive is a gzipped tar file: call it {target.name}.tar.gz.")
    if target.exists():
        raise BackupError(f"{target} exists already: choose another name.")
    if not target.absolute().parent.is_dir():
        raise BackupError(f"There is no folder {target.absolute().parent}: make it first.")
    with _visited() as here, tempfile.TemporaryDirectory(dir=here.home, prefix="backup-") as work:
        dump = Path(work) / "database.dump"
        programs = programs_for(here)
        command = [str(programs.folder / "pg_dump"), "--format=custom", f"--file={dump}"]
        run_program(here, command, database=here.database, progress=lambda: _show_size("database", dump))
        _say(f"database: {_size(dump)}")
        part = target.with_name(f".{target.name}.part")
        try:
            with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as out:
                _write(out, here, dump, programs_major=programs.major)
                out.flush()
                os.fsync(out.fileno())
            part.rename(target)
        finally:
            part.unlink(missing_ok=True)
    _say(f"{target}: {_size(target)}, whole")


def restore(source: Path, *, replace: bool = False) -> None:
    """Read such an archive back; a database or folder that holds something is refused unless `replace`.

    All is unpacked and restored beside what is there, and only then put in its place. Raises BackupError.
    """
    if not source.is_file():
        raise BackupError(f"There is no archive {source}.")
    with _visited() as here, tempfile.TemporaryDirectory(dir=here.home, prefix="restore-") as work:
        _check_target(here, replace=replace)
        staged = Path(work)
        manifest = _unpack(source, staged)
        _check_fits(here, manifest)
        programs = programs_for(here, least=int(manifest["programs"]))
        scratch = f"{here.database}_restoring"
        _create_database(here, scratch)
        try:
            command = [str(programs.folder / "pg_restore"), str(staged / "database.dump")]
            run_program(here, command, database=scratch, progress=lambda: _show("database: restoring"))
            _swap_database(here, scratch)
        finally:
            _drop_database(here, scratch)
        _say("database: restored")
        _swap_files(here, staged)
        if (staged / "secret.key").exists() and not here.own_key:
            os.replace(staged / "secret.key", here.key_file)
        # So that `serve` compares the restored database with its own version, not the one that was here.
        (here.home / "prepared").write_text(f"{manifest['stamp']}\n")
    _say(f"{source}: restored (made {manifest['made_at']})")


@contextmanager
def _visited() -> Iterator[Estate]:
    """The installation, its embedded database stopped afterwards if it was only started for us."""
    setting = environment()
    ran_before = bool(setting.database_url) or postmaster.running(setting.home)
    try:
        here = estate()
        here.home.mkdir(parents=True, exist_ok=True)
        yield here
    except tarfile.TarError as error:
        raise BackupError(f"The archive cannot be read to its end ({error}): use another one.") from error
    except (OSError, EOFError, psycopg.Error) as error:
        raise BackupError(f"{str(error).splitlines()[0]}.") from error
    finally:
        if not ran_before:
            postmaster.stop(setting.home)


def _write(out: IO[bytes], here: Estate, dump: Path, *, programs_major: int) -> None:
    manifest = {
        "format": FORMAT,
        "made_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "programs": programs_major,
        "key": fingerprint(here.key),
        "owner": here.user,
        "stamp": stored_stamp(here.home),
        "files_elsewhere": here.files is None,
    }
    with tarfile.open(fileobj=out, mode="w:gz", compresslevel=1) as archive:
        _add_bytes(archive, "manifest.json", json.dumps(manifest, indent=1).encode())
        if here.key_file.exists() and not here.own_key:
            archive.add(here.key_file, "secret.key")
        elif here.own_key:
            _say("secret key: yours (DRAGOMAN_SECRET_KEY), not in the archive: keep it beside it")
        archive.add(dump, "database.dump")
        if here.files is None:
            _say("files: they lie in your object store and are not in the archive")
        elif here.files.is_dir():
            _add_files(archive, here.files)


def _add_files(archive: tarfile.TarFile, folder: Path) -> None:
    count = size = 0
    for path in sorted(folder.rglob("*")):
        if not path.is_file() or path.is_symlink():
            continue
        try:
            archive.add(path, str(PurePosixPath("files") / path.relative_to(folder).as_posix()))
        except FileNotFoundError:
            continue  # expired while we were on our way to it
        count, size = count + 1, size + path.stat().st_size if path.exists() else size
        if count % 100 == 0:
            _show(f"files: {count}, {_bytes(size)}")
    _say(f"files: {count}, {_bytes(size)}")


def _add_bytes(archive: tarfile.TarFile, name: str, content: bytes) -> None:
    entry = tarfile.TarInfo(name)
    entry.size, entry.mode = len(content), 0o600
    archive.addfile(entry, BytesIO(content))


def _unpack(source: Path, staged: Path) -> dict[str, Any]:
    """Put the archive's plain files under `staged`, whatever names it tries, and return its manifest."""
    count = 0
    with tarfile.open(source, mode="r:gz") as archive:
        for entry in archive:
            name = PurePosixPath(entry.name)
            if not entry.isfile() or name.is_absolute() or ".." in name.parts:
                raise BackupError(f"{source} is no archive of ours: it holds {entry.name!r}.")
            place = staged / name
            place.parent.mkdir(parents=True, exist_ok=True)
            content = archive.extractfile(entry)
            assert content is not None
            with os.fdopen(os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
                shutil.copyfileobj(content, out, 1 << 20)
            count += 1
            if count % 100 == 0:
                _show(f"unpacking: {count}")
    try:
        manifest: dict[str, Any] = json.loads((staged / "manifest.json").read_text())
    except (OSError, ValueError) as error:
        raise BackupError(f"{source} is no archive of ours: it has no manifest.") from error
    if manifest.get("format") != FORMAT or not (staged / "database.dump").exists():
        raise BackupError(
            f"{source} is of another version of Dragoman: restore it with that one, then upgrade."
        )
    return manifest


def _check_target(here: Estate, *, replace: bool) -> None:
    with here.connect() as connection:
        others = connection.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
            " AND pid <> pg_backend_pid() AND backend_type = 'client backend'"
        ).fetchone()
        tables = connection.execute(
            "SELECT count(*) FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema')"
        ).fetchone()
    if others and others[0]:
        raise BackupError("Dragoman is running on this database: stop it first (Ctrl-C, or systemctl stop).")
    holds_files = here.files is not None and here.files.is_dir() and any(here.files.iterdir())
    if not replace and ((tables and tables[0]) or holds_files):
        raise BackupError("There is data here already: add --replace to put the archive in its place.")


def _check_fits(here: Estate, manifest: dict[str, Any]) -> None:
    """A database without its key cannot open its own envelopes; its tables belong to a user by name."""
    if manifest["owner"] != here.user:
        raise BackupError(
            f"The archive's tables belong to the database user {manifest['owner']}, and you log in as "
            f"{here.user}: make a user of that name and put it into DATABASE_URL."
        )
    if here.own_key and manifest["key"] and fingerprint(here.own_key) != manifest["key"]:
        raise BackupError(
            "The archive was made under another secret key: set DRAGOMAN_SECRET_KEY to that one."
        )


def _create_database(here: Estate, name: str) -> None:
    _drop_database(here, name)
    try:
        with here.connect() as connection:
            connection.execute(sql.SQL("CREATE DATABASE {} ENCODING 'UTF8'").format(sql.Identifier(name)))
    except psycopg.errors.InsufficientPrivilege as error:
        raise BackupError(
            "The user of DATABASE_URL may not create databases: let an administrator type "
            f"`ALTER ROLE {here.user} CREATEDB`."
        ) from error
    try:
        prepare_roles(psycopg.conninfo.make_conninfo(here.url, dbname=name))
    except psycopg.errors.InsufficientPrivilege:
        pass  # an administrator made the roles; if not, the restore names the missing one


def _swap_database(here: Estate, restored: str) -> None:
    """Put the restored database where the old one was; nobody is connected, and the old one goes last."""
    old, name = sql.Identifier(f"{here.database}_before"), sql.Identifier(here.database)
    _drop_database(here, f"{here.database}_before")
    rename = sql.SQL("ALTER DATABASE {} RENAME TO {}")
    with here.connect("postgres") as connection:
        connection.execute(rename.format(name, old))
        connection.execute(rename.format(sql.Identifier(restored), name))
    _drop_database(here, f"{here.database}_before")


def _drop_database(here: Estate, name: str) -> None:
    with here.connect("postgres") as connection:
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(name)))


def _swap_files(here: Estate, staged: Path) -> None:
    if here.files is None:
        return
    (staged / "files").mkdir(exist_ok=True)
    if here.files.exists():
        shutil.move(here.files, staged / "files.before")
    shutil.move(staged / "files", here.files)
    _say("files: restored")


def _size(path: Path) -> str:
    return _bytes(path.stat().st_size)


def _bytes(number: int) -> str:
    return f"{number / 1e6:.1f} MB" if number >= 1e6 else f"{number / 1e3:.0f} kB"


def _show_size(what: str, path: Path) -> None:
    if path.exists():
        _show(f"{what}: {_size(path)}")


def _show(line: str) -> None:
    """Overwrite the line of progress, where somebody watches."""
    if sys.stdout.isatty():
        print(f"\r{line}\033[K", end="", flush=True)


def _say(line: str) -> None:
    _show("")
    print(line, flush=True)

"""What was backed up comes back whole: rows, files and the key, over real clusters."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from dragoman.ground.database import postmaster
from dragoman.ground.database.cluster import running, start

ROOT = Path(__file__).resolve().parents[3]
DEBIAN_15 = Path("/usr/lib/postgresql/15/bin")
CALL = """
import sys
from pathlib import Path
from dragoman.config.backup import BackupError, backup, restore
try:
    if sys.argv[1] == "backup":
        backup(Path(sys.argv[2]))
    else:
        restore(Path(sys.argv[2]), replace="--replace" in sys.argv)
except BackupError as error:
    sys.exit(str(error))
"""
TABLES = """
CREATE TABLE parent (id bigint PRIMARY KEY, workspace_id bigint NOT NULL, said text, tsv tsvector);
ALTER TABLE parent ENABLE ROW LEVEL SECURITY;
CREATE POLICY one ON parent TO dragoman_app USING (workspace_id = 1);
CREATE POLICY found ON parent FOR SELECT TO dragoman_search USING (true);
GRANT SELECT ON parent TO dragoman_search;
CREATE FUNCTION everywhere() RETURNS bigint LANGUAGE sql STABLE SECURITY DEFINER
  SET search_path = pg_catalog, public AS 'SELECT count(*) FROM public.parent';
ALTER FUNCTION everywhere() OWNER TO dragoman_search;
INSERT INTO parent SELECT n, 1 + n % 2, 'สวัสดี ' || n FROM generate_series(1, 1000) n;
"""


@pytest.fixture
def homes() -> Iterator[tuple[Path, Path]]:
    place = Path(tempfile.mkdtemp(prefix="dragoman-test-"))
    place.chmod(0o755)
    yield place / "old", place / "new"
    for home in (place / "old", place / "new"):
        postmaster.discard(home)
    shutil.rmtree(place)


def call(home: Path, *arguments: object, **environ: str) -> str:
    """Run one of the two in a process of its own; what it complained of, empty when all is well."""
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("DRAGOMAN_", "DATABASE_"))
    }
    done = subprocess.run(
        [sys.executable, "-c", CALL, *map(str, arguments)],
        cwd=home.parent,
        env={**kept, "PYTHONPATH": str(ROOT), "DRAGOMAN_HOME": str(home), **environ},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode == 0) == (done.stderr == ""), done.stderr
    return done.stderr.strip()


def furnish(home: Path) -> None:
    """Rows, files and a key worth keeping."""
    with psycopg.connect(start(home).url) as connection:
        connection.execute(TABLES)
    (home / "files" / "1").mkdir(parents=True)
    (home / "files" / "1" / "kuva äö.bin").write_bytes(bytes(range(256)) * 4000)
    (home / "secret.key").write_text("a key of at least thirty-two characters")
    (home / "prepared").write_text("an older version\n")


def assert_furnished(home: Path, **environ: str) -> None:
    with psycopg.connect(start(home, environ=environ).url) as connection:
        assert connection.execute("SELECT count(*), min(said) FROM parent").fetchone() == (1000, "สวัสดี 1")
        connection.execute("SET ROLE dragoman_app")
        assert connection.execute("SELECT count(*), everywhere() FROM parent").fetchone() == (500, 1000)
        known = connection.execute("SELECT datname FROM pg_database ORDER BY 1").fetchall()
        assert known == [("dragoman",), ("postgres",), ("template0",), ("template1",)]
    assert (home / "files" / "1" / "kuva äö.bin").read_bytes() == bytes(range(256)) * 4000
    assert (home / "secret.key").read_text() == "a key of at least thirty-two characters"
    assert (home / "prepared").read_text() == "an older version\n"
    assert not [path for path in home.iterdir() if path.name.startswith(("backup-", "restore-"))]


@pytest.mark.parametrize("programs", ["", str(DEBIAN_15)])
def test_a_new_home_gets_everything_back(homes: tuple[Path, Path], programs: str) -> None:
    if programs and not (DEBIAN_15 / "postgres").exists():
        pytest.skip("Debian's PostgreSQL 15 is not installed")
    old, new = homes
    furnish(old)
    archive = old.parent / "whole.tar.gz"
    assert call(old, "backup", archive) == ""
    assert running(old), "it ran before, so it runs afterwards"
    assert archive.stat().st_mode & 0o077 == 0
    if programs:
        start(new, environ={"DRAGOMAN_PG_BIN": programs})
    assert call(new, "restore", archive) == ""
    assert running(new) == bool(programs)
    assert_furnished(new, DRAGOMAN_PG_BIN=programs)


def test_data_is_only_replaced_on_demand(homes: tuple[Path, Path]) -> None:
    old, _ = homes
    furnish(old)
    archive = old.parent / "whole.tar.gz"
    assert call(old, "backup", archive) == ""
    with psycopg.connect(start(old).url) as connection:
        connection.execute("DELETE FROM parent")
        connection.execute("CREATE TABLE later ()")
    (old / "files" / "later").write_text("later")
    (old / "prepared").write_text("a newer version\n")
    assert call(old, "restore", archive) == (
        "There is data here already: add --replace to put the archive in its place."
    )
    assert call(old, "restore", archive, "--replace") == ""
    assert_furnished(old)
    assert not (old / "files" / "later").exists()


def test_a_database_in_use_is_not_replaced(homes: tuple[Path, Path]) -> None:
    old, _ = homes
    furnish(old)
    archive = old.parent / "whole.tar.gz"
    call(old, "backup", archive)
    with psycopg.connect(start(old).url):
        assert call(old, "restore", archive, "--replace").startswith("Dragoman is running on this database")


def test_another_key_is_refused_and_an_own_key_stays_outside(homes: tuple[Path, Path]) -> None:
    old, new = homes
    archive = old.parent / "whole.tar.gz"
    assert call(old, "backup", archive, DRAGOMAN_SECRET_KEY="k" * 40) == ""
    with tarfile.open(archive) as inside:
        assert "secret.key" not in inside.getnames()
    assert call(new, "restore", archive, DRAGOMAN_SECRET_KEY="x" * 40).startswith(
        "The archive was made under another secret key"
    )


def test_a_cut_archive_and_a_foreign_one_change_nothing(homes: tuple[Path, Path]) -> None:
    old, _ = homes
    furnish(old)
    archive, cut, foreign = (old.parent / f"{name}.tar.gz" for name in ("whole", "cut", "foreign"))
    call(old, "backup", archive)
    cut.write_bytes(archive.read_bytes()[:-20000])
    with tarfile.open(foreign, "w:gz") as made:
        entry = tarfile.TarInfo("../escaped")
        entry.size = 1
        made.addfile(entry, io.BytesIO(b"x"))
    assert "cannot be read" in call(old, "restore", cut, "--replace")
    assert "is no archive of ours" in call(old, "restore", foreign, "--replace")
    assert not (old.parent / "escaped").exists()
    assert_furnished(old)


def test_an_archive_is_never_overwritten(homes: tuple[Path, Path]) -> None:
    old, _ = homes
    archive = old.parent / "whole.tar.gz"
    archive.write_text("precious")
    assert "exists already" in call(old, "backup", archive)
    assert "gzipped tar file" in call(old, "backup", old.parent / "whole.zip")

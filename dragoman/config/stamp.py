"""Which migrations and static files an installation's home was prepared with, known without asking the database."""

import hashlib
from importlib.metadata import version
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent.parent


def current_stamp() -> str:
    """Return the fingerprint of this version: the package's, its migrations' names and the libraries that have some."""
    names = sorted(str(path.relative_to(PACKAGE)) for path in PACKAGE.glob("*/*/migrations/0*.py"))
    libraries = [
        f"{name} {version(name)}" for name in ("django", "django-allauth", "procrastinate", "dragoman")
    ]
    return hashlib.sha256("\n".join([*names, *libraries]).encode()).hexdigest()[:20]


def stored_stamp(home: Path) -> str:
    """Return what the home was prepared with, or an empty string for a fresh one."""
    path = home / "prepared"
    return path.read_text().strip() if path.exists() else ""


def store_stamp(home: Path) -> None:
    """Note that the home is up to date."""
    (home / "prepared").write_text(current_stamp() + "\n")

"""The lock files are those of pyproject.toml, and say nothing about where they were made."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[3]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
WANTED = {
    "requirements.lock": PROJECT["project"]["dependencies"] + PROJECT["dependency-groups"]["build"],
    "requirements-train.lock": PROJECT["project"]["dependencies"] + PROJECT["dependency-groups"]["train"],
    "requirements-dev.lock": PROJECT["project"]["dependencies"] + PROJECT["dependency-groups"]["dev"],
}


def locked(name: str) -> dict[str, str]:
    """Each package's version, of several the first: forks differ by the Python they are for."""
    found: dict[str, str] = {}
    for line in (ROOT / name).read_text().splitlines():
        pinned = re.match(r"([a-z0-9.-]+)==([^\s;\\]+)", line)
        if pinned:
            found.setdefault(pinned[1], pinned[2])
    return found


@pytest.mark.parametrize("name", WANTED)
def test_every_dependency_is_locked_in_a_version_that_is_asked_for(name: str) -> None:
    have = locked(name)
    for line in WANTED[name]:
        wanted = Requirement(line)
        version = have.get(canonicalize_name(wanted.name))
        assert version, f"{wanted.name} is not in {name}: run `make lock`"
        assert wanted.specifier.contains(version, prereleases=True), (
            f"{wanted} is not {version}: run `make lock`"
        )


def test_the_suite_runs_on_the_versions_that_are_installed_for_use() -> None:
    used, tested = locked("requirements.lock"), locked("requirements-dev.lock")
    assert {name: tested.get(name) for name in used} == used


@pytest.mark.parametrize("name", WANTED)
def test_every_package_has_a_hash_and_no_address(name: str) -> None:
    text = (ROOT / name).read_text()
    assert "://" not in text
    entries = re.split(r"\n(?=[a-z0-9])", text.strip())
    assert all("--hash=sha256:" in entry for entry in entries)

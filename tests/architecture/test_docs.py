"""The pages keep up with the code: settings, events, endpoints, commands, dependencies, targets, links, rooms."""

import importlib
import inspect
import re
import tomllib
import urllib.parse
from pathlib import Path

import pytest

from dragoman.config.cli import COMMANDS
from dragoman.config.environment import Environment
from dragoman.core.accounts.scopes import SCOPES
from dragoman.front.api.views import api
from dragoman.ground.events.registry import Event

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
PACKAGE = ROOT / "dragoman"
FLOORS_WITH_ROOMS = ("ground", "core", "service", "oversight", "front")
# codes of refusals that only the desk and the command line meet
ELSEWHERE = frozenset(
    (
        "not_allowed",
        "stale_preview",
        "bad_wording",
        "unreadable",
        "newer_message",
        "bad_sender",
        "bad_kind",
        "begun",
        "gap",
        "taken",
        "no_key",
    )
    + ("private_key", "bad_mail_when", "bad_quiet", "bad_endpoint", "bad_slug", "last_owner", "expired")
    + ("wrong_password",)
    # the return portal's pages
    + ("wrong_code", "code_over", "bad_statement")
    # the community's pages, and what moderators do at the desk
    + ("bad_post", "may_not_post", "may_not_moderate", "same_person", "bad_decision", "bad_community")
    + ("wrong_join_code", "join_code_over", "not_translated")
)
# articles of the demo: their links lead to pages of the shop
DEMO = ROOT / "dragoman" / "config" / "demo"
BUILT = {".git", ".venv", "var", "node_modules", ".hypothesis", ".pytest_cache"}


def page(name: str) -> str:
    return (DOCS / name).read_text()


def own_pages() -> list[Path]:
    return sorted(
        p for p in ROOT.rglob("*.md") if not BUILT & set(p.relative_to(ROOT).parts) and DEMO not in p.parents
    )


def rooms() -> list[Path]:
    found = (p.parent for floor in FLOORS_WITH_ROOMS for p in (PACKAGE / floor).glob("*/__init__.py"))
    return sorted(room for room in found if room.name != "tests")


def make_targets() -> list[str]:
    return re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE)


def event_classes() -> list[str]:
    found = []
    for path in sorted(PACKAGE.glob("*/*/events.py")):
        module = importlib.import_module(".".join(path.relative_to(ROOT).with_suffix("").parts))
        for name, kind in inspect.getmembers(module, inspect.isclass):
            if issubclass(kind, Event) and kind.__module__ == module.__name__:
                found.append(name)
    return found


def endpoints() -> list[str]:
    paths = api.get_openapi_schema()["paths"]
    return [f"{method.upper()} {path}" for path, methods in paths.items() for method in methods]


def dependencies() -> list[str]:
    facts = tomllib.loads((ROOT / "pyproject.toml").read_text())
    groups = [
        facts["project"]["dependencies"],
        *facts["project"]["optional-dependencies"].values(),
        *facts["dependency-groups"].values(),
    ]
    return sorted({re.split(r"[\[<>=~! ]", line)[0] for lines in groups for line in lines})


def cells(text: str, level: int = 0) -> set[str]:
    """Return the words between backticks in the given column of every table."""
    found: set[str] = set()
    for line in text.splitlines():
        if line.startswith("|"):
            found.update(re.findall(r"`([^`]+)`", line.split("|")[level + 1]))
    return found


@pytest.mark.parametrize("name", sorted(str(f.validation_alias) for f in Environment.model_fields.values()))
def test_every_environment_setting_has_a_line(name):
    assert name in cells(page("settings.md"))


def test_no_line_is_about_an_environment_setting_that_is_gone():
    first_table = page("settings.md").partition("## A workspace")[0]
    known = {str(field.validation_alias) for field in Environment.model_fields.values()}
    assert cells(first_table) == known


@pytest.mark.parametrize(
    "model, heading", [("Workspace", "A workspace"), ("Brand", "A brand"), ("Agent", "An agent")]
)
def test_every_setting_people_change_has_a_line(model, heading):
    kind = getattr(importlib.import_module("dragoman.core.accounts.models"), model)
    inner = {"id", "workspace", "user", "slug", "created_at", "seen_at", "is_active", "sealed_key", "demo"}
    section = page("settings.md").partition(f"## {heading}\n")[2].partition("\n## ")[0]
    assert {field.name for field in kind._meta.fields} - inner <= cells(section)


@pytest.mark.parametrize("name", event_classes())
def test_every_event_is_told_about(name):
    assert f"`{name}`" in page("events.md")


@pytest.mark.parametrize("endpoint", endpoints())
def test_every_endpoint_is_described_with_an_example(endpoint):
    text = page("integrators.md")
    method, path = endpoint.split(" ")
    assert f"`{method} {path.removeprefix('/api/v1')}`" in text
    called = re.sub(r"\{\w+\}", r"[\\w.@-]*\\w", path.removeprefix("/api/v1"))
    verbs = {
        "GET": "",
        "POST": "(?:-X POST )?",
        "PUT": "-X PUT ",
        "PATCH": "-X PATCH ",
        "DELETE": "-X DELETE ",
    }
    verb = verbs[method]
    assert re.search(rf"curl [^\n]*{verb}\"?\$API{called}[\"?\s]", text), f"no curl example of {endpoint}"


def error_codes() -> set[str]:
    """Return every code a refusal can have on the floors that the API stands on."""
    found: set[str] = set()
    for floor in ("kit", "ground", "core", "service", "oversight", "front/api"):
        for path in (PACKAGE / floor).rglob("*.py"):
            if "tests" not in path.parts:
                found.update(re.findall(r"\bcode ?= ?\"(\w+)\"", path.read_text()))
                found.update(re.findall(r"problem_response\(\s*\d+, \"(\w+)\"", path.read_text()))
    return found


def test_every_scope_is_in_the_page_for_integrators():
    scopes = page("integrators.md").partition("**Scopes.**")[2].partition("\n\n")[0]
    first_words = {one.split(" ")[1].removeprefix("/api/v1/").partition("/")[0] for one in endpoints()}
    assert {word for word in first_words if f"`{word}`" not in scopes} == set()
    assert set(SCOPES) == first_words


def test_every_error_code_of_the_api_is_in_the_page_for_integrators():
    table = page("integrators.md").partition("| status | codes |")[2].partition("\n\n")[0]
    assert sorted(code for code in error_codes() - ELSEWHERE if f"`{code}`" not in table) == []


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_command_is_in_the_page_for_admins(name):
    assert re.search(rf"`dragoman {name}[ `]", page("admins.md"))


@pytest.mark.parametrize("name", dependencies())
def test_every_dependency_is_argued(name):
    assert name in cells(page("dependencies.md"))


def test_no_argument_is_about_a_dependency_that_is_gone():
    assert cells(page("dependencies.md")) <= set(dependencies())


@pytest.mark.parametrize("name", make_targets())
def test_every_make_target_is_in_the_page_for_contributors(name):
    assert f"`make {name}`" in page("contributing.md")


@pytest.mark.parametrize("path", own_pages(), ids=lambda p: str(p.relative_to(ROOT)))
def test_pages_name_only_make_targets_that_exist(path):
    assert set(re.findall(r"`make ([a-z]+)", path.read_text())) <= set(make_targets())


@pytest.mark.parametrize("path", own_pages(), ids=lambda p: str(p.relative_to(ROOT)))
def test_links_between_pages_lead_somewhere(path):
    text = re.sub(r"```.*?```", "", path.read_text(), flags=re.DOTALL)
    for target in re.findall(r"\]\(([^)\s]+)\)", text):
        if re.match(r"[a-z]+:", target):
            continue
        file, _, anchor = urllib.parse.unquote(target).partition("#")
        found = (path.parent / file).resolve() if file else path
        assert found.exists(), f"{target} in {path.name}"
        if anchor and found.suffix == ".md":
            assert anchor in anchors(found), f"{target} in {path.name}"


@pytest.mark.parametrize("path", own_pages(), ids=lambda p: str(p.relative_to(ROOT)))
def test_every_example_ends_before_the_next_heading(path):
    outside = re.sub(r"^```.*?^```$", "", path.read_text(), flags=re.DOTALL | re.MULTILINE)
    assert "```" not in outside
    for example in re.findall(r"^```\w*\n(.*?)^```$", path.read_text(), flags=re.DOTALL | re.MULTILINE):
        assert "\n## " not in example and "\n### " not in example


def anchors(path: Path) -> set[str]:
    """Return the anchors of a page's headings as code hosts make them."""
    headings = re.findall(r"^#+ (.+)$", path.read_text(), re.MULTILINE)
    plain = (re.sub(r"[^\w\s-]", "", heading.lower()).strip() for heading in headings)
    return {re.sub(r"\s", "-", heading) for heading in plain}


@pytest.mark.parametrize("room", rooms(), ids=lambda p: str(p.relative_to(PACKAGE)))
def test_every_room_says_what_it_owns(room):
    assert (room / "README.md").exists()


def test_the_readme_shows_the_desk():
    picture = DOCS / "pictures" / "desk.png"
    assert picture.stat().st_size < 250_000
    assert "docs/pictures/desk.png" in (ROOT / "README.md").read_text()

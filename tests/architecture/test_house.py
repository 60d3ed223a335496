"""The house stands: floors, rooms, keys, sizes. (Imports between floors are import-linter's, run by `make check`.)"""

import ast
import pathlib
import re
import tomllib
from collections import Counter

import pytest
from django.apps import apps
from django.db import connection, models
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ProjectState

ROOT = pathlib.Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "dragoman"
FLOORS = ["kit", "ground", "core", "service", "oversight", "front", "config"]
MOST_LINES = 600


def sources() -> list[pathlib.Path]:
    return sorted(path for path in PACKAGE.rglob("*") if path.suffix in {".py", ".js", ".css", ".html"})


def own_models() -> list[type[models.Model]]:
    return [model for model in apps.get_models() if model.__module__.startswith("dragoman.")]


def place(model: type[models.Model]) -> tuple[int, str]:
    _package, floor, room, *_rest = model.__module__.split(".")
    return FLOORS.index(floor), room


def layers_inside(floor: str) -> list[list[str]]:
    """Return the rooms of a floor from the top down, as import-linter has them."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    found = next(one for one in contracts if one["containers"] == [f"dragoman.{floor}"])
    return [[room.strip() for room in layer.split("|")] for layer in found["layers"]]


def test_no_foreign_key_climbs():
    for model in own_models():
        floor, room = place(model)
        for key in model._meta.get_fields():
            target = getattr(key, "related_model", None)
            if not isinstance(key, models.ForeignKey) or not target.__module__.startswith("dragoman."):
                continue
            other_floor, other_room = place(target)
            assert other_floor <= floor, f"{model.__name__}.{key.name} climbs to {target.__name__}"
            if other_floor == floor and other_room != room:
                rooms = layers_inside(FLOORS[floor])
                level = {name: depth for depth, layer in enumerate(rooms) for name in layer}
                assert level[other_room] > level[room], f"{model.__name__}.{key.name} climbs to {other_room}"


def test_every_tenant_table_names_its_workspace_and_stands_under_row_security(db):
    outside = {"Workspace", "User"}
    with connection.cursor() as cursor:
        cursor.execute("SELECT relname FROM pg_class WHERE relrowsecurity AND relkind = 'r'")
        secured = {row[0] for row in cursor.fetchall()}
    for model in own_models():
        if model.__name__ not in outside:
            assert "workspace_id" in {field.attname for field in model._meta.fields}, model
        if model.__name__ != "User":
            assert model._meta.db_table in secured, f"{model._meta.db_table} has no policy"


def test_the_tests_run_as_the_role_that_policies_bind(db):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT current_user, rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user"
        )
        assert cursor.fetchone() == ("dragoman_app", False)


def test_uniqueness_starts_with_the_workspace_so_that_an_error_tells_nothing_of_others():
    # these are unique in the installation on purpose: URLs, log-ins, secrets and mail addresses name them
    public = {"brand.slug", "workspace.slug", "user.email", "invitation.token_hash", "apitoken.token_hash"}
    # a mailbox, and the addresses of webhooks
    taken = {"connection_once", "shop_hook_once", "carrier_door_key_once", "payment_account_hook_once"}
    for model in own_models():
        for field in model._meta.fields:
            if field.unique and not field.primary_key:
                assert f"{model._meta.model_name}.{field.name}" in public, field
        for rule in model._meta.constraints:
            if isinstance(rule, models.UniqueConstraint) and rule.name not in taken:
                names = rule.fields or [getattr(e, "name", "") for e in rule.expressions]
                assert names[0] == "workspace", rule.name


def test_the_migrations_say_what_the_models_say():
    kept = MigrationLoader(None, ignore_no_migrations=True)
    missing = MigrationAutodetector(kept.project_state(), ProjectState.from_apps(apps)).changes(kept.graph)
    assert not {label: [one.operations for one in found] for label, found in missing.items()}


def test_no_file_outgrows_its_size():
    large = {str(p.relative_to(ROOT)): n for p in sources() if (n := p.read_text().count("\n")) > MOST_LINES}
    assert not large


def test_every_folder_with_python_is_a_package():
    bare = {path.parent for path in PACKAGE.rglob("*.py") if not (path.parent / "__init__.py").exists()}
    assert not bare


def test_labels_templates_and_static_files_have_one_owner():
    labels = Counter(config.label for config in apps.get_app_configs())
    assert not [label for label, number in labels.items() if number > 1]
    for kind in ("jinja2", "static"):
        paths = Counter(
            str(path.relative_to(folder))
            for folder in PACKAGE.glob(f"*/*/{kind}")
            for path in folder.rglob("*")
            if path.is_file()
        )
        assert not [path for path, number in paths.items() if number > 1]


@pytest.mark.parametrize(
    "path", [p for p in sources() if p.suffix == ".py"], ids=lambda p: str(p.relative_to(PACKAGE))
)
def test_only_actions_announce_and_actions_import_no_tasks(path):
    tree = ast.parse(path.read_text())
    imported = {
        f"{node.module or ''}.{name.name}"
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
        for name in node.names
    }
    inner = path.relative_to(PACKAGE).parts
    if "tests" in inner:
        return
    is_action = "actions" in inner or path.name == "actions.py"
    if any(name.endswith("events.actions.publish") for name in imported):
        assert is_action, "only actions publish"
    if is_action:
        assert not [name for name in imported if ".tasks." in f"{name}." and "events" not in name]


def test_every_file_of_tasks_is_loaded_by_its_room():
    forgotten = [
        str(path.relative_to(ROOT))
        for path in PACKAGE.rglob("tasks_*.py")
        if path.stem not in (path.parent / "tasks.py").read_text()
    ]
    assert not forgotten, "nothing of it runs in a worker"


def test_domain_flow_uses_no_signals_and_no_save_overrides():
    for path in sources():
        if path.suffix == ".py" and "tests" not in path.parts:
            text = path.read_text()
            assert "django.dispatch" not in text and "post_save" not in text, path
            assert "def save(self" not in text, path


def test_templates_hold_no_inline_style_or_script():
    for path in PACKAGE.rglob("jinja2/**/*.html"):
        text = path.read_text()
        assert " style=" not in text, path
        assert "onclick=" not in text and "hx-on" not in text and "javascript:" not in text, path


def test_every_word_that_translates_is_one_the_collection_of_texts_knows():
    makefile = (ROOT / "Makefile").read_text()
    known = {word.partition(":")[0] for word in re.findall(r"--keyword (\S+)", makefile)}
    known |= {"_", "gettext", "ngettext", "pgettext", "npgettext"}
    unknown = [
        f"{path}: {name}"
        for path in sorted(PACKAGE.rglob("*.py"))
        for name in _translating(ast.parse(path.read_text()))
        if name not in known
    ]
    assert not unknown


def _translating(tree):
    """Yield the names by which a module calls gettext: as imported, and as they are called once more."""
    real = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation":
            real |= {one.asname or one.name for one in node.names if "gettext" in one.name}
    yield from real
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Name) and node.value.id in real:
            yield from (target.id for target in node.targets if isinstance(target, ast.Name))

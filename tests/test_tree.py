"""The tree of the house: what may lie where, and the references that no import shows."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
ROOMS = ["communities", "events", "forum", "profiles", "search"]
TOP_LEVEL = {
    *ROOMS,
    *("site", "locale", "tests", "manage.py", "pyproject.toml", "README.md", "Makefile"),
    *(".ci", ".editorconfig", ".env.example", ".gitignore", ".git"),
    *("requirements.txt", "requirements-dev.txt"),
}
# Made by the commands or by a person's own tools; .gitignore keeps them out.
NOT_OURS = {".venv", "var", ".env", ".coverage", ".hypothesis", ".vscode", ".idea", "htmlcov", "__pycache__"}
JUNK_DRAWERS = {"core", "common", "util", "utils", "helper", "helpers", "misc", "shared", "services"}
# Below `profiles`: a person is settings.AUTH_USER_MODEL there.
BELOW_PROFILES = ["search", "communities", "site/themes", "site/files"]


def own_files(pattern: str) -> list[Path]:
    tops = [ROOT / name for name in [*ROOMS, "site", "tests", ".ci"]]
    return [path for top in tops for path in top.rglob(pattern) if "__pycache__" not in path.parts]


def test_top_level_holds_only_what_the_house_names():
    names = {path.name for path in ROOT.iterdir() if not path.name.endswith("_cache")}
    assert names - NOT_OURS <= TOP_LEVEL


@pytest.mark.parametrize("folder", ["site", "locale"])
def test_folder_that_would_shadow_the_standard_library_is_no_package(folder):
    assert not (ROOT / folder / "__init__.py").exists()


def test_no_junk_drawers():
    """A template that stands in for another package's has that package's folders."""
    files = [path for path in own_files("*") if "templates" not in path.parts]
    names = {path: path.stem.lower() for path in files if path.is_dir() or path.suffix == ".py"}
    assert [str(path.relative_to(ROOT)) for path, name in names.items() if name in JUNK_DRAWERS] == []


@pytest.mark.parametrize("folder", BELOW_PROFILES)
def test_below_profiles_only_the_setting_names_the_user(folder):
    offenders = []
    for path in (ROOT / folder).rglob("*.py"):
        if "migrations" in path.parts:
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and names_profiles(node.value):
                offenders.append(f"{path.relative_to(ROOT)}:{node.lineno}")
    assert offenders == []


def names_profiles(text: str) -> bool:
    """The app's label or a dotted name in it, as get_model(), ForeignKey() and import_module() take it."""
    return bool(re.fullmatch(r"profiles(\.\w+)*", text, re.IGNORECASE))


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt", ".ci/uv.txt"])
def test_requirements_are_pinned_by_hash_and_hold_no_address(name):
    text = (ROOT / name).read_text()
    assert not re.search(r"https?:|file:|--(extra-)?index|--find-links|@", text)
    pins = [line for line in text.splitlines() if not line.startswith((" ", "#"))]
    assert pins
    assert all("==" in line and line.endswith("\\") for line in pins)


def test_development_pins_agree_with_those_of_running():
    running, development = (
        {line for line in (ROOT / name).read_text().splitlines() if "==" in line}
        for name in ("requirements.txt", "requirements-dev.txt")
    )
    assert running <= development


def test_every_variable_of_the_settings_is_explained():
    settings = "".join(path.read_text() for path in (ROOT / "site/config/settings").glob("*.py"))
    read = set(re.findall(r"\benv(?:\.\w+)?\(\s*\"([A-Z_]+)\"", settings))
    explained = set(re.findall(r"^#?([A-Z_]+)=", (ROOT / ".env.example").read_text(), re.MULTILINE))
    assert read
    assert read == explained

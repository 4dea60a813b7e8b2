"""The house keeps its own rules: names, sizes, pins, doors and documents that cannot rot."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from importlib.metadata import distribution, packages_distributions
from pathlib import Path

import pytest
import typer
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from pilotage.cli import app

HOUSE = Path(__file__).parent.parent
CODE = ("app.py", "pilotage", "layouts", "callbacks", "tests")
READMES = ("README.md", "LISEZMOI.md")
LONGEST = 350
LONG_FOR_A_REASON: dict[str, str] = {
    "layouts/assets/first/regenerator.js": "regenerator-runtime 0.14.1, as npm ships it",
}
EMPTY_WORDS = {"util", "utils", "helper", "helpers", "common", "misc", "manager", "core", "base"}


def files(*endings: str) -> list[Path]:
    """The house's own code files with one of these endings."""
    found: list[Path] = []
    for place in CODE:
        root = HOUSE / place
        found += [root] if root.is_file() else sorted(root.rglob("*"))
    return [path for path in found if path.suffix in endings and "__pycache__" not in path.parts]


def name(path: Path) -> str:
    return path.relative_to(HOUSE).as_posix()


def text(place: str) -> str:
    return (HOUSE / place).read_text(encoding="utf-8")


def imported(path: Path) -> Iterator[str]:
    """Every module a file imports, wherever in the file, by its full name."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module


def pins(place: str) -> dict[str, Requirement]:
    lines = (line.strip() for line in text(place).splitlines())
    kept = [line for line in lines if line and not line.startswith(("#", "-r "))]
    return {canonicalize_name(Requirement(line).name): Requirement(line) for line in kept}


def make_targets() -> set[str]:
    declared = re.search(r"^\.PHONY: (.*)$", text("Makefile"), re.MULTILINE)
    assert declared
    return set(declared[1].split())


def test_every_make_target_is_explained_by_make_help() -> None:
    # Run from make itself, an inner make would announce the folders it enters.
    words = ["make", "--no-print-directory", "help"]
    answer = subprocess.run(words, cwd=HOUSE, capture_output=True, text=True, check=True)
    explained = {line.split()[1] for line in answer.stdout.splitlines() if line.strip()}
    assert explained == make_targets()
    rules = set(re.findall(r"^([a-z]+):", text("Makefile"), re.MULTILINE))
    assert rules == make_targets()


def test_continuous_integration_runs_what_a_person_runs() -> None:
    lines = [line for line in text(".ci/run").splitlines() if line and not line.startswith("#")]
    assert lines == ["set -euo pipefail", 'cd "$(dirname "$0")/.."', "exec make test"]


def test_no_file_is_too_long_to_be_read_in_one_sitting() -> None:
    lengths = {
        name(path): len(text(name(path)).splitlines()) for path in files(".py", ".js", ".css")
    }
    too_long = {place for place, lines in lengths.items() if lines > LONGEST}
    assert too_long == set(LONG_FOR_A_REASON)


def test_no_module_has_a_name_that_says_nothing() -> None:
    empty = [
        name(path) for path in files(".py", ".js") if EMPTY_WORDS & {path.stem, path.parent.name}
    ]
    assert empty == []


def test_the_words_of_the_trade_need_only_the_standard_library() -> None:
    for path in (HOUSE / "pilotage/domain").glob("*.py"):
        foreign = {
            module
            for module in imported(path)
            if module.split(".")[0] not in sys.stdlib_module_names
            and not module.startswith("pilotage.domain")
        }
        assert foreign == set(), name(path)


def test_nothing_imports_the_composition_root_but_the_command_line() -> None:
    rooms = [
        path for path in files(".py") if path.parts[-2] != "tests" and "tests" not in path.parts
    ]
    importers = {name(path) for path in rooms if "app" in set(imported(path))}
    assert importers <= {"pilotage/cli.py", "pilotage/__main__.py"} | {
        place for place in importers if place.startswith("pilotage/cli/")
    }


@pytest.mark.parametrize("place", ["requirements.txt", "requirements-dev.txt"])
def test_every_requirement_is_pinned_to_one_version(place: str) -> None:
    for requirement in pins(place).values():
        assert [item.operator for item in requirement.specifier] == ["=="], str(requirement)


def test_what_the_pinned_packages_bring_along_is_pinned_too() -> None:
    runtime = pins("requirements.txt")
    every = runtime | pins("requirements-dev.txt")
    for place, known in (("requirements.txt", runtime), ("requirements-dev.txt", every)):
        for pin in pins(place).values():
            for line in distribution(pin.name).requires or []:
                wanted = Requirement(line)
                extras = pin.extras or {""}
                if wanted.marker is None or any(
                    wanted.marker.evaluate({"extra": extra}) for extra in extras
                ):
                    assert canonicalize_name(wanted.name) in known, f"{pin.name} needs {wanted}"


def test_the_code_runs_on_runtime_requirements_only() -> None:
    sources = packages_distributions()
    known = pins("requirements.txt")
    ours = {"app", "pilotage", "layouts", "callbacks"}
    for path in files(".py"):
        if "tests" in path.relative_to(HOUSE).parts:
            continue
        for module in {found.split(".")[0] for found in imported(path)} - ours:
            if module not in sys.stdlib_module_names:
                homes = {canonicalize_name(home) for home in sources.get(module, [module])}
                assert homes & set(known), f"{name(path)} imports {module}"


def test_the_changelog_says_what_is_coming() -> None:
    coming = text("CHANGELOG.md").split("## À paraître", 1)
    assert len(coming) == 2
    assert coming[1].strip().startswith("- ")


@pytest.mark.parametrize("place", READMES)
def test_the_two_commands_and_every_setting_are_in_the_readme(place: str) -> None:
    page = text(place)
    assert "make run" in page
    assert "make test" in page
    settings = set(re.findall(r"PILOTAGE_[A-Z_]+", text("pilotage/settings.py")))
    assert {setting for setting in settings if setting not in page} == set()


def commands(group: typer.Typer, prefix: str = "") -> Iterator[str]:
    """Every command of the house as one types it after ``pilotage``."""
    for command in group.registered_commands:
        called = command.name or getattr(command.callback, "__name__", "").replace("_", "-")
        yield f"{prefix}{called}"
    for inner in group.registered_groups:
        if inner.typer_instance:
            yield from commands(inner.typer_instance, f"{prefix}{inner.name} ")


@pytest.mark.parametrize("place", READMES)
def test_every_command_is_in_the_readme(place: str) -> None:
    page = text(place)
    known = set(commands(app))
    assert {"check", "load", "watch", "serve", "export verdicts", "rebuild"} <= known
    assert {command for command in known if f"`pilotage {command}" not in page} == set()


def test_both_readmes_have_the_same_shape() -> None:
    shapes = []
    for place in READMES:
        page = text(place)
        commands = re.findall(
            r"^ *((?:make|\.venv/bin/python) [^#\n]*?) *(?:#.*)?$", page, re.MULTILINE
        )
        shapes.append((len(re.findall(r"^## ", page, re.MULTILINE)), commands))
    assert shapes[0] == shapes[1]


def test_links_between_documents_lead_somewhere() -> None:
    pages = [HOUSE / place for place in READMES] + sorted((HOUSE / "docs").rglob("*.md"))
    for page in pages:
        for link in re.findall(r"\]\(([^)#:]+)\)", page.read_text(encoding="utf-8")):
            assert (page.parent / link).exists(), f"{name(page)} → {link}"


def test_every_decision_has_its_four_parts_and_its_place_in_the_list() -> None:
    decisions = sorted((HOUSE / "docs/decisions").glob("0*.md"))
    assert decisions
    listed = text("docs/decisions/README.md")
    for page in decisions:
        parts = re.findall(r"^## (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
        assert parts == ["Contexte", "Décision", "État", "Conséquences"], page.name
        assert page.name in listed


def test_the_figure_followed_to_the_screen_passes_through_files_that_exist() -> None:
    named = re.findall(
        r"`((?:app|pilotage|layouts|callbacks|data)[\w/.]*\.\w+)`", text("docs/one-number.md")
    )
    assert len(named) >= 10
    assert [place for place in named if not (HOUSE / place).exists()] == []

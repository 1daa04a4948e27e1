"""Who may import whom: the rooms of the house keep to their walls."""

import ast
import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

# What a room may import of proxylings: "top" stands for the modules at the top of the package.
ALLOWED = {
    "top": {"top"},
    "grader": {"top", "grader"},
    "lab": {"top", "grader", "lab"},
    "workshop": {"top", "grader", "workshop"},
    "cli": {"top", "grader", "lab", "workshop", "cli"},
}
# The one way up: `%load_ext proxylings` needs the lab, and imports it inside a function, when it is called.
LAZY = {"__init__.py": {"lab"}}


def room_of(module: str, package: Path) -> str:
    """Return the room that a dotted name below proxylings lies in."""
    first = module.split(".")[1] if "." in module else ""
    return first if first and (package / first).is_dir() else "top"


def imported(path: Path, package: Path) -> set[str]:
    """Return the dotted names of proxylings that a file imports, wherever in the file it does so."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names if alias.name.split(".")[0] == "proxylings"}
        elif isinstance(node, ast.ImportFrom):
            if node.level:
                room = ["proxylings", *path.relative_to(package).parent.parts]
                base = ".".join([*room[: len(room) - node.level + 1], *([node.module] if node.module else [])])
            else:
                base = node.module or ""
            if base.split(".")[0] == "proxylings":
                found |= {f"{base}.{alias.name}" for alias in node.names}
    return found


@pytest.fixture(scope="module")
def package(repository: Path) -> Path:
    """Return the Python package's folder."""
    return repository / "python" / "proxylings"


def test_each_room_imports_only_what_lies_below_it(package: Path) -> None:
    wrong = []
    for path in sorted(package.rglob("*.py")):
        place = path.relative_to(package)
        room = place.parts[0] if len(place.parts) > 1 else "top"
        rooms = {room_of(name, package) for name in imported(path, package)}
        wrong += [f"{place} imports {other}" for other in rooms - ALLOWED[room] - LAZY.get(str(place), set())]
    assert not wrong, f"{wrong}: move what both need to a module at the top of the package"


def test_only_native_imports_the_compiled_module(package: Path) -> None:
    users = {
        path.relative_to(package).as_posix()
        for path in package.rglob("*.py")
        if any(name.split(".")[1:2] == ["_native"] for name in imported(path, package))
    }
    assert users == {"native.py"}, "go through proxylings.native"


def test_the_peers_are_run_and_never_imported(package: Path) -> None:
    text = "\n".join(path.read_text(encoding="utf-8") for path in package.rglob("*.py"))
    assert not re.search(r"^\s*(?:from|import) peers\b", text, re.MULTILINE)


def manifests(repository: Path) -> dict[str, dict[str, Any]]:
    """Return every manifest of the workspace by its package's name."""
    paths = [*repository.glob("crates/*/Cargo.toml"), *repository.glob("solutions/*/Cargo.toml")]
    tables = [tomllib.loads(path.read_text(encoding="utf-8")) for path in paths]
    return {table["package"]["name"]: table for table in tables}


def test_wire_depends_on_nothing(repository: Path) -> None:
    wire = manifests(repository)["wire"]
    assert not wire.get("dependencies"), "the vocabulary knows the standard library only"


def test_no_part_depends_on_another_part_or_on_the_proxy(repository: Path) -> None:
    for name, table in manifests(repository).items():
        if name.startswith("part-"):
            needed = set(table.get("dependencies", {}))
            forbidden = {other for other in needed if other.startswith("part-") or other in ("proxy", "bindings")}
            assert not forbidden, f"{name} depends on {forbidden}: put what both need into crates/wire"


def test_only_bindings_names_pyo3(repository: Path) -> None:
    for name, table in manifests(repository).items():
        assert name == "bindings" or "pyo3" not in table.get("dependencies", {}), f"{name} names pyo3"
    folders = [repository / "crates", repository / "solutions"]
    users = {path for folder in folders for path in folder.rglob("*.rs") if "pyo3" in path.read_text(encoding="utf-8")}
    assert {path.relative_to(repository).parts[1] for path in users} == {"bindings"}


def test_one_file_of_the_proxy_names_the_parts(repository: Path) -> None:
    source = repository / "crates" / "proxy" / "src"
    users = {
        path.relative_to(source).as_posix()
        for path in source.rglob("*.rs")
        if re.search(r"\bpart_\w+::", path.read_text(encoding="utf-8"))
    }
    assert users == {"parts.rs"}, "the parts meet in crates/proxy/src/parts.rs and nowhere else"

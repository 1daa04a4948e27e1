"""Weave what learners open from what authors edit: solutions to stubs, notebook sources to notebooks.

Deterministic: the same sources give the same bytes. Returns texts; `write` is the only function that touches a file.
"""

import hashlib
import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import tomlkit

from proxylings.course import Desk
from proxylings.errors import CourseError

if TYPE_CHECKING:
    import nbformat

_BEGIN = re.compile(r"^\s*// exercise: begin(?: (\w+))?$")
_STUB = re.compile(r"^\s*// exercise: stub$")
_END = re.compile(r"^\s*// exercise: end$")
# A stub leaves names unused on purpose: its todo!() stands where they will be used.
_ALLOW = "#![allow(unused)] // delete this line when your last todo!() is gone\n"
_OUTPUT = re.compile(r"\A```\{output\}\n(.*?)^```\n?", re.MULTILINE | re.DOTALL)
_CHECKED = "nbval-check-output"


def stub(solution: str, name: str = "the solution") -> str:
    """Return the stub of a solution: each marked body is replaced by its commented stub lines."""
    return _weave(solution, name, {}, stubs=True)


def answer(solution: str, bodies: dict[str, str], name: str = "the solution") -> str:
    """Return a solution in which the bodies marked with the keys of `bodies` are replaced by its values."""
    return _weave(solution, name, bodies, stubs=False)


def _weave(solution: str, name: str, bodies: dict[str, str], *, stubs: bool) -> str:
    output: list[str] = []
    mark, where, left = "", "outside", dict(bodies)
    for number, line in enumerate(solution.splitlines(keepends=True), start=1):
        bare = line.rstrip("\n")
        if begin := _BEGIN.match(bare):
            if where != "outside":
                raise CourseError(f"{name}:{number}: a mark begins inside another mark")
            mark, where = begin[1] or "body", "body"
            if mark in left:
                output.append(left.pop(mark).rstrip("\n") + "\n")
        elif _STUB.match(bare):
            if where != "body":
                raise CourseError(f"{name}:{number}: `exercise: stub` without `exercise: begin`")
            where = "stub"
        elif _END.match(bare):
            if where != "stub":
                raise CourseError(f"{name}:{number}: `exercise: end` without `exercise: stub`")
            where = "outside"
        elif where == "outside" or (where == "body" and not stubs and mark not in bodies):
            output.append(line)
        elif where == "stub" and stubs:
            output.append(_uncommented(line, name, number))
    if where != "outside":
        raise CourseError(f"{name}: the mark {mark!r} does not end")
    if left:
        raise CourseError(f"{name} has no mark {' or '.join(map(repr, left))}")
    text = "".join(output)
    return _with_allow(text) if stubs and "todo!(" in text else text


def _uncommented(line: str, name: str, number: int) -> str:
    if not line.strip():
        return line
    match = re.match(r"^(\s*)// ?(.*\n?)$", line)
    if not match:
        raise CourseError(f"{name}:{number}: a stub line is a comment: `// todo!(…)`")
    return match[1] + match[2] if match[2].strip() else "\n"


def _with_allow(text: str) -> str:
    """Put the `allow` below the //! lines at the head of the file, where inner attributes belong."""
    lines = text.splitlines(keepends=True)
    head = next((at for at, line in enumerate(lines) if not line.startswith("//!")), len(lines))
    return "".join([*lines[:head], "\n" if head else "", _ALLOW, *lines[head:]])


def stubs(desk: Desk) -> dict[Path, str]:
    """Return the whole of exercises/: every woven file by its path."""
    solutions = desk.course / "solutions"
    woven = {desk.root / "exercises" / "Cargo.toml": _exercises_manifest(desk)}
    for chapter in desk.chapters:
        folder = solutions / chapter.slug
        for path in sorted([*folder.rglob("*.rs"), *folder.glob("Cargo.toml")]):
            text = path.read_text(encoding="utf-8")
            target = desk.root / "exercises" / path.relative_to(solutions)
            woven[target] = text if path.suffix == ".toml" else stub(text, desk.shown(path))
    return woven


def _exercises_manifest(desk: Desk) -> str:
    """Return the manifest of the learner's workspace: the root's, with the paths seen from exercises/."""
    root = tomlkit.parse((desk.course / "Cargo.toml").read_text(encoding="utf-8")).unwrap()
    workspace = root["workspace"]
    parts = list(desk.parts)
    for name, dependency in workspace["dependencies"].items():
        if isinstance(dependency, dict) and "path" in dependency:
            local = name.startswith("part-")
            dependency["path"] = dependency["path"].removeprefix("solutions/") if local else f"../{dependency['path']}"
    workspace["members"] = [part.chapter for part in parts]
    workspace.pop("exclude", None)
    heading = "# Woven from ../Cargo.toml: the workspace of your own parts.\n\n"
    return heading + tomlkit.dumps({"workspace": workspace, "profile": root["profile"]})


def notebook(source: str, name: str, *, instructor: bool = False) -> str:
    """Return the .ipynb text of one notebook source.

    Cell ids are derived from position and source. Cells tagged `instructor` are kept only for instructors.
    A fenced block `{output}` right after a code cell is that cell's expected standard output.
    """
    # Imported here: they bring Jupyter's server along, which takes two seconds, and a check needs stubs only.
    import jupytext
    import nbformat

    book = jupytext.reads(source, fmt="md:myst")
    cells: list[nbformat.NotebookNode] = []
    for cell in book.cells:
        if cell.cell_type == "markdown" and (expected := _OUTPUT.match(cell.source + "\n")):
            if not cells or cells[-1].cell_type != "code":
                raise CourseError(f"{name}: an {{output}} block does not follow a code cell")
            cells[-1].outputs = [_node({"output_type": "stream", "name": "stdout", "text": expected[1]})]
            cell.source = (cell.source + "\n")[expected.end() :].strip()
            if not cell.source:
                continue
        if instructor or "instructor" not in cell.metadata.get("tags", []):
            cells.append(cell)
    count = 0
    for index, cell in enumerate(cells):
        digest = hashlib.sha256(f"{index}\n{cell.source}".encode()).hexdigest()
        cell.id = f"{index:03d}-{digest[:12]}"
        if cell.cell_type != "code":
            continue
        count += 1
        # nbval passes a cell without a count unseen, so every cell has one.
        cell.execution_count = count
        if _CHECKED in cell.metadata.get("tags", []) and not cell.outputs:
            raise CourseError(f"{name}: a cell tagged {_CHECKED} has no {{output}} block:\n{cell.source}")
    book.cells = cells
    book.metadata = _node(
        {
            "kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"},
            "language_info": {"name": "python"},
        }
    )
    book.nbformat, book.nbformat_minor = 4, 5
    nbformat.validate(book)
    return json.dumps(book, indent=1, ensure_ascii=False, sort_keys=True) + "\n"


def _node(values: dict[str, Any]) -> "nbformat.NotebookNode":
    import nbformat

    node: nbformat.NotebookNode = nbformat.from_dict(values)  # type: ignore[no-untyped-call]  # nbformat gives no types
    return node


def notebooks(desk: Desk, *, instructor: bool = False, into: Path | None = None) -> dict[Path, str]:
    """Return every notebook by its path: notebooks/NN-slug.ipynb, or the same names in the folder `into`."""
    sources = desk.course / "notebooks" / "src"
    return {
        (into or desk.root / "notebooks") / f"{path.stem}.ipynb": notebook(
            path.read_text(encoding="utf-8"), desk.shown(path), instructor=instructor
        )
        for path in sorted(sources.glob("*.md"))
    }


def drift(files: dict[Path, str]) -> list[Path]:
    """Return the files that are missing or differ from what the sources give."""
    return [path for path, text in files.items() if not path.is_file() or path.read_text(encoding="utf-8") != text]


def write(files: dict[Path, str]) -> list[Path]:
    """Write the files that drifted, and return them."""
    changed = drift(files)
    for path in changed:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(files[path], encoding="utf-8")
    return changed

"""One source: what is woven equals what its source gives, and one slug names the same thing in every room."""

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from proxylings import weave
from proxylings.course import Desk
from tests.conftest import missing

MEND = "run: proxylings weave"


@pytest.mark.parametrize("woven", [weave.stubs, weave.notebooks], ids=["stubs", "notebooks"])
def test_woven_files_equal_their_sources(desk: Desk, woven: Callable[[Desk], dict[Path, str]]) -> None:
    files = woven(desk)
    drifted = weave.drift(files)
    if drifted and all(committed(desk, path) == files[path] for path in drifted):
        missing(f"edited on this desk, as a learner does: {', '.join(map(desk.shown, drifted))}")
    assert not drifted, f"{[desk.shown(path) for path in drifted]} differ from their sources; {MEND}"


def committed(desk: Desk, path: Path) -> str:
    """Return what git has of a file, or nothing."""
    done = subprocess.run(
        ["git", "show", f"HEAD:{desk.shown(path)}"], cwd=desk.root, capture_output=True, text=True, check=False
    )
    return done.stdout


def test_nothing_lies_in_exercises_or_notebooks_that_no_source_gives(desk: Desk) -> None:
    stubs = {path for path in weave.stubs(desk) if path.suffix == ".rs"}
    found = {path for path in (desk.root / "exercises").rglob("*.rs") if "target" not in path.parts}
    assert found == stubs, f"delete {sorted(desk.shown(path) for path in found - stubs)}, or {MEND}"
    assert set((desk.root / "notebooks").glob("*.ipynb")) == set(weave.notebooks(desk)), MEND


def names(folder: Path, pattern: str) -> set[str]:
    """Return the slugs of the files or folders in a room."""
    return {path.stem for path in folder.glob(pattern)}


def test_one_slug_names_the_same_chapter_in_every_room(desk: Desk) -> None:
    root = desk.root
    chapters = {chapter.slug for chapter in desk.chapters if chapter.notebook}
    parts = {part.chapter for part in desk.parts}
    rooms = {
        "solutions/": names(root / "solutions", "[0-9]*"),
        "exercises/": names(root / "exercises", "[0-9]*"),
        "notebooks/src/": names(root / "notebooks" / "src", "[0-9]*.md"),
        "notebooks/": names(root / "notebooks", "[0-9]*.ipynb"),
        "notebooks/hints/": names(root / "notebooks" / "hints", "[0-9]*.toml"),
        "tests/wrong/": names(root / "tests" / "wrong", "[0-9]*"),
    }
    with_exercises = {chapter.slug for chapter in desk.chapters if chapter.exercises}
    for room, found in rooms.items():
        wanted = chapters if room in ("notebooks/src/", "notebooks/") else with_exercises
        assert found == wanted, f"{room} and course.toml name different chapters"
    quizzes = names(root / "notebooks" / "quizzes", "[0-9]*.toml")
    assert parts & chapters <= quizzes <= chapters, "a chapter with a notebook and a part has a quiz"
    assert {name.replace("_", "-", 1) for name in names(root / "tests" / "parts", "[0-9]*.rs")} == parts


def test_each_exercise_of_course_toml_has_its_file_and_each_file_its_exercise(desk: Desk) -> None:
    wanted = {desk.solution(exercise) for exercise in desk.exercises}
    found = {*(desk.root / "solutions").glob("*/drills/*.rs"), *(desk.root / "solutions").glob("*/src/lib.rs")}
    assert found == wanted, f"course.toml and solutions/ differ: {sorted(map(desk.shown, found ^ wanted))}"

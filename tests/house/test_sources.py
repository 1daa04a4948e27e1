"""One source: what is woven equals what its source gives, and one slug names the same thing in every room."""

import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from proxylings import weave
from proxylings.course import Desk
from tests.conftest import missing

MEND = "run: proxylings weave"
# An hour a chapter, of which a part takes forty minutes: more than this is no longer one concept, but typing.
MOST_LINES = 30
_MARKED = re.compile(r"^\s*// exercise: begin\b.*\n((?s:.*?))^\s*// exercise: stub$", re.MULTILINE)


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


def to_write(solution: str) -> int:
    """Return how many lines inside of the marks are code: those that the learner has to write."""
    lines = "".join(_MARKED.findall(solution)).splitlines()
    return sum(1 for line in lines if line.strip() and not line.strip().startswith("//"))


def test_only_lines_of_code_inside_of_the_marks_count() -> None:
    solution = """
        fn read() {
            // exercise: begin cut
            // why

            let head = cut();
            // exercise: stub
            // todo!("cut")
            // exercise: end
            log();
            // exercise: begin parse
            parse(head)
            // exercise: stub
            // todo!("parse")
            // exercise: end
        }
    """
    assert to_write(solution) == len(["let head = cut();", "parse(head)"])


def test_a_part_leaves_no_more_than_thirty_lines_to_the_learner(desk: Desk) -> None:
    lines = {part.chapter: to_write(desk.solution(part).read_text(encoding="utf-8")) for part in desk.parts}
    assert all(lines.values()), f"a part without marks leaves nothing to write: {lines}"
    long = {chapter: count for chapter, count in lines.items() if count > MOST_LINES}
    assert not long, f"more than {MOST_LINES} lines to write: {long}; make what is not the concept scaffolding"

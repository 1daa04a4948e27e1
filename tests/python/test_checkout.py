"""A learner's own repository: what is theirs lies on their desk, everything else in the clone of the course."""

from pathlib import Path

import pytest

from proxylings import compose, course, hints, weave
from proxylings.course import Desk, find_desk
from proxylings.errors import CourseError
from proxylings.grader import desk as operations
from tests.python.small_desk import DRILL, small_desk

DRILL_ID = "00-tour/greet"


@pytest.fixture
def clone(tmp_path: Path) -> Desk:
    return small_desk(tmp_path / "clone")


@pytest.fixture
def desk(tmp_path: Path, clone: Desk) -> Desk:
    desk = Desk(tmp_path / "learner", clone.root)
    weave.write(weave.stubs(desk))
    return desk


def files(folder: Path) -> set[str]:
    """Return the names of all files in a folder."""
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def test_the_stubs_lie_on_the_desk_and_the_solutions_in_the_clone(desk: Desk) -> None:
    assert "exercises/00-tour/drills/greet.rs" in files(desk.root)
    assert not (desk.root / "solutions").exists()
    assert operations.is_untouched(desk, desk.exercise(DRILL_ID))


def test_the_whole_loop_works_and_writes_on_the_desk_only(desk: Desk, clone: Desk) -> None:
    before = files(clone.root)
    drill = desk.exercise(DRILL_ID)
    assert operations.check_and_record(desk, drill).error_codes == ["E0425"]
    assert operations.next_hint(desk, drill) == (1, hints.load(clone, drill).steps[0])
    desk.source(drill).write_text(weave.answer(DRILL, {}), encoding="utf-8")
    assert operations.check_and_record(desk, drill).passed
    assert operations.has_passed(desk, drill)
    assert operations.solution(desk, drill) == weave.answer(DRILL, {})
    assert operations.reset(desk, drill) is not None
    assert operations.is_untouched(desk, drill)
    assert files(clone.root) == before


def test_points_are_those_of_the_clone_whatever_the_desk_says(desk: Desk) -> None:
    (desk.root / "course.toml").write_text('title = "all points for me"\nchapter = []\n', encoding="utf-8")
    assert operations.status(desk).max_points == 11


def test_what_holds_the_learners_part_is_kept_apart_from_what_desks_share(desk: Desk, clone: Desk) -> None:
    homes = {origin: compose._home(desk, ["reference", origin]) for origin in ("mine", "stub", "reference")}
    assert homes == {"mine": desk.state, "stub": clone.state, "reference": clone.state}


def test_a_lock_file_tells_a_learners_repository_from_a_clone(
    desk: Desk, clone: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    (desk.root / "course.toml").write_bytes((clone.root / "course.toml").read_bytes())
    assert find_desk(desk.root) == Desk(desk.root)
    (desk.root / course.LOCK).write_text("", encoding="utf-8")
    monkeypatch.setenv("PROXYLINGS_COURSE", str(clone.root))
    assert find_desk(desk.root / "exercises") == desk
    monkeypatch.setenv("PROXYLINGS_COURSE", str(desk.root))
    with pytest.raises(CourseError, match="not a clone of the course"):
        find_desk(desk.root)

"""The learner's operations, on a small desk: what counts as passed, what opens when, what a reset leaves alone."""

from pathlib import Path

import pytest

from proxylings import weave
from proxylings.course import Desk, Exercise
from proxylings.errors import CourseError
from proxylings.grader import desk as operations
from proxylings.grader.verdict import Verdict
from tests.python.small_desk import DRILL, PART, small_desk

ANSWER = weave.answer(DRILL, {})


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return small_desk(tmp_path)


@pytest.fixture
def drill(desk: Desk) -> Exercise:
    return desk.exercise("00-tour/greet")


@pytest.fixture
def part(desk: Desk) -> Exercise:
    return desk.exercise("01-request")


def state_of(desk: Desk, exercise: Exercise) -> str:
    return next(line.state for line in operations.status(desk).lines if line.exercise == exercise)


def test_an_untouched_desk_is_not_started(desk: Desk, drill: Exercise) -> None:
    assert operations.is_untouched(desk, drill)
    status = operations.status(desk)
    assert [line.state for line in status.lines] == ["not started", "not started"]
    assert (status.points, status.max_points, status.passed) == (0, 11, 0)


def test_checking_the_stub_does_not_start_the_exercise(desk: Desk, drill: Exercise) -> None:
    verdict = operations.check_and_record(desk, drill)
    assert verdict.error_codes == ["E0425"]
    assert state_of(desk, drill) == "not started"


def test_a_right_answer_passes_and_counts_while_the_file_stays(desk: Desk, drill: Exercise) -> None:
    seen: list[Verdict] = []
    desk.source(drill).write_text(ANSWER, encoding="utf-8")
    assert operations.check_and_record(desk, drill, seen.append).passed
    assert {verdict.status for verdict in seen} == {"running"}
    assert operations.has_passed(desk, drill)
    assert (operations.status(desk).points, operations.status(desk).passed) == (1, 1)

    desk.source(drill).write_text(ANSWER + "// later\n", encoding="utf-8")
    assert not operations.has_passed(desk, drill)
    line = operations.status(desk).lines[0]
    assert (line.state, line.points, line.changed) == ("passed", 1, True)


def test_an_answer_that_changes_during_its_check_is_not_the_one_that_passed(desk: Desk, drill: Exercise) -> None:
    path = desk.source(drill)
    path.write_text(ANSWER, encoding="utf-8")

    def save_again(_: Verdict) -> None:
        path.write_text("fn", encoding="utf-8")

    assert operations.check_and_record(desk, drill, save_again).passed
    assert not operations.has_passed(desk, drill)
    path.write_text(ANSWER, encoding="utf-8")
    assert not operations.has_passed(desk, drill)


def test_a_missing_file_is_refused_and_not_remembered(desk: Desk, drill: Exercise) -> None:
    desk.source(drill).unlink()
    assert operations.check_and_record(desk, drill).status == "refused"
    assert not operations.has_passed(desk, drill)
    assert not operations.is_untouched(desk, drill)


def test_hints_open_one_by_one_and_are_remembered(desk: Desk, drill: Exercise) -> None:
    assert operations.opened_hints(desk, drill) == ()
    assert operations.next_hint(desk, drill) == (1, "a question?")
    verdict = operations.check_and_record(desk, drill)
    assert operations.next_hint(desk, drill, verdict) == (2, "look at `format!`\n\nNo such name.")
    assert operations.next_hint(desk, drill)[0] == 3
    assert operations.next_hint(desk, drill) == (3, "the shape")
    assert operations.opened_hints(desk, drill) == ("a question?", "look at `format!`", "the shape")
    assert state_of(desk, drill) == "started"


def test_the_solution_opens_after_a_yes_or_a_pass(desk: Desk, drill: Exercise) -> None:
    with pytest.raises(CourseError, match="opens when your own has passed"):
        operations.solution(desk, drill)
    assert operations.solution(desk, drill, confirmed=True) == ANSWER
    desk.source(drill).write_text(ANSWER, encoding="utf-8")
    operations.check_and_record(desk, drill)
    assert "exercise:" not in operations.solution(desk, drill)


def test_the_solution_of_a_part_shows_every_file(desk: Desk, part: Exercise) -> None:
    text = operations.solution(desk, part, confirmed=True)
    assert text.startswith("// lib.rs\n//! A part.")
    assert "// words.rs\n//! Words." in text


def test_reset_keeps_a_copy_of_what_was_edited(desk: Desk, drill: Exercise) -> None:
    assert operations.reset(desk, drill) is None
    path = desk.source(drill)
    path.write_bytes(b"my \xff work")
    copy = operations.reset(desk, drill)
    assert copy is not None
    assert copy.read_bytes() == b"my \xff work"
    assert path.read_text(encoding="utf-8") == weave.stub(DRILL)
    assert operations.is_untouched(desk, drill)


def test_reset_brings_a_missing_file_back(desk: Desk, part: Exercise) -> None:
    desk.source(part).unlink()
    assert operations.reset(desk, part) is None
    assert desk.source(part).read_text(encoding="utf-8") == weave.stub(PART)


def test_reset_without_room_for_the_copy_leaves_the_file_alone(desk: Desk, drill: Exercise) -> None:
    desk.source(drill).write_text("mine", encoding="utf-8")
    desk.state.mkdir(exist_ok=True)
    (desk.state / "backups").write_text("a file where the folder should be", encoding="utf-8")
    with pytest.raises(CourseError, match="left as it is"):
        operations.reset(desk, drill)
    assert desk.source(drill).read_text(encoding="utf-8") == "mine"


def test_reset_leaves_other_files_unless_they_stand_in_the_stubs_way(desk: Desk, part: Exercise) -> None:
    source = desk.source(part).parent
    mine, rival = source / "mine.rs", source / "words" / "mod.rs"
    mine.write_text("// mine\n", encoding="utf-8")
    rival.parent.mkdir()
    rival.write_text("// rustc can't have words.rs and words/mod.rs\n", encoding="utf-8")
    assert not operations.is_untouched(desk, part)
    assert operations.reset(desk, part) is not None
    assert mine.exists()
    assert not rival.exists()
    copies = {path.name for path in (desk.state / "backups").rglob("*.rs")}
    assert copies == {"mine.rs", "mod.rs"}

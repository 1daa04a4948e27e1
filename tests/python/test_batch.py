"""A class is graded: every learner gets a verdict, the same answer is graded once, and nothing of it is lost.

The grader here is a stand-in, so that a class takes no time; the last test grades with the real one.
"""

import csv
import json
import os
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec
import pytest
from click.testing import CliRunner

from proxylings.cli import main
from proxylings.course import Desk, Exercise
from proxylings.errors import CourseError
from proxylings.grader import oracle, sandbox
from proxylings.grader.batch import grading, layout, results, store, task
from proxylings.grader.batch.grading import Grader, Report, Wish, grade_class
from proxylings.grader.batch.pile import Pile
from proxylings.grader.batch.run import Tally
from proxylings.grader.formats import FORMATS
from proxylings.grader.sandbox import SandboxUnavailable
from tests.conftest import ROOT, missing
from tests.python.batch_stand_in import GRADER, can_grade, find, grade
from tests.python.small_desk import small_desk

DRILL = "exercises/00-tour/drills/greet.rs"


class Class:
    """A small course, a folder of submissions, and what came of grading them."""

    def __init__(self, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.desk = small_desk(root / "course")
        self.submissions, self.out, self._count = root / "submissions", root / "grades", root / "count"
        self.submissions.mkdir()
        monkeypatch.setenv("PROXYLINGS_TEST_COUNT", str(self._count))

    def hand_in(self, student: str, text: str, name: str = DRILL) -> None:
        path = self.submissions / student / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def grade(self, grader: Grader = GRADER, **wish: Any) -> Report:
        wanted = {"exercises": ("greet",), **wish}
        return grade_class(self.desk, Wish(self.submissions, self.out, **wanted), lambda *_: None, grader)

    @property
    def gradings(self) -> int:
        """How often the grader was called since the last time."""
        count = len(self._count.read_text().splitlines()) if self._count.exists() else 0
        self._count.unlink(missing_ok=True)
        return count

    def table(self) -> dict[str, dict[str, str]]:
        with (self.out / "grades.csv").open(newline="", encoding="utf-8") as file:
            return {row["student"]: row for row in csv.DictReader(file)}

    def lines(self) -> list[dict[str, object]]:
        return [json.loads(line) for line in (self.out / "grades.jsonl").read_text().splitlines()]


@pytest.fixture
def room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Class:
    return Class(tmp_path, monkeypatch)


def test_every_learner_has_a_row_and_the_same_answer_is_graded_once(room: Class) -> None:
    for student in ("ada", "bob", "cleo"):
        room.hand_in(student, "right")
    room.hand_in("dan", "wrong")
    report = room.grade()
    assert {student: row["points"] for student, row in room.table().items()} == {
        "ada": "1",
        "bob": "1",
        "cleo": "1",
        "dan": "0",
    }
    assert (room.gradings, report.learners, report.tally.done) == (2, 4, 4)


def test_a_bad_submission_costs_only_itself_and_says_what_is_wrong(room: Class) -> None:
    room.hand_in("ada", "right")
    (room.submissions / "empty").mkdir()
    (room.submissions / "broken.zip").write_bytes(b"PK\x03\x04 and then nothing")
    (room.submissions / "binary.bin").write_bytes(os.urandom(4096))
    (room.submissions / "link").symlink_to("/etc")
    room.hand_in("huge", "x" * 300_000)
    assert room.grade().ungraded == 0
    rows = room.table()
    told = {line["student"]: line["verdict"]["message"] for line in room.lines()}  # type: ignore[index]  # a verdict
    assert {student: row["status"] for student, row in rows.items()} == {
        "ada": "pass", "binary.bin": "refused", "broken": "refused", "empty": "refused", "huge": "refused",
        "link": "refused",
    }  # fmt: skip
    assert told["empty"] == rows["empty"]["result"] == f"It holds no Rust file. Hand in {DRILL}."
    assert "cut short" in told["broken"]
    assert "larger than 256 KiB" in told["huge"]
    assert "links are not followed" in told["link"]


def test_a_second_run_grades_only_what_is_new_with_the_same_seed(room: Class) -> None:
    room.hand_in("ada", "right")
    first = room.grade()
    room.hand_in("bob", "wrong")
    room.hand_in("ada", "right, again")
    room.gradings  # noqa: B018 - begins to count anew
    second = room.grade()
    assert (room.gradings, second.seed) == (2, first.seed)
    assert room.grade().tally.known == 2
    assert room.gradings == 0


def test_other_terms_are_other_verdicts(room: Class, tmp_path: Path) -> None:
    room.hand_in("ada", "right")
    seed = room.grade().seed
    (tmp_path / "cases").mkdir()
    others: list[dict[str, Any]] = [
        {"seed": seed + 1}, {"trust": True}, {"require_cgroup": True}, {"cases": tmp_path / "cases"},
    ]  # fmt: skip
    for wish in others:
        room.gradings  # noqa: B018 - begins to count anew
        room.grade(**{"seed": seed, **wish})
        assert room.gradings == 1, wish
    solution = room.desk.root / "solutions" / "00-tour" / "drills" / "greet.rs"
    solution.write_text(solution.read_text() + "// another version of the course\n")
    room.desk = Desk(room.desk.root / ".")
    task.fingerprint.cache_clear()
    room.grade(seed=seed)
    assert room.gradings == 1


def test_a_learner_who_left_the_folder_leaves_the_table(room: Class) -> None:
    room.hand_in("ada", "right")
    room.hand_in("bob", "right")
    room.grade()
    (room.submissions / "bob").rename(room.submissions.parent / "bob")
    room.grade()
    assert list(room.table()) == ["ada"]


def test_a_failed_sandbox_is_nobodys_failure(room: Class) -> None:
    room.hand_in("ada", "right")
    room.hand_in("bob", "sandbox fails")
    room.hand_in("cleo", "grader fails")
    assert room.grade().ungraded == 2
    assert room.gradings == 1 + 3 + 1, "a failed sandbox is tried three times, a mistake of ours once"
    assert list(room.table()) == ["ada"]
    with (room.out / "ungraded.csv").open(newline="") as file:
        reasons = {row["student"]: row["reason"] for row in csv.DictReader(file)}
    assert reasons == {
        "bob": "sandbox: the box did not start (3 tries)",
        "cleo": "the grader failed: KeyError: 'a mistake of ours'",
    }
    room.hand_in("bob", "right")
    room.hand_in("cleo", "right")
    assert room.grade().ungraded == 0
    assert not (room.out / "ungraded.csv").exists()


def test_a_mistake_in_the_reading_costs_one_submission(room: Class, monkeypatch: pytest.MonkeyPatch) -> None:
    def find(exercise: Exercise, pile: Pile, wanted: Sequence[Exercise]) -> Mapping[str, bytes]:
        files = layout_find(exercise, pile, wanted)
        if b"wrong" in b"".join(files.values()):
            raise KeyError("a mistake of ours")
        return files

    layout_find = layout.find
    monkeypatch.setattr(layout, "find", find)
    room.hand_in("ada", "right")
    room.hand_in("bob", "wrong")
    room.grade()
    rows = room.table()
    assert (rows["ada"]["status"], rows["bob"]["status"]) == ("pass", "refused")
    assert "It could not be read (KeyError: 'a mistake of ours')." in rows["bob"]["result"]


def test_grades_that_lie_among_the_submissions_are_no_submission(room: Class) -> None:
    room.hand_in("ada", "right")
    room.hand_in("bob", "right")
    room.out = room.submissions / "grades"
    for _ in range(2):
        room.grade()
        assert list(room.table()) == ["ada", "bob"]


def test_a_broken_machine_ends_the_run_early(room: Class) -> None:
    for number in range(60):
        room.hand_in(f"s{number:02}", f"grader fails {number}")
    with pytest.raises(CourseError, match="None of the first 20 answers could be graded"):
        room.grade()
    assert room.gradings < 30


def test_an_interrupted_run_ends_at_once_and_goes_on(room: Class) -> None:
    for number in range(20):
        room.hand_in(f"s{number:02}", f"right {number}")
    room.hand_in("z", "wait")

    def interrupt(stage: str, tally: Tally) -> None:
        if tally.graded >= 20:
            signal.raise_signal(signal.SIGINT)

    began = time.monotonic()
    with pytest.raises(KeyboardInterrupt):
        grade_class(room.desk, Wish(room.submissions, room.out, ("greet",)), interrupt, GRADER)
    assert time.monotonic() - began < 20
    assert threading.active_count() < 10
    room.hand_in("z", "right")
    room.gradings  # noqa: B018 - begins to count anew
    assert room.grade().tally.known == 20
    assert room.gradings == 1


@pytest.mark.parametrize("name", ["gradescope", "json", "junit", "exercism", "nbgrader", "github-summary"])
def test_each_format_is_written_where_it_belongs(room: Class, name: str) -> None:
    room.hand_in("ada", "right")
    room.hand_in("../bob", "right")  # lies beside the folder, and is not handed in
    room.hand_in("sub mit@x.org", "wrong")
    room.grade(formats=(name,))
    format_ = FORMATS[name]
    if format_.holds == "a class":
        assert (room.out / "nbgrader.csv").read_text().count("\n") == 3
        return
    inner = "00-tour--greet/" if format_.holds == "one exercise" else ""
    for student in ("ada", "sub%20mit@x.org"):
        assert (room.out / "students" / student / f"{inner}{format_.file_name}").stat().st_size > 0


@pytest.mark.parametrize("student", ["..", "a/b", ".hidden", "con\tx", "ü", "%", "x" * 400, "🦀" * 100])
def test_a_learners_id_never_leads_out_of_the_folder(tmp_path: Path, student: str) -> None:
    name = results.file_name(student)
    (tmp_path / name).mkdir()
    assert [path.name for path in tmp_path.iterdir()] == [name]
    assert name not in (results.file_name(student + "y"), "..", ".")


def test_the_summary_names_tests_points_and_answers_that_are_alike(room: Class) -> None:
    for number, text in enumerate(("let a = names.clone();", "let other = names.clone();", "loop { break }")):
        room.hand_in(f"s{number}", f"pub fn greet() {{ {text} }}")
    room.hand_in("<script>alert(1)</script>", "pub fn greet() { drop(`) } // <b>\n")
    room.grade()
    text = (room.out / "summary.md").read_text()
    page = (room.out / "summary.html").read_text()
    assert "2 learners \\(s0\\, s1\\)\\, 2 different texts\\. Fails\\: names the method\\." in text
    assert "| names the method |  | 4 | 4 |" in text
    assert "<script>" not in page
    assert "&lt;script&gt;" in page
    assert "http" not in page.replace("http-equiv", ""), "the page needs nothing from elsewhere"


def test_a_failure_is_told_as_the_misconception_that_is_likest(room: Class) -> None:
    wrong = room.desk.root / "tests" / "wrong" / "00-tour"
    wrong.mkdir(parents=True)
    for name, body in (("cloned", "names.clone().len()"), ("looped", "for name in names { drop(name) }")):
        header = f'//! exercise = "00-tour/greet"\n//! mark = "body"\n//! misconception = "it must be {name}"\n'
        (wrong / f"greet__{name}.rs").write_text(f'{header}//! fails = "names_the_method"\n//! says = ""\n\n{body}\n')
    room.hand_in("ada", "pub fn greet(all: &str) { let copy = all.clone().len(); }")
    room.hand_in("bob", "pub fn greet(all: &str) { for one in all { drop(one) } }")
    room.hand_in("cleo", room.desk.source(room.desk.exercise("greet")).read_text())
    assert room.grade().learners == 3
    text = (room.out / "summary.md").read_text()
    assert "| it must be cloned | 1 |" in text
    assert "| it must be looped | 1 |" in text
    assert "1 learner \\(cleo\\)\\: the stub\\, as good as untouched\\." in text


def test_one_learners_folder_has_no_summary(room: Class) -> None:
    room.hand_in("", "right")
    report = grade_class(room.desk, Wish(room.submissions, room.out, ("greet",), "ada"), lambda *_: None, GRADER)
    assert (report.learners, report.least, list(room.table())) == (1, 1.0, ["ada"])
    assert not (room.out / "summary.md").exists()


def test_a_store_of_a_newer_version_is_refused_in_words(room: Class) -> None:
    room.hand_in("ada", "right")
    room.grade()
    with sqlite3.connect(room.out / store.FILE) as db:
        db.execute(f"PRAGMA user_version = {store.SCHEMA + 1}")
    with pytest.raises(CourseError, match="was written by a newer proxylings") as raised:
        room.grade()
    assert "Update proxylings" in raised.value.hint


def test_an_empty_file_becomes_a_store_and_another_file_is_refused(room: Class) -> None:
    room.hand_in("ada", "right")
    room.out.mkdir()
    (room.out / store.FILE).write_bytes(b"")
    room.grade()
    (room.out / store.FILE).write_bytes(b"this is a letter, and no database" * 99)
    with pytest.raises(CourseError, match="is not a store of grades"):
        room.grade()


def test_two_runs_do_not_write_to_one_folder(room: Class) -> None:
    room.hand_in("ada", "right")
    held = store.Store(room.out)
    try:
        with pytest.raises(CourseError, match="Another `proxylings grade` is writing"):
            room.grade()
    finally:
        held.close()
    assert room.grade().learners == 1


def test_what_can_not_be_is_said_before_anything_is_written(room: Class, tmp_path: Path) -> None:
    room.hand_in("ada", "right")

    def no_box(*, trust: bool, require_cgroup: bool) -> store.Store:
        raise SandboxUnavailable("There is no bwrap here.", "Install bubblewrap.")

    def none(desk: Desk, exercise: object) -> bool:
        return False

    for grader, wish, words in (
        (Grader(grade, can_grade, no_box), {}, "no bwrap"),  # type: ignore[arg-type]  # it never returns
        (Grader(grade, none, find), {}, "can't be graded strictly"),
        (Grader(grade, none, find), {"exercises": ()}, "No exercise of this course"),
        (GRADER, {"formats": ("xml",)}, "no format 'xml'"),
        (GRADER, {"cases": tmp_path / "none"}, "is no folder"),
        (GRADER, {"student": "ada"}, "holds many submissions"),
    ):
        with pytest.raises(CourseError, match=words) as raised:
            room.grade(grader, **wish)
        assert raised.value.hint
    assert not room.out.exists()


def grade_at_the_terminal(room: Class, monkeypatch: pytest.MonkeyPatch, *arguments: str) -> tuple[int, str, str]:
    monkeypatch.setenv("PROXYLINGS_COURSE", str(room.desk.root))
    monkeypatch.setattr(grading, "Grader", lambda: GRADER)
    done = CliRunner().invoke(main, ["grade", str(room.submissions), "--out", str(room.out), *arguments])
    return done.exit_code, done.stdout, done.stderr


def test_the_command_tells_where_the_grades_are(room: Class, monkeypatch: pytest.MonkeyPatch) -> None:
    room.hand_in("ada", "right")
    room.hand_in("bob", "wrong")
    code, out, err = grade_at_the_terminal(room, monkeypatch, "--exercise", "greet", "--seed", "7")
    assert (code, out) == (0, f"{room.out / 'summary.html'}\n"), err
    assert "2 of 2 answers" in err
    assert "2 learners, random seed 7; sandbox: a stand-in" in err


@pytest.mark.parametrize(
    ("answers", "arguments", "code", "words"),
    [
        (["right"], ["--fail-under", "50"], 0, ""),
        (["right", "wrong"], ["--fail-under", "50"], 1, "A learner has 0 % of the points, less than 50 %."),
        (["right", "wrong"], [], 0, ""),
        (["right", "grader fails"], [], 3, "1 could not be graded, by no fault of the learners"),
        (["right"], ["--exercise", "greeet"], 1, "Did you mean greet?"),
        (["right"], ["--seed", "-1"], 2, "not in the range"),
    ],
)
def test_the_exit_code_says_what_happened(
    room: Class, monkeypatch: pytest.MonkeyPatch, answers: list[str], arguments: Sequence[str], code: int, words: str
) -> None:
    for number, text in enumerate(answers):
        room.hand_in(f"s{number}", text)
    if "--exercise" not in arguments:
        arguments = ["--exercise", "greet", *arguments]
    ended, _, err = grade_at_the_terminal(room, monkeypatch, *arguments)
    assert ended == code, err
    assert words in err


def test_ctrl_c_says_how_to_go_on(room: Class) -> None:
    room.hand_in("ada", "right")
    room.hand_in("bob", "wait")
    script = (
        "import sys; from proxylings.cli import main; from proxylings.grader.batch import grading; "
        "from tests.python.batch_stand_in import GRADER; grading.Grader = lambda: GRADER; main()"
    )
    environment = {**os.environ, "PROXYLINGS_COURSE": str(room.desk.root), "PYTHONPATH": os.pathsep.join(sys.path)}
    command = [
        sys.executable,
        "-c",
        script,
        "grade",
        str(room.submissions),
        "--exercise",
        "greet",
        "--out",
        str(room.out),
    ]
    with subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True) as process:
        while not (room.out / store.FILE).exists() or not recorded(room.out):
            assert process.poll() is None, process.communicate()
            time.sleep(0.02)
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=20)
    assert process.returncode == 130, err
    assert "run the same command again to go on" in err
    assert "Traceback" not in err


def recorded(out: Path) -> int:
    """Return how many verdicts a store holds, while another process writes to it."""
    try:
        with sqlite3.connect(f"file:{out / store.FILE}?mode=ro", uri=True) as db:
            return int(db.execute("SELECT count(*) FROM verdicts").fetchone()[0])
    except sqlite3.OperationalError:
        return 0


def test_a_drill_is_graded_by_the_oracle_in_its_sandbox(tmp_path: Path) -> None:
    try:
        sandbox.find()
    except SandboxUnavailable as error:
        missing(str(error))
    desk = Desk(ROOT)
    drill = desk.exercise("first_green")
    right = desk.solution(drill).read_text(encoding="utf-8")
    for student, text in (("ada", right), ("bob", right + "// bob's\n"), ("cleo", desk.source(drill).read_text())):
        path = tmp_path / "submissions" / student / "exercises" / drill.source
        path.parent.mkdir(parents=True)
        path.write_text(text, encoding="utf-8")
    wish = Wish(tmp_path / "submissions", tmp_path / "grades", (drill.id,), seed=7)
    report = grade_class(desk, wish, lambda *_: None, Grader(oracle.grade))
    assert report.ungraded == 0
    with (tmp_path / "grades" / "grades.csv").open(newline="") as file:
        rows = {
            row["student"]: (row["status"], row["points"], row["seed"], row["mode"]) for row in csv.DictReader(file)
        }
    assert rows["ada"] == rows["bob"] == ("pass", str(drill.points), "7", "strict")
    assert rows["cleo"] == ("error", "0", "7", "strict")
    assert "bubblewrap" in report.backends[0]
    kept = msgspec.json.decode((tmp_path / "grades" / "grades.jsonl").read_bytes().splitlines()[2])
    assert kept["verdict"]["diagnostics"][0]["code"]["code"] == "E0425"

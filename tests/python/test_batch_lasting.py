"""Nothing is lost: a grading run is killed at any moment, meets a full disk, or has ten thousand submissions.

The runs are children of the test, made by fork: a new interpreter for each would take longer than the run.
"""

import itertools
import os
import random
import resource
import signal
import sqlite3
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from proxylings.course import Desk
from proxylings.errors import CourseError
from proxylings.grader.batch import store
from proxylings.grader.batch.grading import Wish, grade_class
from proxylings.grader.batch.run import Tally
from tests.python.batch_stand_in import GRADER
from tests.python.small_desk import small_desk

KILLS = 25


@pytest.fixture
def small(tmp_path: Path) -> Desk:
    return small_desk(tmp_path / "course")


def hand_in(folder: Path, learners: int, distinct: int) -> Path:
    """Write submissions, of which so many are distinct; every third is wrong."""
    folder.mkdir(exist_ok=True)
    for number in range(learners):
        answer = number % distinct
        text = f"// {answer}\npub fn greet() {{ {'right' if answer % 3 else 'wrong'}({answer}) }}\n"
        (folder / f"s{number:05}.rs").write_text(text, encoding="utf-8")
    return folder


def grade(desk: Desk, submissions: Path, out: Path) -> None:
    grade_class(desk, Wish(submissions, out, ("greet",), seed=7, jobs=2), lambda *_: None, GRADER)


def child(work: Callable[[], object]) -> int:
    """Do `work` in a child, and return its process id; it ends with 0, or with what a CourseError says."""
    if pid := os.fork():
        return pid
    code = 1
    try:
        work()
        code = 0
    except CourseError as error:
        print(error)
    finally:
        os._exit(code)


def verdicts(out: Path) -> dict[tuple[str, str], bytes]:
    """Return all verdicts of a store; it must be whole."""
    if not (out / store.FILE).exists():
        return {}
    with sqlite3.connect(out / store.FILE) as db:
        assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        if db.execute("PRAGMA user_version").fetchone() == (0,):
            return {}  # killed before its first transaction
        return {(row[0], row[1]): row[2] for row in db.execute("SELECT answer, exercise, verdict FROM verdicts")}


def test_a_run_that_is_killed_at_any_moment_loses_and_doubles_nothing(
    small: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PROXYLINGS_TEST_SECONDS", "0.004")
    submissions = hand_in(tmp_path / "submissions", learners=120, distinct=60)
    began = time.monotonic()
    assert os.waitpid(child(lambda: grade(small, submissions, tmp_path / "calm")), 0)[1] == 0
    calm = time.monotonic() - began
    chance = random.Random(1)
    killed = 0
    for attempt in itertools.count():
        out = tmp_path / f"killed-{attempt}"
        before: dict[tuple[str, str], bytes] = {}
        for moment in moments(chance, calm):
            pid = child(lambda out=out: grade(small, submissions, out))  # type: ignore[misc]  # bound now
            time.sleep(moment)  # the moment is what is tested; nothing waits for it
            os.kill(pid, signal.SIGKILL)
            ended = os.waitpid(pid, 0)[1]
            killed += os.WIFSIGNALED(ended)
            after = verdicts(out)
            assert before.items() <= after.items(), "a verdict was lost or changed"
            before = after
        assert os.waitpid(child(lambda out=out: grade(small, submissions, out)), 0)[1] == 0  # type: ignore[misc]  # as above
        assert len(verdicts(out)) == 60
        for name in ("grades.csv", "grades.jsonl", "summary.md", "summary.html"):
            assert (out / name).read_bytes() == (tmp_path / "calm" / name).read_bytes(), name
        if killed >= KILLS:
            return


def moments(chance: random.Random, calm: float) -> Iterator[float]:
    """Give some moments of a run that takes `calm` seconds when nobody kills it."""
    for _ in range(5):
        yield chance.uniform(0, calm)


def test_no_verdict_that_is_kept_is_graded_again(small: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PROXYLINGS_TEST_COUNT", str(tmp_path / "count"))
    submissions = hand_in(tmp_path / "submissions", learners=60, distinct=60)

    def until(kept: int) -> Callable[[str, Tally], None]:
        def tell(stage: str, tally: Tally) -> None:
            if tally.done >= kept:
                os.kill(os.getpid(), signal.SIGKILL)

        return tell

    for kept in (5, 20, 40):
        wish = Wish(submissions, tmp_path / "out", ("greet",), seed=7, jobs=2)
        ended = os.waitpid(child(lambda wish=wish, kept=kept: grade_class(small, wish, until(kept), GRADER)), 0)[1]  # type: ignore[misc]  # bound now
        assert os.WTERMSIG(ended) == signal.SIGKILL
        assert len(verdicts(tmp_path / "out")) >= kept
    grade(small, submissions, tmp_path / "out")
    graded = len((tmp_path / "count").read_text().splitlines())
    assert 60 <= graded <= 60 + 3 * 4, "graded again is what was with the two workers, and what waited for them"


def test_a_full_disk_is_said_and_the_verdicts_are_kept(
    small: Desk, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    # Verdicts from before. Whether one more is kept while the disk fills is up to the pace of the machine.
    grade(small, hand_in(tmp_path / "submissions", learners=20, distinct=20), tmp_path / "out")
    before = verdicts(tmp_path / "out")
    submissions = hand_in(tmp_path / "submissions", learners=400, distinct=400)
    capfd.readouterr()
    for size in (10_000, 100_000, 200_000):

        def limited(size: int = size) -> None:
            # For the program, a file that may not grow is a disk that is full.
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))
            grade(small, submissions, tmp_path / "out")

        assert os.waitstatus_to_exitcode(os.waitpid(child(limited), 0)[1]) == 1, size
        said = capfd.readouterr().out
        assert "can't be written" in said
        assert "run the same command again" in said
    kept = verdicts(tmp_path / "out")
    assert before
    assert before.items() <= kept.items()
    grade(small, submissions, tmp_path / "out")
    assert kept.items() <= verdicts(tmp_path / "out").items()
    assert (tmp_path / "out" / "grades.csv").read_text().count("\n") == 401


def test_a_folder_that_can_not_be_written_is_said(capfd: pytest.CaptureFixture[str]) -> None:
    # Not pytest's own folder, which nobody but its owner may enter: root may write everywhere, so another user grades.
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        root.chmod(0o755)
        desk, submissions = small_desk(root / "course"), hand_in(root / "submissions", learners=2, distinct=2)
        out = root / "out"
        grade(desk, submissions, out)
        for path in out.iterdir():
            path.chmod(0o444)
        out.chmod(0o555)

        def as_another() -> None:
            if os.geteuid() == 0:
                os.setgroups([])
                os.setgid(65534)
                os.setuid(65534)
            grade(desk, submissions, out)

        assert os.waitstatus_to_exitcode(os.waitpid(child(as_another), 0)[1]) == 1
        assert f"{out} can't be written: Permission denied." in capfd.readouterr().out
        out.chmod(0o755)
        with pytest.raises(CourseError, match=r"course\.toml can't be written: File exists"):
            grade(desk, submissions, root / "course" / "course.toml")


@pytest.mark.timeout(120)
def test_ten_thousand_submissions_take_little_memory(small: Desk, tmp_path: Path) -> None:
    submissions = hand_in(tmp_path / "submissions", learners=10_000, distinct=300)

    def measured() -> None:
        Path("/proc/self/clear_refs").write_text("5")  # the peak begins anew: proc_pid_clear_refs(5)
        before = memory("VmRSS")
        grade(small, submissions, tmp_path / "out")
        (tmp_path / "grown").write_text(str(memory("VmHWM") - before))

    assert os.waitpid(child(measured), 0)[1] == 0
    grown = int((tmp_path / "grown").read_text()) / 1024
    assert (tmp_path / "out" / "grades.csv").read_bytes().count(b"\r\n") == 10_001
    assert len(verdicts(tmp_path / "out")) == 300
    # Seen: 10 MiB, most of them the list of the submissions and SQLite's pages.
    assert grown < 50, f"grading took {grown:.0f} MiB more"


def memory(what: str) -> int:
    """Return a line of /proc/self/status in KiB."""
    text = Path("/proc/self/status").read_text(encoding="utf-8")
    return int(text.partition(f"{what}:")[2].split()[0])

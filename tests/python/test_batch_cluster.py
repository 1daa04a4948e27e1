"""The same grading on a Dask cluster: a real one, whose workers are processes of their own."""

import importlib
import importlib.util
import os
import signal
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from proxylings.course import Desk
from proxylings.errors import CourseError
from proxylings.grader.batch.grading import Report, Wish, grade_class
from proxylings.grader.batch.run import Tally
from tests.conftest import missing
from tests.python.batch_stand_in import GRADER
from tests.python.small_desk import small_desk
from tests.python.test_batch_lasting import hand_in, verdicts


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    return small_desk(tmp_path_factory.mktemp("course"))


@pytest.fixture(scope="module")
def count(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("count") / "count"


@pytest.fixture(scope="module")
def cluster(small: Desk, count: Path) -> Iterator[Any]:
    if importlib.util.find_spec("distributed") is None:
        missing("distributed is not installed; run: python3 start.py test")
    import dask

    environment = {
        "PROXYLINGS_COURSE": str(small.root), "PROXYLINGS_TEST_COUNT": str(count), "PROXYLINGS_TEST_SECONDS": "0.02",
    }  # fmt: skip
    with dask.config.set({"distributed.nanny.environ": environment}), local_cluster()(
        n_workers=2, threads_per_worker=2, processes=True, dashboard_address=":0", host="127.0.0.1"
    ) as cluster:  # fmt: skip
        yield cluster


def local_cluster() -> Any:
    """Return Dask's class, which has no types."""
    return importlib.import_module("distributed").LocalCluster


def grade(desk: Desk, submissions: Path, out: Path, scheduler: str = "", tell: Any = lambda *_: None) -> Report:
    return grade_class(desk, Wish(submissions, out, ("greet",), seed=7, scheduler=scheduler), tell, GRADER)


def test_a_worker_that_is_killed_costs_no_verdict_and_doubles_none(
    small: Desk, cluster: Any, count: Path, tmp_path: Path
) -> None:
    submissions = hand_in(tmp_path / "submissions", learners=150, distinct=100)
    killed: list[int] = []

    def kill_one(stage: str, tally: Tally) -> None:
        if tally.graded >= 20 and not killed:
            killed.append(int(count.read_text().splitlines()[-1].split()[0]))
            os.kill(killed[0], signal.SIGKILL)

    report = grade(small, submissions, tmp_path / "cluster", cluster.scheduler_address, kill_one)
    workers = {int(line.split()[0]) for line in count.read_text().splitlines()}
    assert killed
    assert os.getpid() not in workers
    assert len(workers) >= 2
    assert (report.ungraded, report.learners, report.tally.graded) == (0, 150, 100)
    grade(small, submissions, tmp_path / "here")
    assert verdicts(tmp_path / "cluster") == verdicts(tmp_path / "here")
    for name in ("grades.csv", "grades.jsonl", "summary.md"):
        assert (tmp_path / "cluster" / name).read_bytes() == (tmp_path / "here" / name).read_bytes(), name


def test_a_worker_with_another_course_grades_nothing(cluster: Any, tmp_path: Path) -> None:
    desk = small_desk(tmp_path / "course")
    (desk.root / "course.toml").write_text((desk.root / "course.toml").read_text() + "# another\n")
    report = grade(desk, hand_in(tmp_path / "submissions", 2, 2), tmp_path / "out", cluster.scheduler_address)
    assert report.ungraded == 2
    assert "is another course than the one to grade by" in (tmp_path / "out" / "ungraded.csv").read_text()


def test_no_scheduler_no_workers_and_no_dask_are_said(
    small: Desk, cluster: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    submissions = hand_in(tmp_path / "submissions", 2, 2)
    with pytest.raises(CourseError, match="No Dask scheduler answers at tcp://127") as raised:
        grade(small, submissions, tmp_path / "out", "tcp://127.0.0.1:1")
    assert "dask scheduler" in raised.value.hint
    with local_cluster()(
        n_workers=0, processes=True, dashboard_address=":0", host="127.0.0.1"
    ) as empty, pytest.raises(CourseError, match="has no workers"):  # fmt: skip
        grade(small, submissions, tmp_path / "out", empty.scheduler_address)
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(CourseError, match="--scheduler needs Dask") as raised:
        grade(small, submissions, tmp_path / "out", cluster.scheduler_address)
    assert "proxylings[dask]" in raised.value.hint
    assert not (tmp_path / "out").exists()

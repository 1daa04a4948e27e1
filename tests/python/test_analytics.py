"""Log analysis from Python: the same answer as Python's own, however many threads; and what runs meanwhile."""

import os
import threading
from pathlib import Path

import pytest

from proxylings import native
from proxylings.errors import CourseError
from proxylings.lab import plain, reference, traffic
from proxylings.lab.faces.analytics import Latency, LogReport

LINES = 3_000


@pytest.fixture(scope="module")
def log() -> bytes:
    """Return a log in which some lines can't be read."""
    return b"".join(traffic.pieces(LINES, unreadable=0.02))


@pytest.mark.parametrize("threads", [0, 1, 4])
def test_any_number_of_threads_counts_what_python_counts(log: bytes, threads: int) -> None:
    report = reference.analytics.report(log, threads=threads)
    wanted = plain.log_report(log)
    for name in ("requests", "body_bytes", "statuses"):
        assert getattr(report, name) == wanted[name]
    assert report.unreadable == LINES - report.requests > 0
    assert [requests for _, requests in report.clients] == [requests for _, requests in wanted["clients"]]
    for got, exact in zip(report.latency, wanted["latency"], strict=True):
        assert exact <= got <= exact * 1.001
    assert report.latency.max_us == wanted["latency"][-1]
    assert sum(requests for _, requests in report.buckets) == report.requests


def test_an_empty_log_gives_zeros() -> None:
    assert reference.analytics.report(b"") == LogReport(0, 0, 0, {}, Latency(0, 0, 0, 0, 0), [], [])


def test_a_path_is_read_by_the_worker(log: bytes, tmp_path: Path) -> None:
    path = tmp_path / "access.log"
    path.write_bytes(log)
    assert reference.analytics.report(path) == reference.analytics.report(log)
    with pytest.raises(CourseError, match=r"no\.log can't be read"):
        reference.analytics.report(tmp_path / "no.log")


@pytest.mark.parametrize("wrong", [{"top": -1}, {"threads": -1}, {"threads": 1_000_000}], ids=str)
def test_a_number_out_of_range_is_refused_in_words(wrong: dict[str, int]) -> None:
    with pytest.raises(CourseError, match="Give a number from 0 to"):
        reference.analytics.report(b"", **wrong)


def test_other_threads_run_while_rust_counts(log: bytes, tmp_path: Path) -> None:
    # As for the columns: if Rust held the GIL, the thread that has to fill the pipe could not run.
    path = tmp_path / "pipe"
    os.mkfifo(path)
    found = []
    reader = threading.Thread(
        target=lambda: found.append(native.reference().analytics_report_of_file(path)), daemon=True
    )
    reader.start()
    path.write_bytes(log)
    reader.join(10)
    assert [report.requests + report.unreadable for report in found] == [LINES]


def test_the_same_seed_gives_the_same_log() -> None:
    assert b"".join(traffic.pieces(1_200, seed=7)) == b"".join(traffic.pieces(1_200, seed=7))
    assert b"".join(traffic.pieces(1_200, seed=7)) != b"".join(traffic.pieces(1_200, seed=8))
    assert b"".join(traffic.pieces(1_201, seed=7)).count(b"\n") == 1_201
    with pytest.raises(CourseError, match="-1 lines"):
        traffic.access_log(-1)

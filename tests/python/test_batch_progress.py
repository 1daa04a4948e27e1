"""How far a run is: one line that changes on a terminal, a line now and then elsewhere."""

import io

import pytest

from proxylings.grader.batch.progress import Progress, duration, line
from proxylings.grader.batch.run import Tally


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("tally", "seconds", "expected"),
    [
        (Tally(1000), 0.0, "0 of 1,000 answers"),
        (Tally(1000, done=100, graded=20), 10.0, "100 of 1,000 answers, 10.0/s, 2 min left"),
        (Tally(1000, done=500, known=400), 50.0, "500 of 1,000 answers, 400 known before, 2.0/s, 4 min left"),
        (Tally(20, done=20, ungraded=1), 4.0, "20 of 20 answers, 1 could not be graded, in 4 s"),
    ],
)
def test_a_line_tells_how_far_how_fast_and_how_long(tally: Tally, seconds: float, expected: str) -> None:
    assert line("answers", tally, seconds) == expected


@pytest.mark.parametrize(
    ("seconds", "expected"), [(0.4, "0 s"), (89, "89 s"), (100, "2 min"), (5000, "83 min"), (8000, "2 h 13 min")]
)
def test_a_time_is_said_as_a_person_says_it(seconds: float, expected: str) -> None:
    assert duration(seconds) == expected


def shown(stream: io.StringIO, monkeypatch: pytest.MonkeyPatch, seconds: int) -> str:
    """Tell of a run of so many seconds, ten times a second, and return what was shown."""
    clock = iter(tenth / 10 for tenth in range(10 * seconds + 10))
    monkeypatch.setattr("time.monotonic", lambda: next(clock))
    told = Progress("answers", stream)
    for number in range(10 * seconds):
        told(Tally(10 * seconds, done=number))
    told.close(Tally(10 * seconds, done=10 * seconds))
    return stream.getvalue()


def test_a_terminal_has_one_line_that_changes(monkeypatch: pytest.MonkeyPatch) -> None:
    text = shown(Terminal(), monkeypatch, 60)
    assert text.count("\n") == 1
    assert 200 < text.count("\r") < 310, "about five times a second"
    widths = [len(part.rstrip("\n")) for part in text.split("\r")[1:]]
    assert all(after >= len(before.rstrip()) for before, after in zip(text.split("\r")[1:], widths[1:], strict=False))


def test_a_log_has_a_line_now_and_then(monkeypatch: pytest.MonkeyPatch) -> None:
    text = shown(io.StringIO(), monkeypatch, 100)
    assert text.count("\n") == 4, "one each half minute, and the last"
    assert "\r" not in text
    assert text.splitlines()[-1].startswith("1,000 of 1,000 answers, in ")

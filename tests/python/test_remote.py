"""`mine` and `reference`: learners' code costs its worker and nothing else."""

import os
import shutil
import signal
import threading

import pytest

from proxylings.course import Desk
from proxylings.errors import CompileFailed, CourseError, LearnerCodeError, ParseError
from proxylings.lab import bench, mine, reference, remote
from proxylings.lab.faces.request import Cut, Note, RequestHead

REQUEST = b"GET /menu HTTP/1.1\r\nHost: cafe.example\r\n\r\n"


@pytest.fixture
def desk(desk_copy: Desk, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """Give a solved desk, and stand in it as a notebook's kernel does."""
    part = desk_copy.parts[0]
    shutil.copyfile(desk_copy.solution(part), desk_copy.source(part))
    monkeypatch.chdir(desk_copy.root / "notebooks")
    return desk_copy


def write_parse(desk: Desk, body: str) -> None:
    """Put `body` at the start of the learner's `parse`."""
    part = desk.parts[0]
    text = desk.solution(part).read_text()
    desk.source(part).write_text(text.replace("    // exercise: begin parse\n", f"    {body}\n"))


@pytest.mark.parametrize("parts", [mine, reference], ids=["mine", "reference"])
def test_mine_and_reference_have_the_same_methods_and_give_the_same_values(desk: Desk, parts: remote.Parts) -> None:
    assert parts.request.cut(REQUEST + b"next") == Cut(REQUEST, b"next")
    assert parts.request.cut(REQUEST[:-1]) is None
    head = RequestHead(b"GET", b"/menu", "HTTP/1.1", [(b"Host", b"cafe.example")])
    assert parts.request.parse(REQUEST) == head
    assert parts.request.hand_on(REQUEST) == Note("GET", "/menu")
    assert parts.request.recycle(REQUEST, b"next") == b"next"
    with pytest.raises(ParseError) as caught:
        parts.request.parse(b"GET / HTTP/1.1\r\nHost : a\r\n\r\n")
    assert (caught.value.fault, caught.value.offset) == ("SpaceBeforeColon", 20)


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ('panic!("no menu today");', "panicked: no menu today"),
        ("std::process::abort();", "SIGABRT"),
        ("std::process::exit(0);", "ended with exit code 0"),
        ("loop { std::hint::spin_loop(); }", "did not return within"),
        (
            "fn deep(n: u64) -> u64 { std::hint::black_box(n) + deep(n + 1) } let _ = deep(0);",
            "took its worker process down",
        ),
    ],
    ids=["panic", "abort", "exit", "endless loop", "stack overflow"],
)
def test_a_crash_is_told_and_the_next_call_works(
    desk: Desk, body: str, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(remote.Worker.ask, "__defaults__", (1.5,))
    write_parse(desk, body)
    with pytest.raises(LearnerCodeError, match=said):
        mine.request.parse(REQUEST)
    write_parse(desk, "")
    assert mine.request.parse(REQUEST).target == b"/menu"


def test_a_broken_file_shows_what_rustc_says(desk: Desk) -> None:
    write_parse(desk, "let wrong: u8 = lines;")
    with pytest.raises(CompileFailed, match="E0308"):
        mine.request.parse(REQUEST)


def test_interrupting_a_call_stops_it(desk: Desk) -> None:
    write_parse(desk, "loop { std::hint::spin_loop(); }")
    timer = threading.Timer(1.0, os.kill, (os.getpid(), signal.SIGINT))
    timer.start()
    with pytest.raises(KeyboardInterrupt):
        mine.request.parse(REQUEST)
    write_parse(desk, "")
    assert mine.request.parse(REQUEST).target == b"/menu"


def test_bench_times_all_three_in_one_run_and_writes_json(desk: Desk) -> None:
    result = bench("request.parse", REQUEST, rounds=5)
    assert [timing.name for timing in result.timings] == ["mine", "reference", "Python"]
    assert all(0 < timing.low <= timing.median <= timing.high for timing in result.timings)
    assert "<caption>" in result._repr_html_()
    assert "median" in repr(result)
    assert (desk.state / "bench" / "request.parse.json").is_file()


def test_bench_says_what_it_wants(desk: Desk) -> None:
    with pytest.raises(CourseError, match="names no function"):
        bench("parse", REQUEST)


def test_bench_leaves_code_that_panics_out_and_says_so(desk: Desk) -> None:
    write_parse(desk, 'panic!("no menu today");')
    result = bench("request.parse", REQUEST, rounds=5)
    assert [timing.name for timing in result.timings] == ["reference", "Python"]
    assert "no menu today" in result.note
    assert "no menu today" in repr(result)


def test_bench_of_an_input_that_is_refused_says_so(desk: Desk) -> None:
    with pytest.raises(CourseError, match="The input is refused"):
        bench("request.parse", b"GET", rounds=5)

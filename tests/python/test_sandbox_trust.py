"""Without a box, for code that somebody has said to trust: the same calls, ordinary processes, and the name says so."""

import time
from pathlib import Path

import pytest

from proxylings.grader import sandbox
from proxylings.grader.sandbox import Sandbox, Stopped
from tests.python.boxes import SMALL, processes, shell, with_


@pytest.fixture
def process() -> Sandbox:
    return sandbox.find(trust=True)


def test_its_name_says_that_it_is_none(process: Sandbox) -> None:
    assert process.backend == "process limits, unsandboxed"


def test_inputs_and_outputs_are_those_of_a_box(process: Sandbox) -> None:
    done = shell(process, "cat; echo err >&2; echo data >&3; exit 3", stdin=b"GET /\n")
    assert (done.stdout, done.stderr, done.data, done.ending, done.code) == (
        b"GET /\n", b"err\n", b"data\n", "exited", 3,
    )  # fmt: skip


def test_paths_of_the_box_stand_for_places_here(process: Sandbox, tmp_path: Path) -> None:
    (tmp_path / "libwire.rlib").write_text("library")
    script = (
        "cat /libraries/libwire.rlib /answer/src/lib.rs $LIBRARIES/libwire.rlib; echo made > /tmp/made; cat /tmp/made"
    )
    done = shell(
        process, script, read_only={"/libraries": tmp_path}, files={"/answer/src/lib.rs": b" source "},
        env={"LIBRARIES": "/libraries"},
    )  # fmt: skip
    assert done.stdout == b"library source librarymade\n", done
    assert not Path("/tmp/made").exists()


@pytest.mark.parametrize("argument", ["-o/tmp/out", "--extern=wire=/tmp/out", "-Clink-arg=-B/tmp/out", "/tmp/out:/tmp"])
def test_a_path_inside_an_argument_stands_for_its_place(process: Sandbox, argument: str) -> None:
    done = process.run(["/bin/echo", argument], SMALL)
    assert b"/tmp/proxylings-" in done.stdout
    assert b"=/tmp/out" not in done.stdout


def test_other_paths_stay_what_they_are(process: Sandbox) -> None:
    words = ["/tmpfs", "/var/tmp", "src/tmp/x", "/bin/tmp-1"]
    assert process.run(["/bin/echo", *words], SMALL).stdout.split() == [word.encode() for word in words]


def test_a_program_given_as_bytes_runs(process: Sandbox, program: bytes) -> None:
    done = process.run(["/program", "panic"], SMALL, files={"/program": program})
    assert (done.ending, done.code) == ("exited", 101)


@pytest.mark.parametrize(
    ("arguments", "ending"),
    [(["loop"], "cpu"), (["sleep"], "wall"), (["abort"], "signal"), (["reserve", "8192"], "memory")],
)
def test_limits_end_a_program(process: Sandbox, program: bytes, arguments: list[str], ending: str) -> None:
    wall = 0.5 if ending == "wall" else 10.0
    done = process.run(["/program", *arguments], with_(wall=wall), files={"/program": program})
    assert done.ending == ending, done


def test_floods_are_cut(process: Sandbox, program: bytes) -> None:
    done = shell(process, "while :; do echo upstream; done")
    assert (done.ending, len(done.stdout)) == ("output", 16 << 10)
    done = process.run(["/program", "data", "17000"], SMALL, files={"/program": program})
    assert (done.ending, len(done.data)) == ("output", 16 << 10)


def test_nobody_waits_any_more(process: Sandbox) -> None:
    with pytest.raises(Stopped):
        shell(process, "sleep 4711.25", stop=lambda: bool(processes("4711.25")))
    end = time.monotonic() + 5
    while left := processes("4711.25"):
        assert time.monotonic() < end, left
        time.sleep(0.01)

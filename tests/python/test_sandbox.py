"""A program in a box ends by itself or at its limit, and gives back what it said.

Each test runs as the user who runs the tests and, where that is root, as an ordinary user too. The attacks, which
try to get out, are in tests/attacks.
"""

import os
import subprocess
from collections.abc import Iterator

import pytest

from proxylings.grader.sandbox import Sandbox
from tests.python.boxes import SMALL, shell, with_


def test_a_program_reads_its_input_and_gives_three_outputs_and_an_exit_code(box: Sandbox) -> None:
    done = shell(box, "read line; echo out $line; echo err >&2; echo data >&3; exit 3", stdin=b"GET /\n")
    assert (done.stdout, done.stderr, done.data) == (b"out GET /\n", b"err\n", b"data\n"), done
    assert (done.ending, done.code, done.ok) == ("exited", 3, False)
    assert done.says() == "ended with exit code 3"


def test_an_end_with_code_0_is_ok_and_its_time_is_known(box: Sandbox) -> None:
    done = shell(box, "i=0; while [ $i -lt 20000 ]; do i=$((i+1)); done")
    assert done.ok, done
    assert 0 < done.cpu_seconds <= done.seconds + 0.1, done


def test_without_input_the_input_is_empty(box: Sandbox) -> None:
    assert shell(box, "cat").stdout == b""


def test_a_large_input_comes_whole(box: Sandbox) -> None:
    assert shell(box, "wc -c", stdin=b"x" * 3_000_000).stdout.strip() == b"3000000"


def test_a_program_given_as_bytes_runs(box: Sandbox, program: bytes) -> None:
    done = box.run(["/answer/program", "panic"], SMALL, files={"/answer/program": program})
    assert (done.ending, done.code) == ("exited", 101)
    assert b"no such upstream" in done.stderr


@pytest.mark.parametrize(("what", "word"), [("abort", "SIGABRT"), ("overflow", "its stack overflowed")])
def test_a_program_that_dies_of_a_signal_is_told_apart(box: Sandbox, program: bytes, what: str, word: str) -> None:
    done = box.run(["/program", what], SMALL, files={"/program": program})
    assert done.ending == "signal", done
    assert word in done.says()
    assert b"Abort" not in done.stdout, "the box's shell must not speak among the program's words"


def test_an_endless_loop_uses_up_its_processor_time(box: Sandbox, program: bytes) -> None:
    done = box.run(["/program", "loop"], SMALL, files={"/program": program})
    assert done.ending == "cpu", done
    assert "1 s of processor time" in done.says()


def test_the_processor_time_of_all_processes_is_one(box: Sandbox) -> None:
    script = "for each in 1 2 3 4 5 6; do (while :; do :; done) & done; sleep 600"
    done = shell(box, script)
    assert done.ending == "cpu", done


def test_a_program_that_waits_for_ever_is_stopped_by_the_clock(box: Sandbox, program: bytes) -> None:
    done = box.run(["/program", "sleep"], with_(wall=0.5), files={"/program": program})
    assert done.ending == "wall", done
    assert done.seconds < 5
    assert "within 0.5 s" in done.says()


@pytest.fixture
def crowd() -> Iterator[None]:
    """Share one processor with three programs that never rest.

    A box then gets a quarter or a half of it, as the kernel counts by process or by session: less than its wall
    clock allows for, and well within the patience that it has with a busy machine.
    """
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {min(before)})
    others = [subprocess.Popen(["/bin/sh", "-c", "while :; do :; done"]) for _ in range(3)]
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)
        for other in others:
            other.kill()
            other.wait()


@pytest.mark.usefixtures("crowd")
def test_a_box_is_not_charged_for_what_others_do(box: Sandbox) -> None:
    work = "i=0; while [ $i -lt 600000 ]; do i=$((i+1)); done; echo done"
    # A quarter more than it takes alone, on this machine: in the crowd it takes twice as long, or more.
    wall = 1.25 * shell(box, work, with_(cpu=10, wall=30.0)).cpu_seconds
    done = shell(box, work, with_(cpu=10, wall=wall))
    assert done.seconds > wall, f"the crowd hindered nobody: {done}"
    assert done.stdout == b"done\n", done


@pytest.mark.usefixtures("crowd")
def test_who_sleeps_in_a_crowd_has_not_starved(box: Sandbox, program: bytes) -> None:
    done = box.run(["/program", "sleep"], with_(wall=0.8), files={"/program": program})
    assert (done.ending, done.seconds < 2.5) == ("wall", True), done


def test_ignored_signals_stop_nobody(box: Sandbox) -> None:
    assert shell(box, "trap '' TERM INT HUP XCPU; while :; do :; done").ending == "cpu"


def test_memory_beyond_the_limit_ends_the_box(box: Sandbox, program: bytes) -> None:
    done = box.run(["/program", "hold", "600"], SMALL, files={"/program": program})
    assert done.ending == "memory", done
    assert "64 MiB of memory" in done.says()


def test_memory_within_the_limit_is_given_and_measured(box: Sandbox, program: bytes) -> None:
    done = box.run(["/program", "hold", "40"], SMALL, files={"/program": program})
    assert done.stdout == b"held 40\n", done
    assert done.peak_kib is not None
    assert 30 << 10 < done.peak_kib < 64 << 10


def test_a_reservation_beyond_the_address_space_is_refused_and_named(box: Sandbox, program: bytes) -> None:
    done = box.run(["/program", "reserve", "8192"], SMALL, files={"/program": program})
    assert done.ending == "memory", done


def test_several_processes_together_have_one_memory(box: Sandbox, program: bytes) -> None:
    done = shell(box, "for i in 1 2 3 4 5 6; do /program hold 30 & done; wait", files={"/program": program})
    assert done.ending == "memory", done


def test_a_program_has_as_many_threads_as_it_may(box: Sandbox, program: bytes) -> None:
    done = box.run(["/program", "threads", "100"], SMALL, files={"/program": program})
    assert done.stdout == b"15\n", "15 threads and the first one make the 16 that are allowed"


def test_the_output_is_cut_at_its_limit_and_the_flood_stopped(box: Sandbox) -> None:
    done = shell(box, "while :; do echo upstream; echo upstream >&2; done")
    assert done.ending == "output", done
    assert len(done.stdout) + len(done.stderr) == 16 << 10
    assert "printed more than 16 KiB" in done.says()


def test_a_short_flood_is_one_too(box: Sandbox) -> None:
    done = shell(box, "head -c 20000 /dev/zero")
    assert (done.ending, len(done.stdout)) == ("output", 16 << 10)


def test_descriptor_3_has_a_limit_of_its_own(box: Sandbox, program: bytes) -> None:
    whole = box.run(["/program", "data", str(16 << 10)], SMALL, files={"/program": program})
    assert (whole.ending, len(whole.data)) == ("exited", 16 << 10)
    more = box.run(["/program", "data", str((16 << 10) + 1)], SMALL, files={"/program": program})
    assert (more.ending, len(more.data)) == ("output", 16 << 10)
    flood = shell(box, "cat /dev/zero >&3")
    assert (flood.ending, len(flood.data)) == ("output", 16 << 10)


@pytest.mark.parametrize("place", ["/tmp", "/dev/shm"])
def test_the_folder_for_files_is_small(box: Sandbox, place: str) -> None:
    done = shell(box, f"for i in 1 2 3; do head -c 2000000 /dev/zero > {place}/$i || echo full; done")
    assert b"full" in done.stdout, done
    assert shell(box, f"head -c 1000000 /dev/zero > {place}/one && echo whole").stdout == b"whole\n"


def test_files_without_bytes_are_memory_too(box: Sandbox, program: bytes) -> None:
    done = box.run(["/program", "files", "80000"], with_(cpu=9, memory=16), files={"/program": program})
    assert done.ending == "memory", done


def test_one_file_is_not_larger_than_the_folder(box: Sandbox) -> None:
    done = shell(box, "exec dd if=/dev/zero of=/tmp/one bs=1M count=9")
    assert (b"No space left" in done.stderr) or "SIGXFSZ" in done.says(), done


def test_few_descriptors_are_open_at_once(box: Sandbox) -> None:
    assert shell(box, "ulimit -n; ulimit -c; ulimit -l").stdout.split() == [b"256", b"0", b"64"]

"""Children end: by themselves, at a limit, or when the caller is interrupted."""

import fcntl
import sys
from pathlib import Path

from proxylings import child

SMALL = child.Limits(cpu=1, wall=20.0, memory=256, file=1, output=16)


def python(code: str, limits: child.Limits = SMALL) -> child.Finished:
    """Run a line of Python as a child."""
    return child.run([sys.executable, "-c", code], limits)


def test_an_ordinary_end_keeps_both_outputs_and_the_exit_code() -> None:
    done = python("import sys; print('out'); print('err', file=sys.stderr); sys.exit(3)")
    assert (done.stdout, done.stderr, done.returncode, done.stopped) == ("out\n", "err\n", 3, "")
    assert done.ending() == "ended with exit code 3"


def test_an_endless_loop_uses_up_its_processor_time() -> None:
    done = python("while True: pass")
    assert not done.ok
    assert "processor time" in done.ending()


def test_a_child_that_waits_for_ever_is_stopped_by_the_clock() -> None:
    done = python("import threading; threading.Event().wait()", child.Limits(wall=0.5))
    assert "did not end within 0.5 s" in done.ending()


def test_a_flood_of_output_is_stopped_and_cut() -> None:
    done = python("while True: print('x' * 1000)")
    assert "printed more than 16 KiB" in done.ending()
    assert len(done.stdout) == 16 * 1024


def test_memory_beyond_the_limit_is_refused_to_the_child() -> None:
    done = python("x = bytearray(1 << 30)")
    assert not done.ok
    assert "MemoryError" in done.stderr


def test_an_abort_is_named() -> None:
    assert "SIGABRT" in python("import os; os.abort()").ending()


def test_what_the_child_started_ends_with_it(tmp_path: Path) -> None:
    lock = tmp_path / "lock"
    script = f"""
import fcntl, subprocess
held = open({str(lock)!r}, "w")
fcntl.flock(held, fcntl.LOCK_EX)
subprocess.Popen(["sleep", "600"], pass_fds=[held.fileno()])
"""
    # The grandchild holds the pipes open, so the run ends at its wall limit; it also holds the lock while it lives.
    assert "did not end" in python(script, child.Limits(wall=1.0)).ending()
    with lock.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)

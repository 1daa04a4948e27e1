"""Run a program as a child with limits: processor time, wall time, memory, output.

Owns the child and everything that it starts (one session, killed as a whole). Knows nothing of Rust.
The limits are those of the operating system (`ulimit`), so they hold even where the child ignores signals.
"""

import contextlib
import os
import select
import selectors
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

# sh sets the limits and then becomes the program. Unlike preexec_fn this is safe in a process with threads,
# which a Jupyter kernel is. A limit that the platform does not know (-v on macOS) is left out. The hard limit
# on processor time lies above the soft one, so that the signal that comes says what it is for (SIGXCPU).
_SET_LIMITS = """
ulimit -c 0
ulimit -S -t "$1" 2>/dev/null
ulimit -H -t $(($1 + 1)) 2>/dev/null
ulimit -v "$2" 2>/dev/null
ulimit -f "$3" 2>/dev/null
shift 3
exec "$@"
"""


@dataclass(frozen=True)
class Limits:
    """What a child may use: seconds of processor and wall time, MiB of memory and of one file, KiB of output.

    `memory` counts addresses. None is for a program that reserves more of them than it uses, and keeps a limit itself.
    """

    cpu: int = 5
    wall: float = 10.0
    memory: int | None = 1024
    file: int = 64
    output: int = 256


@dataclass(frozen=True)
class Finished:
    """How a child ended. `stopped` says in words why we ended it, and is empty when it ended by itself."""

    returncode: int
    stdout: str
    stderr: str
    stopped: str
    seconds: float

    @property
    def ok(self) -> bool:
        """Whether it ended by itself, with exit code 0."""
        return self.returncode == 0 and not self.stopped

    def ending(self) -> str:
        """Say in words how it ended: "ended with exit code 101", "was stopped: …"."""
        if self.stopped:
            return f"was stopped: {self.stopped}"
        if self.returncode >= 0:
            return f"ended with exit code {self.returncode}"
        number = -self.returncode
        if number == signal.SIGXCPU:
            return "was stopped: it used up its processor time"
        name = signal.Signals(number).name
        meaning = {
            "SIGABRT": " (it called abort, or its stack overflowed)",
            "SIGSEGV": " (it touched memory that is not its own)",
        }
        return f"was ended by {name}{meaning.get(name, '')}"


def limited(argv: Sequence[str | Path], limits: Limits) -> list[str]:
    """Return the command that runs `argv` under the limits that the operating system keeps."""
    memory = "unlimited" if limits.memory is None else str(limits.memory * 1024)
    sizes = [str(limits.cpu), memory, str(limits.file * 2048)]
    return ["/bin/sh", "-c", _SET_LIMITS, "sh", *sizes, *map(str, argv)]


def kill_group(process: "subprocess.Popen[bytes]") -> None:
    """End the child and everything that it started, and wait for it."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def run(
    argv: Sequence[str | Path],
    limits: Limits,
    *,
    cwd: Path | None = None,
    env: Mapping[str, str] | None = None,
    on_line: Callable[[str], None] | None = None,
    on_output: Callable[[str], None] | None = None,
    stop: Callable[[], bool] | None = None,
    look: Callable[[int], str] | None = None,
) -> Finished:
    """Run `argv` to its end, or to its limits.

    `on_line` and `on_output` are called with each line of its standard error, and of its standard output, as it comes.
    Twenty times a second `stop` is asked whether nobody wants the result any more, and `look`, which gets the process
    id, why the child should be ended ("" says that it should not).
    Interrupting the caller (KeyboardInterrupt) ends the child first.
    """
    started = time.monotonic()
    process = subprocess.Popen(
        limited(argv, limits),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=cwd,
        env=None if env is None else dict(env),
        start_new_session=True,
    )
    assert process.stdout is not None
    assert process.stderr is not None
    try:
        listeners = (on_output, on_line)
        output, stopped = _collect(process, process.stdout, process.stderr, limits, started, listeners, stop, look)
    finally:
        # Also the way out for KeyboardInterrupt: nothing that the child started outlives the call.
        kill_group(process)
        process.stdout.close()
        process.stderr.close()
    stdout, stderr = (bytes(part).decode("utf-8", "replace") for part in output)
    return Finished(process.returncode, stdout, stderr, stopped, time.monotonic() - started)


def _collect(
    process: "subprocess.Popen[bytes]",
    stdout: IO[bytes],
    stderr: IO[bytes],
    limits: Limits,
    started: float,
    listeners: tuple[Callable[[str], None] | None, Callable[[str], None] | None],
    stop: Callable[[], bool] | None,
    look: Callable[[int], str] | None,
) -> tuple[tuple[bytearray, bytearray], str]:
    """Read both pipes until they close or a limit is reached, and say which limit that was."""
    out, err = bytearray(), bytearray()
    told = [0, 0]
    with selectors.DefaultSelector() as selector:
        selector.register(stdout, selectors.EVENT_READ, out)
        selector.register(stderr, selectors.EVENT_READ, err)
        while selector.get_map():
            left = started + limits.wall - time.monotonic()
            if left <= 0:
                return (out, err), f"it did not end within {limits.wall:g} s"
            if stop is not None and stop():
                return (out, err), "nobody waits for it any more"
            events = selector.select(min(left, 0.05) if stop or look else left)
            if not events and look is not None and (why := look(process.pid)):
                return (out, err), why
            for key, _ in events:
                piece = os.read(key.fd, 65536)
                if not piece:
                    selector.unregister(key.fileobj)
                    continue
                key.data.extend(piece)
                if len(key.data) > limits.output * 1024:
                    del key.data[limits.output * 1024 :]
                    return (out, err), f"it printed more than {limits.output} KiB"
            for index, (listener, said) in enumerate(zip(listeners, (out, err), strict=True)):
                while listener is not None and (end := said.find(b"\n", told[index])) >= 0:
                    listener(said[told[index] : end].decode("utf-8", "replace"))
                    told[index] = end + 1
    if not _ended(process, max(0.0, started + limits.wall - time.monotonic())):
        return (out, err), f"it did not end within {limits.wall:g} s"
    return (out, err), ""


def _ended(process: "subprocess.Popen[bytes]", seconds: float) -> bool:
    """Wait for the end; a descriptor of the process tells at once, where Python's own wait sleeps in steps."""
    if sys.platform == "linux" and process.poll() is None:
        with contextlib.suppress(OSError):
            descriptor = os.pidfd_open(process.pid)
            try:
                waiting = select.poll()
                waiting.register(descriptor, select.POLLIN)
                waiting.poll(1000 * seconds)
            finally:
                os.close(descriptor)
            seconds = 0.0
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        return False
    return True

"""What a box may use, what it gives back, and how it can fail: the words that all backends share."""

import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Literal, Protocol

import msgspec

from proxylings.errors import CourseError

Ending = Literal["exited", "signal", "cpu", "wall", "memory", "output"]

_SIGNALS = {
    4: "an illegal instruction (SIGILL)",
    6: "SIGABRT: it called abort, or the stack of a thread overflowed",
    7: "SIGBUS: it touched memory that is not there",
    8: "a division that the processor can't do (SIGFPE)",
    9: "SIGKILL",
    11: "SIGSEGV: its stack overflowed, or it touched memory that is not its own",
    13: "SIGPIPE: it wrote to a pipe that nobody reads",
    25: "SIGXFSZ: it wrote a file that is too large",
    31: "SIGSYS: it asked the system for something that no box may do",
}


class Allowance(msgspec.Struct, frozen=True):
    """What the program in a box may use.

    Seconds of processor time (of all its processes together) and of wall time; MiB of memory and of /tmp; KiB of
    standard output and error together; processes and threads together; KiB of what it writes to descriptor 3.
    """

    cpu: int
    wall: float
    memory: int
    tmp: int
    output: int
    processes: int
    data: int


COMPILE = Allowance(cpu=10, wall=20.0, memory=1024, tmp=128, output=128, processes=64, data=64 * 1024)
RUN = Allowance(cpu=2, wall=6.0, memory=256, tmp=16, output=256, processes=64, data=4 * 1024)


class Outcome(msgspec.Struct, frozen=True):
    """How the program ended, and what it gave.

    `code` is the exit code, the signal's number when `ending` is "signal", and 0 where a limit ended it.
    `data` is what it wrote to descriptor 3. `peak_kib` is the most memory that it held, where the backend knows.
    The three byte strings are the program's own words: nothing in them is escaped yet.
    """

    ending: Ending
    code: int
    stdout: bytes
    stderr: bytes
    data: bytes
    seconds: float
    cpu_seconds: float
    peak_kib: int | None
    allowance: Allowance = RUN

    @property
    def ok(self) -> bool:
        """Whether it ended by itself, with exit code 0."""
        return self.ending == "exited" and self.code == 0

    def says(self) -> str:
        """Say in words how it ended: "ended with exit code 101", "was stopped: …"."""
        match self.ending:
            case "exited":
                return f"ended with exit code {self.code}"
            case "signal":
                return f"was ended by {_SIGNALS.get(self.code, f'signal {self.code}')}"
            case "cpu":
                return f"was stopped: it used up its {self.allowance.cpu} s of processor time"
            case "wall":
                return f"was stopped: it did not end within {self.allowance.wall:g} s"
            case "memory":
                return f"was stopped: it needed more than {self.allowance.memory} MiB of memory"
            case "output":
                return f"was stopped: it printed more than {self.allowance.output} KiB"


class SandboxUnavailable(CourseError):
    """This machine can't give the sandbox that was asked for; the hint says how to get one."""


class SandboxFailed(CourseError):
    """The box itself failed: this says nothing about the program in it, and another try may give a result."""


class Stopped(SandboxFailed):
    """`stop` said that nobody wants the result any more."""


class Sandbox(Protocol):
    """Runs one program in a box of its own. Any number of threads may share one."""

    @property
    def backend(self) -> str:
        """Return what holds the box, in words that stand in every verdict."""

    def run(
        self,
        argv: Sequence[str],
        allowance: Allowance,
        *,
        stdin: bytes = b"",
        read_only: Mapping[str, Path] = {},
        files: Mapping[str, bytes] = {},
        env: Mapping[str, str] = {},
        stop: Callable[[], bool] | None = None,
        shares_network: bool = False,
    ) -> Outcome:
        """Run `argv` until it ends or reaches a limit; when this returns, nothing that it started is left.

        It has no network. Where it `shares_network` it has the caller's, which must be one made for this.

        `argv[0]` and all paths are paths inside the box. `read_only` puts files and folders of this machine there,
        `files` puts bytes there as files; the program can read and run both, and change neither.
        `stop` is asked twenty times a second whether nobody wants the result any more.
        """


def ending_of(code: int, stderr: bytes) -> tuple[Ending, int]:
    """Read an exit code as a shell gives it, where 128 and more stands for a signal."""
    signal = code - 128
    if signal == 24:  # SIGXCPU: the limit on processor time
        return "cpu", 0
    # Rust aborts when the allocator refuses; this is how the limit on address space shows.
    if signal == 6 and re.search(rb"^memory allocation of \d+ bytes failed", stderr, re.MULTILINE):
        return "memory", 0
    return ("signal", signal) if 0 < signal <= 64 else ("exited", code)

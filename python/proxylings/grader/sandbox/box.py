"""One box at work: read what it says, end it at a limit, tell how it ended.

Owns the box from the moment at which bubblewrap holds it still to the death of its last process.
"""

import contextlib
import os
import re
import select
import selectors
import signal
import subprocess
import time
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from proxylings.grader.sandbox.memory import Meter
from proxylings.grader.sandbox.model import Allowance, Ending, Outcome, SandboxFailed, Stopped, ending_of
from proxylings.grader.sandbox.starving import Starving

if TYPE_CHECKING:
    import resource  # which Windows has not

_TICK = 0.05
# A box that ends within this has starved nobody knows how long, and nobody needs to know.
_QUICK = 0.5
_MOST_PATIENCE = 4
# A process that the kernel can't end at once, because it waits for a disk, say.
_LONGEST_DEATH = 30.0
_CHILD = re.compile(rb'"child-pid": (\d+)')
_EXIT_CODE = re.compile(rb'"exit-code": (\d+)')
_READABLE = ("stdout", "stderr", "data", "status")


@dataclass
class Box:
    """A box that waits for its start. `ends` are our ends of its pipes; writing to `hold` starts it."""

    process: "subprocess.Popen[bytes]"
    ends: Mapping[str, int]
    meter: Meter
    allowance: Allowance
    started: float = field(default_factory=time.monotonic)
    said: dict[str, bytearray] = field(default_factory=lambda: defaultdict(bytearray))

    def watch(self, stop: Callable[[], bool] | None) -> Outcome:
        """Let the box run, and return when none of its processes is left."""
        while not (told := _CHILD.search(self.said["status"])):
            if not self._read("status"):
                raise self._failed()
        try:
            why = self._run(int(told[1]), stop)
        except (ProcessLookupError, BrokenPipeError) as error:  # it ended before it was told to go on
            raise self._failed() from error
        seconds = time.monotonic() - self.started
        _, status, usage = os.wait4(self.process.pid, 0)
        self.process.returncode = os.waitstatus_to_exitcode(status)
        return self._outcome(why or self._drain(), seconds, usage)

    def _run(self, first: int, stop: Callable[[], bool] | None) -> Ending | None:
        """Let the box's process 1, which waits, go on; return the limit that it reached, when all are dead."""
        pidfd = os.pidfd_open(first)
        try:
            # Where the box could not be set up, its process is gone, and another may have its number.
            if _parent(first) != self.process.pid:
                raise ProcessLookupError
            try:
                self.meter.enter(first)
                os.write(self.ends["hold"], b".")
                return self._until_a_limit(pidfd, Starving(first, self.started), stop)
            finally:
                _kill(pidfd)
        finally:
            os.close(pidfd)

    def _until_a_limit(self, pidfd: int, starving: Starving, stop: Callable[[], bool] | None) -> Ending | None:
        """Read what the box says until it ends (None) or goes beyond a limit."""
        end = self.started + self.allowance.wall
        tick = time.monotonic() + _TICK
        with selectors.DefaultSelector() as selector:
            selector.register(pidfd, selectors.EVENT_READ)
            for name in _READABLE:
                selector.register(self.ends[name], selectors.EVENT_READ, name)
            while (now := time.monotonic()) < end or now < (end := self._end(starving)):
                if now >= tick:
                    if stop is not None and stop():
                        raise Stopped("Nobody waits for this result any more.")
                    if self.meter.look():
                        return "memory"
                    if now - self.started > _QUICK:
                        starving.look()
                        if self._overworked(starving):
                            return "cpu"
                    tick = now + _TICK
                for key, _ in selector.select(max(0.0, min(end, tick) - now)):
                    if key.fd == pidfd:
                        return None
                    if not self._read(key.data):
                        selector.unregister(key.fd)
                if self._flooded():
                    return "output"
        return "wall"

    def _overworked(self, starving: Starving) -> bool:
        """Whether the box's processes together used up the time that the system gives to each of them."""
        return starving.used > self.allowance.cpu

    def _end(self, starving: Starving) -> float:
        """Return when the box's wall time is over; who has used up his processor time has not starved."""
        starving.look()
        waited = starving.pitied if starving.used < self.allowance.cpu else 0.0
        return self.started + self.allowance.wall + min(waited, _MOST_PATIENCE * self.allowance.wall)

    def _drain(self) -> Ending | None:
        """Read what is left in the pipes of a box that has ended."""
        for name in _READABLE:
            while self._read(name):
                if self._flooded():
                    return "output"
        return None

    def _read(self, name: str) -> bool:
        """Read a piece of one pipe; return whether there was one."""
        piece = os.read(self.ends[name], 1 << 16)
        self.said[name] += piece
        return bool(piece)

    def _flooded(self) -> bool:
        printed = len(self.said["stdout"]) + len(self.said["stderr"])
        # The first byte of `data` is the box's own.
        return printed > self.allowance.output << 10 or len(self.said["data"]) > (self.allowance.data << 10) + 1

    def _outcome(self, why: Ending | None, seconds: float, usage: "resource.struct_rusage") -> Outcome:
        cpu = usage.ru_utime + usage.ru_stime
        exit_code = _EXIT_CODE.search(self.said["status"])
        if not self.said["data"]:
            raise self._failed()
        if self.meter.exceeded():
            why = "memory"
        if why is not None:
            ending, code = why, 0
        elif exit_code is not None:
            ending, code = ending_of(int(exit_code[1]), bytes(self.said["stderr"]))
            if code == signal.SIGKILL and cpu >= self.allowance.cpu:
                ending, code = "cpu", 0  # it ignored the signal that comes first
        else:
            raise self._failed()
        room = self.allowance.output << 10
        stdout = bytes(self.said["stdout"][:room])
        return Outcome(
            ending=ending,
            code=code,
            stdout=stdout,
            stderr=bytes(self.said["stderr"][: room - len(stdout)]),
            data=bytes(self.said["data"][1 : (self.allowance.data << 10) + 1]),
            seconds=seconds,
            cpu_seconds=cpu,
            peak_kib=self.meter.peak_kib(),
            allowance=self.allowance,
        )

    def _failed(self) -> SandboxFailed:
        """Say why there was no box, in bubblewrap's own words where it has some."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(1.0)
        if self.process.returncode is None:
            self.process.kill()
            self.process.wait()
        words = bytes(self.said["stderr"]) or os.read(self.ends["stderr"], 4096)
        said = words.decode("utf-8", "replace").strip() or f"bubblewrap ended with {self.process.returncode}"
        return SandboxFailed(
            f"The box did not start: {said}",
            "This says nothing about the program in it. `proxylings doctor` looks whether the sandbox works here.",
        )


def _parent(pid: int) -> int:
    try:
        # The name, in parentheses, may hold anything.
        return int(Path(f"/proc/{pid}/stat").read_bytes().rpartition(b")")[2].split()[1])
    except (FileNotFoundError, ProcessLookupError):
        return 0


def _kill(pidfd: int) -> None:
    """End process 1 of a box; its death is the death of all others, and is not over before they are gone."""
    with contextlib.suppress(ProcessLookupError):
        signal.pidfd_send_signal(pidfd, signal.SIGKILL)
    death = select.poll()
    death.register(pidfd, select.POLLIN)
    if not death.poll(_LONGEST_DEATH * 1000):
        raise SandboxFailed(f"A box's process could not be ended within {_LONGEST_DEATH:g} s.", "Look at it with ps.")

"""One box: a program in namespaces of its own, with bubblewrap.

Owns the box from its start to the death of its last process. What the box may hold in memory is `memory`'s,
which system calls it may make `filter`'s.
"""

import contextlib
import os
import re
import resource
import secrets
import select
import selectors
import signal
import subprocess
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from proxylings.grader.sandbox import filter as system_calls
from proxylings.grader.sandbox.memory import Keeper, Meter
from proxylings.grader.sandbox.model import Allowance, Ending, Outcome, SandboxFailed, Stopped, ending_of

_ENVIRONMENT = {"PATH": "/usr/bin", "HOME": "/tmp", "TMPDIR": "/tmp", "LANG": "C.UTF-8"}
_DEVICES = ("null", "zero", "random", "urandom")
_TICK = 0.05
_CHILD = re.compile(rb'"child-pid": (\d+)')
_EXIT_CODE = re.compile(rb'"exit-code": (\d+)')

# The box's process 1. It gets the pipe for descriptor 3 as its standard input, because only 0, 1 and 2 can be chosen
# when a program is started. The dot tells us that the box stands: without it, no exit code is the program's.
# A shell tells on its standard error when its child dies of a signal; nobody wants that among the program's words.
_FIRST = """
exec 3>&0 4>&2 <"$1" 2>/dev/null
shift
( printf . >&3 && exec "$@" ) 2>&4 4>&-
exit $?
"""


class Bubblewrap:
    """Boxes made by bubblewrap; `uids` holds the user ids to choose from when this process may change its own."""

    def __init__(self, program: str, keeper: Keeper, uids: range | None) -> None:
        """Take what `find` found."""
        self.program = program
        self.keeper = keeper
        self.uids = uids
        self.backend = f"bubblewrap+seccomp+{keeper.name} " + ("as root" if uids else "in a user namespace")

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
    ) -> Outcome:
        """Run `argv` in a new box."""
        try:
            with contextlib.ExitStack() as stack:
                box = self._start(stack, argv, allowance, stdin, read_only, files, env)
                return box.watch(stop)
        except OSError as error:
            raise SandboxFailed(
                f"The box could not be used: {error}.", "Is the machine out of memory, processes or descriptors?"
            ) from error

    def _start(
        self,
        stack: contextlib.ExitStack,
        argv: Sequence[str],
        allowance: Allowance,
        stdin: bytes,
        read_only: Mapping[str, Path],
        files: Mapping[str, bytes],
        env: Mapping[str, str],
    ) -> "_Box":
        meter = self.keeper.meter(allowance.memory)
        stack.callback(meter.close)
        pipes = {name: _pipe(stack) for name in ("stdout", "stderr", "data", "status")}
        hold, release = os.pipe()
        stack.callback(os.close, release)
        with contextlib.ExitStack() as ours:  # the ends and files that only the box needs
            for _, end in pipes.values():
                ours.callback(os.close, end)
            ours.callback(os.close, hold)
            passed = [hold, pipes["status"][1]]

            def give(data: bytes) -> str:
                descriptor = os.memfd_create("box")
                ours.callback(os.close, descriptor)
                passed.append(descriptor)
                with open(descriptor, "wb", closefd=False) as file:
                    file.write(data)
                os.lseek(descriptor, 0, os.SEEK_SET)
                return str(descriptor)

            made = {"/", "/tmp"}
            options = list(self._options(allowance, read_only, env, made))
            for place, data in {**files, **({"/.stdin": stdin} if stdin else {})}.items():
                options += [*_parents(place, made), "--perms", "0555", "--file", give(data), place]
            options += ["--remount-ro", "/", "--remount-ro", "/dev"]
            options += ["--seccomp", give(system_calls.program())]
            options += ["--json-status-fd", str(passed[1]), "--block-fd", str(passed[0])]
            arguments = give(b"".join(option.encode() + b"\0" for option in options))
            started = time.monotonic()
            process = subprocess.Popen(
                [self.program, "--args", arguments, "--", *self._inside(allowance, stdin), *argv],
                stdin=pipes["data"][1],
                stdout=pipes["stdout"][1],
                stderr=pipes["stderr"][1],
                pass_fds=passed,
                cwd="/",
                env={},
                start_new_session=True,  # Ctrl-C at a terminal is for us, not for the box
            )
            stack.callback(_end, process)
        ends = {name: end for name, (end, _) in pipes.items()}
        return _Box(process, ends, release, meter, allowance, started)

    def _options(
        self, allowance: Allowance, read_only: Mapping[str, Path], env: Mapping[str, str], made: set[str]
    ) -> Iterator[str]:
        yield from ("--unshare-ipc", "--unshare-pid", "--unshare-uts", "--unshare-net", "--unshare-cgroup-try")
        yield from ("--new-session", "--die-with-parent", "--as-pid-1", "--hostname", "box", "--clearenv")
        if self.uids is None:
            yield from ("--unshare-user", "--disable-userns")
        else:
            # What setpriv needs to become the slot's user; it keeps none of them.
            yield from ("--cap-drop", "ALL", "--cap-add", "CAP_SETUID", "--cap-add", "CAP_SETGID")
        yield from _parents("/usr/bin", made)
        for folder in ("/usr/bin", "/usr/lib", "/usr/lib64"):
            yield from ("--ro-bind-try", folder, folder)
        for link in ("bin", "lib", "lib64"):
            if Path("/", link).is_symlink():
                yield from ("--symlink", f"usr/{link}", f"/{link}")
            else:
                yield from ("--ro-bind-try", f"/{link}", f"/{link}")
        # A folder of its own, not the machine's: no terminals, no disks. Made read-only when all is in it.
        yield from ("--perms", "0755", "--tmpfs", "/dev")
        for name in _DEVICES:
            yield from ("--dev-bind", f"/dev/{name}", f"/dev/{name}")
        for place in ("/tmp", "/dev/shm"):
            yield from ("--perms", "1777", "--size", str(allowance.tmp << 20), "--tmpfs", place)
        for place, path in read_only.items():
            yield from (*_parents(place, made), "--ro-bind", str(path), place)
        for name, value in {**_ENVIRONMENT, **env}.items():
            yield from ("--setenv", name, value)
        yield from ("--chdir", "/tmp")

    def _inside(self, allowance: Allowance, stdin: bytes) -> Iterator[str]:
        """Give the commands that become the program, one after the other: user, limits, process 1."""
        if self.uids is not None:
            user = str(self.uids.start + secrets.randbelow(len(self.uids)))
            yield from ("/usr/bin/setpriv", "--reuid", user, "--regid", user, "--clear-groups")
            # A change of user makes the kernel forget whose death ends it.
            yield from ("--inh-caps", "-all", "--pdeathsig", "KILL")
        address_space = max(4 * allowance.memory, 1024) << 20
        yield from ("/usr/bin/prlimit", f"--cpu={allowance.cpu}:{allowance.cpu + 1}", f"--as={address_space}")
        yield from (f"--nproc={allowance.processes + 2}", f"--fsize={allowance.tmp << 20}", "--nofile=256")
        yield from ("--core=0", "--memlock=65536", "--msgqueue=0", "--")
        yield from ("/bin/sh", "-c", _FIRST, "sh", "/.stdin" if stdin else "/dev/null")


@dataclass
class _Box:
    """A box that waits for its start; `ends` are our ends of its pipes."""

    process: "subprocess.Popen[bytes]"
    ends: Mapping[str, int]
    release: int
    meter: Meter
    allowance: Allowance
    started: float
    said: dict[str, bytearray] = field(default_factory=lambda: defaultdict(bytearray))

    def watch(self, stop: Callable[[], bool] | None) -> Outcome:
        """Let the box run, and return when none of its processes is left."""
        while not (told := _CHILD.search(self.said["status"])):
            if not self._read("status"):
                raise self._failed()
        pidfd = os.pidfd_open(int(told[1]))
        try:
            # All this while process 1 holds still, so it can't end and leave its number to another.
            self.meter.enter(int(told[1]))
            os.write(self.release, b".")
            why = self._until_a_limit(pidfd, stop)
        finally:
            # The death of process 1 is the death of all others, and it isn't over before they are gone.
            with contextlib.suppress(ProcessLookupError):
                signal.pidfd_send_signal(pidfd, signal.SIGKILL)
            select.select([pidfd], [], [])
            os.close(pidfd)
        seconds = time.monotonic() - self.started
        _, status, usage = os.wait4(self.process.pid, 0)
        self.process.returncode = os.waitstatus_to_exitcode(status)
        if why is None:
            why = self._drain()
        return self._outcome(why, seconds, usage)

    def _until_a_limit(self, pidfd: int, stop: Callable[[], bool] | None) -> Ending | None:
        """Read what the box says until it ends (None) or goes beyond a limit."""
        end = self.started + self.allowance.wall
        tick = time.monotonic() + _TICK
        with selectors.DefaultSelector() as selector:
            selector.register(pidfd, selectors.EVENT_READ)
            for name, descriptor in self.ends.items():
                selector.register(descriptor, selectors.EVENT_READ, name)
            while (now := time.monotonic()) < end:
                if now >= tick:
                    if stop is not None and stop():
                        raise Stopped("Nobody waits for this result any more.")
                    if self.meter.exceeded():
                        return "memory"
                    tick = now + _TICK
                for key, _ in selector.select(max(0.0, min(end, tick) - now)):
                    if key.fd == pidfd:
                        return None
                    if not self._read(key.data):
                        selector.unregister(key.fd)
                if self._flooded():
                    return "output"
        return "wall"

    def _drain(self) -> Ending | None:
        """Read what is left in the pipes of a box that has ended."""
        for name in self.ends:
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

    def _outcome(self, why: Ending | None, seconds: float, usage: resource.struct_rusage) -> Outcome:
        exit_code = _EXIT_CODE.search(self.said["status"])
        if not self.said["data"] or (why is None and exit_code is None):
            raise self._failed()
        if self.meter.exceeded():
            why = "memory"
        ending, code = ending_of(int(exit_code[1]) if exit_code else 0, bytes(self.said["stderr"]))
        room = self.allowance.output << 10
        stdout = bytes(self.said["stdout"][:room])
        return Outcome(
            ending=why or ending,
            code=code,
            stdout=stdout,
            stderr=bytes(self.said["stderr"][: room - len(stdout)]),
            data=bytes(self.said["data"][1 : (self.allowance.data << 10) + 1]),
            seconds=seconds,
            cpu_seconds=usage.ru_utime + usage.ru_stime,
            peak_kib=self.meter.peak_kib() or None,
            allowance=self.allowance,
        )

    def _failed(self) -> SandboxFailed:
        words = bytes(self.said["stderr"]) or os.read(self.ends["stderr"], 4096)
        return SandboxFailed(
            f"The box did not start: {words.decode('utf-8', 'replace').strip() or 'it does not say why'}",
            "This says nothing about the program in it. `proxylings doctor` looks whether the sandbox works here.",
        )


def _parents(place: str, made: set[str]) -> Iterator[str]:
    """Make the folders above a place, once; those that bubblewrap makes by itself are for root only."""
    for folder in reversed(Path(place).parents):
        if str(folder) not in made:
            made.add(str(folder))
            yield from ("--perms", "0755", "--dir", str(folder))


def _pipe(stack: contextlib.ExitStack) -> tuple[int, int]:
    """Return both ends of a new pipe; ours, the reading one, is closed with `stack`."""
    reading, writing = os.pipe()
    stack.callback(os.close, reading)
    return reading, writing


def _end(process: "subprocess.Popen[bytes]") -> None:
    if process.returncode is None:
        process.kill()
        process.wait()

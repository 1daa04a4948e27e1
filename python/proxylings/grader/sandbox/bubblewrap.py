"""The sandbox proper: each program in namespaces of its own, with bubblewrap."""

import contextlib
import os
import secrets
import shlex
import stat
import subprocess
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from proxylings.grader.sandbox import filter as system_calls
from proxylings.grader.sandbox.arguments import STDIN, Arguments, inside
from proxylings.grader.sandbox.box import Box
from proxylings.grader.sandbox.memory import Keeper
from proxylings.grader.sandbox.model import Allowance, Outcome, SandboxFailed, SandboxUnavailable


class Bubblewrap:
    """Makes boxes; `users` holds the user ids to take one from for each box, where this process may change its own."""

    def __init__(self, program: str, keeper: Keeper, users: range | None) -> None:
        """Take what `find` found."""
        self.program = program
        self.keeper = keeper
        self.users = users
        self.backend = f"bubblewrap+seccomp+{keeper.name} " + ("as root" if users else "in a user namespace")

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
        """Run `argv` in a new box."""
        arguments = Arguments()
        arguments.namespaces(user=self.users is None, network=not shares_network)
        arguments.system(allowance.tmp)
        for place, path in read_only.items():
            self._readable(path)
            arguments.bind(place, path)
        arguments.environment(env)
        given = {**files, STDIN: stdin} if stdin else files
        try:
            with contextlib.ExitStack() as stack:
                return self._start(stack, argv, allowance, arguments, given).watch(stop)
        except OSError as error:
            raise SandboxFailed(
                f"The box could not be used: {error}.", "Is the machine out of memory, processes or descriptors?"
            ) from error

    def _readable(self, path: Path) -> None:
        """Refuse what the box's user could not read: a program that misses it must not be blamed for that."""
        try:
            mode = path.stat().st_mode
        except OSError as error:
            raise SandboxUnavailable(
                f"{path} can't be shown to a box: {error.strerror}.", "Set it up again."
            ) from error
        needed = 0o5 if stat.S_ISDIR(mode) else 0o4
        if mode & needed != needed if self.users else not os.access(path, needed):
            raise SandboxUnavailable(
                f"{path} can't be read by a box's user.", f"Run: chmod -R go+rX {shlex.quote(str(path))}"
            )

    def _start(
        self,
        stack: contextlib.ExitStack,
        argv: Sequence[str],
        allowance: Allowance,
        arguments: Arguments,
        files: Mapping[str, bytes],
    ) -> Box:
        """Start bubblewrap, which holds its box still; `stack` ends and closes all that remains here."""
        meter = self.keeper.meter(allowance.memory)
        stack.callback(meter.close)
        ours: dict[str, int] = {}
        theirs: dict[str, int] = {}
        with contextlib.ExitStack() as passed:
            for name in ("stdout", "stderr", "data", "status", "hold"):
                reading, writing = os.pipe()
                ours[name], theirs[name] = (writing, reading) if name == "hold" else (reading, writing)
                stack.callback(os.close, ours[name])
                passed.callback(os.close, theirs[name])
            descriptors = [theirs["status"], theirs["hold"]]

            def give(data: bytes) -> int:
                descriptor = _holding(data)
                passed.callback(os.close, descriptor)
                descriptors.append(descriptor)
                return descriptor

            for place, data in files.items():
                arguments.file(place, give(data))
            arguments.add("--seccomp", str(give(system_calls.program())))
            arguments.add("--json-status-fd", str(theirs["status"]), "--block-fd", str(theirs["hold"]))
            user = None if self.users is None else self.users.start + secrets.randbelow(len(self.users))
            command = inside(allowance, user, stdin=STDIN in files)
            process = subprocess.Popen(
                [self.program, "--args", str(give(arguments.closed())), "--", *command, *argv],
                stdin=theirs["data"],
                stdout=theirs["stdout"],
                stderr=theirs["stderr"],
                pass_fds=descriptors,
                cwd="/",
                env={},
                start_new_session=True,  # Ctrl-C at a terminal is for us, not for the box
            )
            stack.callback(_end, process)
        return Box(process, ours, meter, allowance)


def _holding(data: bytes) -> int:
    """Return a new descriptor from which `data` can be read."""
    descriptor = os.memfd_create("box")
    try:
        with open(descriptor, "wb", closefd=False) as file:
            file.write(data)
        os.lseek(descriptor, 0, os.SEEK_SET)
    except BaseException:
        os.close(descriptor)
        raise
    return descriptor


def _end(process: "subprocess.Popen[bytes]") -> None:
    if process.returncode is None:
        process.kill()
        process.wait()

"""What the tests of the sandbox share: the sandbox as two kinds of user, a small allowance, a shell in a box."""

import os
import pickle
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import msgspec

from proxylings.grader import sandbox
from proxylings.grader.sandbox import Allowance, Outcome, Sandbox, SandboxUnavailable
from proxylings.grader.sandbox import filter as system_calls
from tests.conftest import missing

SMALL = Allowance(cpu=1, wall=60.0, memory=64, tmp=4, output=16, processes=16, data=16)
NOBODY = 65534


def as_nobody(work: Callable[[], Any]) -> Any:
    """Do `work` in a process of an ordinary user, and return or raise what came of it."""
    reading, writing = os.pipe()
    pid = os.fork()
    if pid == 0:
        try:
            os.setgroups([])
            os.setgid(NOBODY)
            os.setuid(NOBODY)
            result: Any = work()
        except BaseException as error:
            result = error
        with os.fdopen(writing, "wb") as pipe:
            pickle.dump(result, pipe)
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        said = pipe.read()
    os.waitpid(pid, 0)
    result = pickle.loads(said)
    if isinstance(result, BaseException):
        raise result
    return result


class AsNobody:
    """A sandbox that an ordinary user runs."""

    def __init__(self) -> None:
        system_calls.program()  # read what the user might not be able to read
        self.backend: str = as_nobody(lambda: sandbox.find().backend)

    def run(self, argv: Sequence[str], allowance: Allowance, **more: Any) -> Outcome:
        result = as_nobody(lambda: sandbox.find().run(argv, allowance, **more))
        assert isinstance(result, Outcome)
        return result


def here() -> Sandbox:
    try:
        return sandbox.find()
    except SandboxUnavailable as error:
        missing(str(error))


def shell(box: Sandbox, script: str, allowance: Allowance = SMALL, **more: Any) -> Outcome:
    """Run a shell script in a box."""
    return box.run(["/bin/sh", "-c", script], allowance, **more)


def with_(**changes: Any) -> Allowance:
    """Return the small allowance with some changes."""
    return msgspec.structs.replace(SMALL, **changes)


def processes(mark: str) -> list[int]:
    """Return the processes whose command line holds `mark`."""
    found = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            if mark.encode() in path.read_bytes():
                found.append(int(path.parent.name))
        except OSError:
            continue
    return found

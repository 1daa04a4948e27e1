"""The light box, for a learner's own tests: it protects a machine from mistakes, and costs a few milliseconds.

No network, no process of anybody else, the machine's files read-only and the home folder empty. It has no filter for
system calls and no count of memory beyond the process limits: a class's answers belong into the strict one (`find`).
"""

import contextlib
import functools
import os
import shutil
import sys
from dataclasses import replace
from pathlib import Path

from proxylings import child, toolchain

BACKEND, BARE = "bubblewrap", "process limits"
_PROGRAM = "bwrap"
_LIMITS = child.Limits(cpu=2, wall=10.0, memory=2048, file=1, output=4)


def backend() -> str:
    """Return what holds the tests here, in the words of a verdict."""
    return BACKEND if _works() else BARE


def boxed(folder: Path) -> list[str]:
    """Return the command to put before a program that may write into `folder`; nothing where no box can be had."""
    return _options(folder) if _works() else []


def program(process: int) -> int:
    """Return the process of the program itself: bubblewrap stands before it, outside of the box and inside."""
    if not _works():
        return process
    with contextlib.suppress(OSError, IndexError):
        for _ in range(2):
            process = int(Path(f"/proc/{process}/task/{process}/children").read_text().split()[0])
    return process


def ending(done: child.Finished) -> child.Finished:
    """Return how the program in the box ended: bubblewrap gives 128 and more for a signal."""
    signalled = 128 < done.returncode <= 128 + 64
    return replace(done, returncode=128 - done.returncode) if signalled and _works() else done


@functools.cache
def _works() -> bool:
    """Try a box once."""
    if not sys.platform.startswith("linux") or shutil.which(_PROGRAM) is None:
        return False
    folder = Path("/usr")
    return child.run([*_options(folder, writes=False), "/usr/bin/true"], _LIMITS).ok


def _options(folder: Path, *, writes: bool = True) -> list[str]:
    home, root = str(Path.home()), str(toolchain.find().sysroot)
    user = [] if os.geteuid() == 0 else ["--unshare-user", "--disable-userns"]
    return [
        shutil.which(_PROGRAM) or _PROGRAM, "--unshare-ipc", "--unshare-pid", "--unshare-uts", "--unshare-net",
        "--unshare-cgroup-try", *user, "--die-with-parent", "--ro-bind", "/", "/", "--dev", "/dev", "--proc", "/proc",
        "--tmpfs", "/tmp", "--tmpfs", home,
        # What the tests need may lie in what was just emptied.
        "--ro-bind", root, root, "--bind" if writes else "--ro-bind", str(folder), str(folder), "--chdir", str(folder),
        "--",
    ]  # fmt: skip

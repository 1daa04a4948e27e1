"""The sandbox: run a program that nobody trusts, and get back how it ended and what it said.

`find` returns the strictest backend that was asked for, or refuses. It never falls back to a weaker one by itself.
"""

import os
import shutil
import sys
from pathlib import Path

from proxylings.grader.sandbox import memory
from proxylings.grader.sandbox.bubblewrap import Bubblewrap
from proxylings.grader.sandbox.model import (
    COMPILE,
    RUN,
    Allowance,
    Ending,
    Outcome,
    Sandbox,
    SandboxFailed,
    SandboxUnavailable,
    Stopped,
)
from proxylings.grader.sandbox.processes import ProcessLimits

__all__ = [
    "COMPILE",
    "RUN",
    "Allowance",
    "Ending",
    "Outcome",
    "ProcessLimits",
    "Sandbox",
    "SandboxFailed",
    "SandboxUnavailable",
    "Stopped",
    "find",
]

_INSTALL = "Debian, Ubuntu: apt-get install bubblewrap libseccomp2. Fedora: dnf install bubblewrap libseccomp."
_PROBE = Allowance(cpu=2, wall=20.0, memory=64, tmp=1, output=4, processes=4, data=4)


def find(*, trust: bool = False, require_cgroup: bool = False) -> Sandbox:
    """Return a sandbox that was seen to work on this machine.

    `trust` gives ordinary processes with limits, which keep nobody from this machine's files; the backend's name
    says so. `require_cgroup` refuses where only the watchdog looks after memory.
    """
    if trust:
        return ProcessLimits()
    if not sys.platform.startswith("linux"):
        raise SandboxUnavailable(
            "The sandbox needs Linux: it is made of namespaces and seccomp.",
            "Grade on a Linux machine or in a Linux container. For code that you trust: --trust-this-code.",
        )
    program = shutil.which("bwrap")
    if program is None:
        raise SandboxUnavailable("The sandbox needs bubblewrap, and there is no bwrap on the PATH.", _INSTALL)
    found = _first_that_works(program)
    if require_cgroup and isinstance(found.keeper, memory.Watchdog):
        raise SandboxUnavailable(
            "No cgroup can be made here, so a box's memory could only be watched twenty times a second.",
            "Run as root, under `systemd-run --user --scope --property=Delegate=yes`, or without --require-cgroup.",
        )
    return found


def _first_that_works(program: str) -> Bubblewrap:
    """Try a box with each keeper of memory, the best first."""
    failure = ""
    keepers: list[memory.Keeper] = [*memory.cgroups(), *memory.watchdogs()]
    # Twice, because a machine can be short of something for a moment, and a weaker box must not come of that.
    for keeper in [keeper for keeper in keepers for _ in range(2)]:
        made = Bubblewrap(program, keeper, _users())
        try:
            outcome = made.run(["/usr/bin/true"], _PROBE)
        except SandboxFailed as error:
            failure = error.what
            continue
        if outcome.ok:
            return made
        failure = f"`true` {outcome.says()} in it: {outcome.stderr.decode('utf-8', 'replace').strip()}"
    raise SandboxUnavailable(f"bubblewrap is installed, and makes no box here. {failure}", _remedy(failure))


def _users() -> range | None:
    """Return user ids that nobody has, when this process may become any of them."""
    return free_users(Path("/proc/self/uid_map").read_text()) if os.geteuid() == 0 else None


def free_users(uid_map: str) -> range | None:
    """Find ids for the boxes among those that exist here: three numbers a line, the first id and how many follow."""
    for line in uid_map.splitlines():
        first, _, count = map(int, line.split())
        end = min(first + count, 0x78000000)
        if end == 0x78000000:
            return range(0x70000000, end)  # above all that distributions and container managers give out
        if first <= 1000 and end > 60000:
            return range(end - 5000, end - 1000)  # a container, which has its own few ids
    return None


def _remedy(failure: str) -> str:
    if "Unknown option" in failure:
        return "It is too old: version 0.8 or newer is needed, which Debian 12 and Ubuntu 24.04 have."
    if os.geteuid() == 0:
        return "In a container, allow it to make namespaces (docker run --privileged, say); or use a virtual machine."
    return (
        "Users may need the right to make namespaces: sysctl kernel.unprivileged_userns_clone=1 (Debian), "
        "kernel.apparmor_restrict_unprivileged_userns=0 (Ubuntu). Or run as root in a throwaway machine."
    )

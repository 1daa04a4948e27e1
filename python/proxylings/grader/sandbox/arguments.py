"""What bubblewrap is told: the view of the machine that a box has, and how its program is reached.

The options go to bubblewrap through a descriptor, so that no path of this machine stands in a command line.
"""

import os
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath

from proxylings.errors import CourseError
from proxylings.grader.sandbox.model import Allowance

_ENVIRONMENT = {"PATH": "/usr/bin", "HOME": "/tmp", "TMPDIR": "/tmp", "LANG": "C.UTF-8"}
_DEVICES = ("null", "zero", "random", "urandom")
STDIN = "/.stdin"
# As many as a program that reads a folder or serves some clients opens, and few enough for a thousand boxes.
_DESCRIPTORS = 256

# The box's process 1 gets the pipe for descriptor 3 as its standard input, because only 0, 1 and 2 can be chosen when
# a program is started. It stays the user who started bubblewrap: only so may the kernel end it when bubblewrap dies.
# A shell tells on its standard error when its child dies of a signal; nobody wants that among the program's words.
_FIRST = """
exec 3>&0 4>&2 <"$1" 2>/dev/null
shift
"$@" 2>&4 4>&-
exit $?
"""
# The dot tells us that the box stands: without it, no exit code is the program's.
_SECOND = 'printf . >&3 && exec "$@"'


class Arguments:
    """Collects the options for one box."""

    def __init__(self) -> None:
        """Begin with no options."""
        self._options: list[str] = []
        self._folders = {PurePosixPath("/")}

    def add(self, *options: str) -> None:
        """Add options as they are."""
        self._options += options

    def namespaces(self, *, user: bool, network: bool) -> None:
        """Part the box from everything; `user` where this needs a user namespace, which is then the last one.

        Without `network` the box stays in the network of whoever makes it.
        """
        self.add("--unshare-ipc", "--unshare-pid", "--unshare-uts", "--unshare-cgroup-try")
        if network:
            self.add("--unshare-net")
        self.add("--new-session", "--die-with-parent", "--as-pid-1", "--hostname", "box")
        if user:
            self.add("--unshare-user", "--disable-userns")
        else:
            # What setpriv needs to become another user, who has none of them.
            self.add("--cap-drop", "ALL", "--cap-add", "CAP_SETUID", "--cap-add", "CAP_SETGID")

    def system(self, tmp_mib: int) -> None:
        """Show the system's programs and libraries and four devices, and give an empty /tmp."""
        for folder in ("/usr/bin", "/usr/lib", "/usr/lib64"):
            self.bind(folder, Path(folder), missing="ok")
        for link in ("bin", "lib", "lib64"):
            if Path("/", link).is_symlink():
                self.add("--symlink", f"usr/{link}", f"/{link}")
            else:
                self.bind(f"/{link}", Path("/", link), missing="ok")
        # Not the machine's own /dev: no terminals, no disks. Closed when all is in it.
        self.add("--perms", "0755", "--tmpfs", "/dev")
        for name in _DEVICES:
            self.add("--dev-bind", f"/dev/{name}", f"/dev/{name}")
        for place in ("/tmp", "/dev/shm"):
            self.add("--perms", "1777", "--size", str(tmp_mib << 20), "--tmpfs", place)
            self._folders.add(PurePosixPath(place))

    def bind(self, place: str, path: Path, *, missing: str = "") -> None:
        """Show a file or folder of this machine, for reading."""
        self._parents(place)
        self.add("--ro-bind-try" if missing else "--ro-bind", str(path), place)

    def file(self, place: str, descriptor: int) -> None:
        """Put the bytes of `descriptor` there as a file to read and run."""
        self._parents(place)
        self.add("--perms", "0555", "--file", str(descriptor), place)

    def environment(self, variables: Mapping[str, str]) -> None:
        """Set the environment, which holds nothing of ours."""
        self.add("--clearenv", "--chdir", "/tmp")
        for name, value in {**_ENVIRONMENT, **variables}.items():
            self.add("--setenv", name, value)

    def closed(self) -> bytes:
        """Close the folders that are none of the program's, and return all options as bubblewrap reads them."""
        self.add("--remount-ro", "/dev", "--remount-ro", "/")
        return b"".join(os.fsencode(option) + b"\0" for option in self._options)

    def _parents(self, place: str) -> None:
        """Make the folders above a place; those that bubblewrap makes unasked are for root only."""
        # While bubblewrap sets the box up, `..` leads out of it.
        if not place.startswith("/") or ".." in place.split("/") or "\0" in place:
            raise CourseError(f"No file in a box can be called {place!r}.", "Give it an ordinary name.")
        for folder in reversed(PurePosixPath(place).parents):
            if folder not in self._folders:
                self._folders.add(folder)
                self.add("--perms", "0755", "--dir", str(folder))


def inside(allowance: Allowance, user: int | None, *, stdin: bool) -> Iterator[str]:
    """Give the commands that lead to the program: limits, process 1, and, where it gets one of its own, the user."""
    # Memory that is reserved and never touched counts here: each thread of Rust's reserves 2 MiB, and an arena of 64.
    address_space = max(4 * allowance.memory, 1024) << 20
    # Each user's processes are counted apart, so process 1 counts only where it is the program's user too.
    processes = allowance.processes + (user is None)
    yield from ("/usr/bin/prlimit", f"--cpu={allowance.cpu}:{allowance.cpu + 1}", f"--as={address_space}")
    yield from (f"--nproc={processes}", f"--fsize={allowance.tmp << 20}", f"--nofile={_DESCRIPTORS}")
    yield from ("--core=0", "--memlock=65536", "--msgqueue=0", "--")
    yield from ("/bin/sh", "-c", _FIRST, "sh", STDIN if stdin else "/dev/null")
    if user is not None:
        yield from ("/usr/bin/setpriv", f"--reuid={user}", f"--regid={user}", "--clear-groups", "--inh-caps=-all", "--")
    yield from ("/bin/sh", "-c", _SECOND, "sh")

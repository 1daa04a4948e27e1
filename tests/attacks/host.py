"""What can be seen of the host from outside of every box: its processes, sockets, files, mounts, queues, names.

Runs as the first process of a world of its own (see `world`), where nothing moves but what an attack moves.
Never asks an attack for anything.
"""

import contextlib
import hashlib
import os
import secrets
import select
import shutil
import socket
import stat
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

NAME = "proxylings-host"
# A world has folders of its own here: the home directory, the hidden cases and what is lent lie in /srv.
PLACES = (Path("/tmp"), Path("/dev/shm"), Path("/srv"))
_TABLES = ("net/tcp", "net/tcp6", "net/udp", "net/udp6", "net/raw", "sysvipc/shm", "sysvipc/sem", "sysvipc/msg")


@dataclass
class Host:
    """A place with secrets, servers and files that a submission must neither read, reach nor change."""

    home: Path
    owner: tuple[int, int]
    lent: Path = field(init=False)
    secrets: dict[str, str] = field(default_factory=dict)
    terminals: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Plant the secrets and open the servers."""
        names = ("environment", "file in /tmp", "file in the home directory", "hidden cases", "library", "server")
        self.secrets = {name: f"secret-{secrets.token_hex(16)}" for name in names}
        self.hidden = Path("/srv/course/hidden/cases.toml")
        self.lent = Path("/srv/lent")
        self.queues = Path("/srv/queues")
        self.queues.mkdir()
        subprocess.run(["mount", "-t", "mqueue", "none", self.queues], check=True)
        self.tcp = [socket.create_server(("127.0.0.1", 0)), socket.create_server(("::1", 0), family=socket.AF_INET6)]
        self.udp = socket.socket(type=socket.SOCK_DGRAM)
        self.udp.bind(("127.0.0.1", 0))
        self.unix = [socket.socket(socket.AF_UNIX) for _ in range(2)]
        self.abstract = f"proxylings-{secrets.token_hex(4)}"
        self.socket = Path("/srv/course/server.socket")
        self.devices = {path.stat().st_dev for path in (*PLACES, self.queues)}
        self.plant()
        self.unix[0].bind(f"\0{self.abstract}")
        self.unix[1].bind(str(self.socket))
        self.socket.chmod(0o777)
        for server in [*self.tcp, *self.unix]:
            server.listen()
            server.setblocking(False)
        self.udp.setblocking(False)

    @property
    def files(self) -> dict[Path, str]:
        """Return the secret that each file holds."""
        return {
            Path("/tmp/canary"): self.secrets["file in /tmp"],
            self.home / ".ssh" / "id_canary": self.secrets["file in the home directory"],
            self.hidden: self.secrets["hidden cases"],
            self.hidden.with_name("solution.rs"): f"pub fn greet() {{}} // {self.secrets['hidden cases']}",
        }

    def plant(self) -> None:
        """Put every file in its place, as at the beginning."""
        for path, text in self.files.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.unlink(missing_ok=True)
            path.write_text(text, encoding="utf-8")
            os.chown(path, *self.owner)
            os.chown(path.parent, *self.owner)
            path.chmod(0o600 if self.home in path.parents else 0o644)
        shutil.rmtree(self.lent, ignore_errors=True)
        self.lent.mkdir()
        (self.lent / "libdependency.rlib").write_text("a library", encoding="utf-8")
        for path in (self.lent, self.lent / "libdependency.rlib"):
            # What a grader lends lies in files that its own user may write.
            os.chown(path, *self.owner)
        self.lent.chmod(0o777)
        (self.lent / "libdependency.rlib").chmod(0o666)

    def briefing(self, act: int, allowance: dict[str, float]) -> str:
        """Tell the attacker more than a real one would know."""
        lines = [f"file {path}" for path in self.files]
        lines += [f"place {path}" for path in (self.home, self.home / ".ssh", "/tmp", "/srv/course")]
        lines += [f"tcp 127.0.0.1:{self.tcp[0].getsockname()[1]}", f"tcp [::1]:{self.tcp[1].getsockname()[1]}"]
        lines += [f"udp 127.0.0.1:{self.udp.getsockname()[1]}", f"abstract {self.abstract}", f"socket {self.socket}"]
        lines += [f"hostname {NAME}", f"act {act}", *(f"{name} {value:g}" for name, value in allowance.items())]
        return "\n".join([*lines, ""])

    def look(self, grader: int, ours: set[int], groups: list[Path]) -> dict[str, frozenset[str]]:
        """Return everything that must not change; `ours` are processes that may, with all that they started."""
        tables = {name: frozenset(_lines(Path("/proc") / name)) for name in _TABLES}
        return {
            **tables,
            "processes": frozenset(processes(ours)),
            "sockets with a name": frozenset(_named_sockets()),
            "mounts": frozenset(_lines(Path("/proc/self/mountinfo"))),
            "keys": frozenset(line for line in _lines(Path("/proc/keys")) if "proxylings" in line),
            "files": frozenset(f"{path} {about}" for path, about in self.contents().items()),
            "control groups": frozenset(_groups(groups, grader)),
            "host name": frozenset([socket.gethostname()]),
            "visitors": frozenset(self._visitors()),
            "terminal": frozenset(self._typed()),
        }

    def contents(self) -> dict[Path, str]:
        """Return what lies in the world's own folders, but not in those that it shows of the machine."""
        found = {}
        folders = list(PLACES)
        for folder in folders:
            for entry in os.scandir(folder):
                if entry.stat(follow_symlinks=False).st_dev in self.devices:
                    path = Path(entry.path)
                    found[path] = _about(path)
                    if entry.is_dir(follow_symlinks=False):
                        folders.append(path)
        return found

    def leaks(self, text: bytes) -> list[str]:
        """Return the names of the secrets that stand in `text`."""
        return [name for name, secret in self.secrets.items() if secret.encode() in text]

    def mend(self, strays: set[int], new: list[Path]) -> None:
        """Make the host what it was, after an attack that got through (because the test took its box apart)."""
        for pid in strays:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, 9)
        subprocess.run(["ipcrm", "--all"], check=False, capture_output=True)
        socket.sethostname(NAME)
        for path in sorted(new, reverse=True):
            # Only what has come, and only here: the world shows folders of the machine, too.
            if path.lstat().st_dev in self.devices:
                path.rmdir() if path.is_dir() and not path.is_symlink() else path.unlink()
        self.plant()

    def _visitors(self) -> Iterator[str]:
        """Say who came to our servers since the last look. Each visitor stays in the table once."""
        for server in [*self.tcp, *self.unix]:
            with contextlib.suppress(BlockingIOError):
                visitor, _ = server.accept()
                with visitor, contextlib.suppress(OSError):
                    visitor.sendall(self.secrets["server"].encode())
                yield f"a connection, seen at {secrets.token_hex(4)}"
        with contextlib.suppress(BlockingIOError):
            yield f"a datagram, {self.udp.recv(256)!r}, seen at {secrets.token_hex(4)}"

    def _typed(self) -> Iterator[str]:
        """Say what was written to the grader's terminal since the last look."""
        for terminal in list(self.terminals):
            while select.select([terminal], [], [], 0)[0]:
                try:
                    yield f"{os.read(terminal, 1024)!r}"
                except OSError:  # nobody has its other end any more
                    self.terminals.remove(terminal)
                    os.close(terminal)
                    break


def processes(ours: set[int]) -> dict[str, int]:
    """Return the living processes that neither are ours nor descend from us, by what can be said of them."""
    parents, names = {}, {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            with contextlib.suppress(OSError):
                name, _, rest = (entry / "stat").read_text().rpartition(")")
                state, parent, *_ = rest.split()
                if state not in "ZX" and entry.name != "1":
                    parents[int(entry.name)] = int(parent)
                    names[int(entry.name)] = name.partition("(")[2]
    return {f"{names[pid]} {pid}": pid for pid in parents if not _descends(pid, parents, ours)}


def _descends(pid: int, parents: dict[int, int], ours: set[int]) -> bool:
    while pid > 1:
        if pid in ours:
            return True
        pid = parents.get(pid, 0)
    return False


def _lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8", errors="replace").splitlines()


def _named_sockets() -> Iterator[str]:
    for line in _lines(Path("/proc/net/unix"))[1:]:
        *_, name = line.split(maxsplit=7)
        if name.startswith(("/", "@")):
            yield name


def _about(path: Path) -> str:
    about = path.lstat()
    content = hashlib.sha256(path.read_bytes()).hexdigest()[:12] if stat.S_ISREG(about.st_mode) else ""
    return f"{about.st_mode:o} {about.st_uid} {about.st_nlink} {content}"


def _groups(groups: list[Path], grader: int) -> Iterator[str]:
    """Return the control groups that the grader made; other graders on this machine make theirs in the same place."""
    for group in groups:
        yield from map(str, group.glob(f"proxylings-{grader}-*"))


def home_of(owner: tuple[int, int]) -> Path:
    """Make a home directory for a user."""
    home = Path(tempfile.mkdtemp(prefix="home-", dir="/srv"))
    os.chown(home, *owner)
    home.chmod(0o700)
    return home

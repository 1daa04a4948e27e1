"""Start servers on loopback, each on a port and with a folder of its own, and end them again.

Leaves out which servers there are (see `peers`).
"""

import json
import os
import shutil
import socket
import string
import subprocess
import tempfile
from collections.abc import Callable, Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from pathlib import Path

from proxylings import child
from proxylings.errors import CourseError

SYSTEM_FOLDERS = "/usr/sbin:/sbin:/usr/local/sbin"
START_TRIES, START_SECONDS, REST = 5, 5.0, 0.02


@dataclass(frozen=True)
class Server:
    """A server that accepts on a port of loopback; its process may have children."""

    port: int
    process: "subprocess.Popen[bytes]"

    @property
    def pid(self) -> int:
        """The root of its processes."""
        return self.process.pid

    @property
    def url(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self.port}"


def found(program: str) -> str | None:
    """Return the path of a program, also where only root has it on the PATH."""
    return shutil.which(program) or shutil.which(program, path=SYSTEM_FOLDERS)


class Stage:
    """Starts the servers; all of them end with the block of `stack`."""

    def __init__(self, templates: Path, stack: ExitStack) -> None:
        """Make a folder for what servers write; `templates` is where their configurations lie."""
        self.templates, self._stack = templates, stack
        self._home = Path(stack.enter_context(tempfile.TemporaryDirectory()))

    def templated(
        self, template: str, command: Callable[[Path, Path], list[str]], files: Sequence[tuple[str, int]] = (),
        **values: object,
    ) -> Server:  # fmt: skip
        """Start a server from its template; `files` are names and sizes of files that it serves from its folder."""
        text = string.Template((self.templates / template).read_text(encoding="utf-8"))
        home = Path(tempfile.mkdtemp(dir=self._home))
        config, errors = home / template, home / "said.log"
        for name, size in files:
            (home / name).write_bytes(b"0123456789abcde\n" * (size // 16))
        # As root, nginx would give its workers to another user, who can't read a private folder.
        user = "user root;" if os.geteuid() == 0 else ""
        for _ in range(START_TRIES):
            port = _free_port()
            known = {"HOME": home, "PORT": port, "USER": user, "PEERS": self.templates}
            config.write_text(text.substitute(known | values), encoding="utf-8")
            with errors.open("wb") as said:
                process = subprocess.Popen(
                    command(home, config), stdin=subprocess.DEVNULL, stdout=said, stderr=said, start_new_session=True
                )
            self._stack.callback(_end, process)
            if _accepts(server := Server(port, process)):
                return server
        raise CourseError(f"peers/{template} does not start.", errors.read_text(encoding="utf-8", errors="replace"))

    def proxy(self, program: Path, *arguments: str) -> tuple[Server, int]:
        """Start our proxy without a log; return it, and the port of its upstream."""
        process = subprocess.Popen(
            [program, "--stop-on-stdin-eof", *arguments],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, start_new_session=True,
        )  # fmt: skip
        self._stack.callback(_end, process)
        assert process.stdout is not None
        try:
            ready = json.loads(process.stdout.readline())
        except ValueError:
            raise CourseError("The proxy did not start.", "Its own words stand above.") from None
        return Server(_port_of(ready["url"]), process), _port_of(ready["upstream"])


def _free_port() -> int:
    """Return a port that was free a moment ago."""
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return int(sock.getsockname()[1])


def _accepts(server: Server) -> bool:
    """Wait until the server accepts; False when it ended, or took too long."""
    for _ in range(int(START_SECONDS / REST)):
        with suppress(OSError), socket.create_connection(("127.0.0.1", server.port), timeout=1):
            return True
        # Waiting for its end is the pause: there is nothing to wait for after it.
        with suppress(subprocess.TimeoutExpired):
            server.process.wait(REST)
            return False
    return False


def _end(process: "subprocess.Popen[bytes]") -> None:
    """End a server and all that it started."""
    process.terminate()
    with suppress(subprocess.TimeoutExpired):
        process.wait(2)
    child.kill_group(process)


def _port_of(url: str) -> int:
    """Return the port of one of our own URLs."""
    return int(url.rpartition(":")[2])

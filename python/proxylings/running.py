"""Start the composed proxy as a child process, and stop it again.

The proxy runs the learner's code, so it gets limits like any other child, and it ends with the process that
started it: it watches its standard input. After a restart (POST /restart) its successor is another process, with the
same standard streams: closing standard input ends that one, too, and the log ends with the last of them.
"""

import contextlib
import json
import select
import subprocess
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from proxylings import child
from proxylings.errors import CourseError

_LIMITS = child.Limits(cpu=3600, memory=4096, file=64)
_START_SECONDS = 10.0


@dataclass
class Running:
    """A proxy that accepts connections at `url` and forwards to `upstream`; `log` gives its access log.

    `admin` is the listener for operators, or empty.
    """

    url: str
    upstream: str
    admin: str
    process: "subprocess.Popen[bytes]"
    log: IO[bytes]

    @property
    def alive(self) -> bool:
        """Whether the process or a successor still runs."""
        return self.process.poll() is None or not self._has_ended(0.0)

    def _has_ended(self, seconds: float) -> bool:
        """Wait until nobody holds the other end of the log; what is in it stays to be read."""
        if self.log.closed:
            return True
        end = select.poll()
        end.register(self.log, 0)
        return bool(end.poll(seconds * 1000))

    def stop(self, seconds: float = 12.0) -> None:
        """Let running requests finish, then end the proxy."""
        if self.process.stdin is not None and not self.process.stdin.closed:
            with contextlib.suppress(BrokenPipeError):
                self.process.stdin.close()
        self._has_ended(seconds)
        child.kill_group(self.process)
        self.log.close()


def start(program: Path, *, upstream: str | None = None, options: Sequence[str] = (), quiet: bool = True) -> Running:
    """Start `program` and wait until it accepts connections; raise CourseError with its own words when it does not.

    Without `upstream` it brings its own small origin, unless the options name a settings file with one. With
    `quiet` its standard error is not shown. It writes its log as JSON, unless a settings file says otherwise.
    """
    argv = [str(program), "--stop-on-stdin-eof", *options]
    argv += ["--upstream", upstream] if upstream else []
    argv += [] if "--config" in options else ["--log"]
    process = subprocess.Popen(
        child.limited(argv, _LIMITS), stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        stderr=subprocess.PIPE if quiet else None, start_new_session=True,
    )  # fmt: skip
    assert process.stdout is not None
    line = _first_line(process)
    try:
        ready = json.loads(line)
        return Running(ready["url"], ready["upstream"], ready["admin"] or "", process, process.stdout)
    except (ValueError, KeyError):
        child.kill_group(process)
        said = process.stderr.read().decode("utf-8", "replace").strip() if process.stderr else ""
        raise CourseError("The proxy did not start.", said or line.decode("utf-8", "replace")) from None


def _first_line(process: "subprocess.Popen[bytes]") -> bytes:
    assert process.stdout is not None
    deadline = time.monotonic() + _START_SECONDS
    while (left := deadline - time.monotonic()) > 0:
        if select.select([process.stdout], [], [], left)[0]:
            return process.stdout.readline()
    return b""

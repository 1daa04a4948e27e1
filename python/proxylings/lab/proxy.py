"""`run_proxy`: the proxy with your parts inside, in a notebook."""

import atexit
import contextlib
import html
import http.client
import socket
import weakref
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Literal
from urllib.parse import urlsplit

from proxylings import admin, compose, running
from proxylings.course import find_desk
from proxylings.errors import CourseError
from proxylings.grader.desk import has_passed

_open: "weakref.WeakSet[Proxy]" = weakref.WeakSet()
_REQUEST_SECONDS = 5.0


@dataclass(frozen=True)
class Reply:
    """What came back: the status, its reason, the fields in order, and the body."""

    status: int
    reason: str
    fields: list[tuple[str, str]]
    body: bytes

    @property
    def text(self) -> str:
        """Return the body as text."""
        return self.body.decode("utf-8", "replace")

    def __repr__(self) -> str:
        """Show the status line, the fields, and the start of the body."""
        lines = [f"{self.status} {self.reason}", *(f"{name}: {value}" for name, value in self.fields), ""]
        body = (
            self.text
            if len(self.body) <= 400
            else f"{self.body[:400].decode('utf-8', 'replace')}… ({len(self.body)} bytes)"
        )
        return "\n".join([*lines, body])


class Proxy:
    """A running proxy. Use it in a `with` block, or call `stop`; it also ends with the kernel."""

    def __init__(self, process: running.Running, whose: compose.Mix) -> None:
        """Take a proxy that accepts connections, and whose parts it runs."""
        self._process = process
        self.url, self.upstream, self.whose = process.url, process.upstream, whose
        _open.add(self)

    def get(self, target: str = "/", *, method: str = "GET", body: bytes | None = None) -> Reply:
        """Send one request on a new connection and read the reply."""
        connection = http.client.HTTPConnection(self._host, self._port, timeout=_REQUEST_SECONDS)
        try:
            connection.request(method, target, body=body)
            response = connection.getresponse()
            return Reply(response.status, response.reason, response.getheaders(), response.read())
        except (OSError, http.client.HTTPException) as error:
            raise CourseError(f"No reply came from {self.url}: {error}", self._advice()) from error
        finally:
            connection.close()

    def send(self, data: bytes) -> bytes:
        """Send raw bytes on a new connection; return the raw bytes that come until the proxy closes or is silent."""
        received = bytearray()
        try:
            with socket.create_connection((self._host, self._port), timeout=_REQUEST_SECONDS) as client:
                client.sendall(data)
                client.settimeout(1.0)
                with contextlib.suppress(TimeoutError):
                    while piece := client.recv(65536):
                        received += piece
        except OSError as error:
            if not received:
                raise CourseError(f"No reply came from {self.url}: {error}", self._advice()) from error
        return bytes(received)

    def status(self) -> dict[str, Any]:
        """Return the proxy's counters: requests, clients, bytes, and so on; units are in the names."""
        return admin.status(self._process.admin)

    def events(self) -> admin.Events:
        """Listen to what happens from now on: `with p.events() as events: for event in events.wait(): …`."""
        return admin.Events(self._process.admin)

    def reload(self) -> str:
        """Have the rule file read anew, and return what the proxy says; a CourseError says why it was refused."""
        return admin.ask(self._process.admin, "/reload", "POST").strip()

    def stop(self) -> None:
        """Let running requests finish, then end the proxy."""
        self._process.stop()
        _open.discard(self)

    def _advice(self) -> str:
        return (
            "Is the request complete?"
            if self._process.alive
            else "The proxy has ended: start it again with run_proxy()."
        )

    @property
    def _host(self) -> str:
        return urlsplit(self.url).hostname or "127.0.0.1"

    @property
    def _port(self) -> int:
        return urlsplit(self.url).port or 80

    def __enter__(self) -> "Proxy":
        """Return the proxy itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop the proxy."""
        self.stop()

    def __repr__(self) -> str:
        """Say where it listens, where it forwards to, and whose parts it runs."""
        state = "at" if self._process.alive else "has ended; it was at"
        return f"proxy {state} {self.url} -> {self.upstream} ({self._parts()})"

    def _repr_html_(self) -> str:
        """The same, with a link to click."""
        if not self._process.alive:
            return f"<p>{html.escape(repr(self))}</p>"
        url = html.escape(self.url)
        return (
            f"<p>The proxy listens at <a href='{url}/' target='_blank' rel='noreferrer'>{url}</a> and forwards to "
            f"{html.escape(self.upstream)} ({html.escape(self._parts())}).</p>"
        )

    def _parts(self) -> str:
        return compose.described(self.whose)


def run_proxy(
    whose: Literal["mine", "reference", "stub", "wrong"] = "mine",
    *,
    part: str | None = None,
    answer: str | None = None,
    upstream: str | None = None,
    config: str | Path | None = None,
) -> Proxy:
    """Build the proxy and run it.

    "mine" takes each of your parts that passes its check and the reference's for the others; "stub" takes the
    parts as they are before you write them. With `part`, for example "request", this goes for that part alone, and
    the others are the reference's. "wrong" takes the wrong answer `answer` to `part` that the course keeps in
    tests/wrong: run_proxy("wrong", part="headers", answer="framing_the_last_wins"). Without `upstream` the proxy
    brings its own small origin, unless the settings file `config` names one (`proxylings run --default-config`
    prints such a file).
    """
    desk = find_desk()
    if whose not in ("mine", "reference", "stub", "wrong"):
        raise CourseError(f"There is no {whose!r} proxy.", 'Write run_proxy("mine"), "reference", "stub" or "wrong".')
    if (whose == "wrong") != (answer is not None) or (answer is not None and part is None):
        raise CourseError(
            "A wrong answer is one answer to one part.",
            'Write run_proxy("wrong", part="headers", answer="…"); they are in tests/wrong.',
        )
    names = [known.name for known in desk.parts]
    if part is not None and part not in names:
        raise CourseError(f"The proxy has no part {part!r}.", f"Its parts: {', '.join(names)}.")
    mix: dict[str, compose.Origin] = dict(compose.reference(desk))
    for known in desk.parts:
        if part in (None, known.name) and (whose != "mine" or has_passed(desk, known)):
            mix[known.name] = whose if answer is None else f"{compose.WRONG}{answer}"
    said = False

    def progress(line: str) -> None:
        nonlocal said
        if "Compiling" in line and not said:
            print("Building the proxy; the first time takes a little longer …")
            said = True

    program = compose.build_proxy(desk, mix, progress)
    label = compose.described(mix)
    options = ["--label", label, "--listen", "127.0.0.1:0", "--admin", "127.0.0.1:0"]
    options += ["--config", str(config)] if config is not None else []
    return Proxy(running.start(program, upstream=upstream, options=options), dict(mix))


@atexit.register
def _stop_all() -> None:
    for proxy in list(_open):
        proxy.stop()

"""Ask a running proxy what it does: its counters, and its events as they happen."""

import http.client
import json
import socket
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from proxylings.errors import CourseError

_SECONDS = 5.0


def status(url: str) -> dict[str, Any]:
    """Return what /status says: counters by name; byte counts in bytes, times in the unit of their suffix."""
    value: dict[str, Any] = json.loads(ask(url, "/status"))
    return value


def ask(url: str, target: str, method: str = "GET") -> str:
    """Return the text at `target` of the admin listener at `url`."""
    connection = _connection(url)
    try:
        connection.request(method, target)
        response = connection.getresponse()
        text = response.read().decode()
    except (OSError, http.client.HTTPException) as error:
        raise _gone(url, error) from error
    finally:
        connection.close()
    if response.status >= 400:
        raise CourseError(f"{method} {target} was refused: {response.status} {response.reason}", text.strip())
    return text


class Events:
    """The events of a running proxy, from the moment this is made; use it in a `with` block, or close it."""

    def __init__(self, url: str) -> None:
        """Begin to listen to the admin listener at `url`: what happens from now on is not missed."""
        place = urlsplit(url).netloc
        host, _, port = place.rpartition(":")
        self._buffer = b""
        self.ended = False  # the proxy has closed the stream: nothing comes any more
        try:
            self._socket = socket.create_connection((host.strip("[]"), int(port)), timeout=_SECONDS)
            self._socket.sendall(f"GET /events HTTP/1.1\r\nHost: {place}\r\n\r\n".encode())
            while b"\r\n\r\n" not in self._buffer:
                if not (piece := self._socket.recv(65536)):
                    raise ConnectionError("it closed without an answer")
                self._buffer += piece
        except OSError as error:
            raise _gone(url, error) from error
        head, self._buffer = self._buffer.split(b"\r\n\r\n", 1)
        if b" 200 " not in head.split(b"\r\n")[0]:
            self.close()
            raise _gone(url, ConnectionError(head.decode("latin-1")))

    def wait(self, seconds: float = _SECONDS) -> Iterator[dict[str, Any]]:
        """Yield each event as a dict with `event` and `at_us`; end after `seconds` without one, or with the proxy."""
        while True:
            while b"\n\n" in self._buffer:
                event, self._buffer = self._buffer.split(b"\n\n", 1)
                yield json.loads(event.removeprefix(b"data: "))
            self._socket.settimeout(seconds)
            try:
                piece = self._socket.recv(65536)
            except TimeoutError:
                return
            if not piece:
                self.ended = True
                return
            self._buffer += piece

    def close(self) -> None:
        """Stop listening."""
        self._socket.close()

    def __enter__(self) -> "Events":
        """Return the events themselves."""
        return self

    def __exit__(self, *_: object) -> None:
        """Stop listening."""
        self.close()


def _connection(url: str) -> http.client.HTTPConnection:
    return http.client.HTTPConnection(urlsplit(url).netloc, timeout=_SECONDS)


def _gone(url: str, error: Exception) -> CourseError:
    return CourseError(f"The proxy's admin listener at {url} does not answer: {error}", "Has the proxy been stopped?")

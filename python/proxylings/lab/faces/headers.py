"""Part 02 for Python: fields are pairs of bytes, as `RequestHead.fields` has them."""

from collections.abc import Sequence
from typing import Literal

import msgspec

from proxylings.errors import CourseError
from proxylings.lab.faces import Call

# Names and values, one pair a field line.
Fields = Sequence[tuple[bytes, bytes]]
Version = Literal["HTTP/1.0", "HTTP/1.1"]

# What the part says: the framing, its length, the Content-Length that goes on; or the fault and its message.
_Judged = tuple[tuple[str, int | None, int | None] | None, tuple[str, str] | None]


class ConnectionOptions(msgspec.Struct, frozen=True):
    """What the Connection fields say: the connection ends after this message, stays, or changes its protocol."""

    close: bool
    keep_alive: bool
    upgrade: bool


class Framing(msgspec.Struct, frozen=True):
    """Where a body ends: `kind` is "empty", "length", "chunked" or "until close"; `length` is in bytes.

    `onward` is the Content-Length that a response takes along to the client; in the answer to HEAD and in a 304 it
    speaks of a body that does not come.
    """

    kind: str
    length: int | None = None
    onward: int | None = None


class FramingFault(msgspec.Struct, frozen=True):
    """Why nobody can say where a body ends: the name of the `wire::FramingFault`, and what it means."""

    fault: str
    message: str


class HeadersPart:
    """Part 02: look into the fields of a head. ParseError is raised for a field that no head can have."""

    def __init__(self, call: Call) -> None:
        """Take the function that carries a call to the worker."""
        self._call = call

    def find(self, fields: Fields, name: str) -> bytes | None:
        """Return the value of the first field called `name`, in small letters or capitals; None without one."""
        value: bytes | None = self._call("headers_find", [fields, name], bytes | None)
        return value

    def elements(self, fields: Fields, name: str) -> list[bytes]:
        """Return the elements of a list field over all its lines, without empty ones.

        Raises CourseError when `name` is none of the fields that the proxy knows (`wire::Known`).
        """
        found: list[bytes] | None = self._call("headers_elements", [fields, name], list[bytes] | None)
        if found is None:
            raise CourseError(
                f"The proxy knows no field called {name!r}.", "The known names stand in crates/wire/src/known.rs."
            )
        return found

    def connection(self, fields: Fields) -> ConnectionOptions:
        """Return what the Connection fields say about the connection."""
        return ConnectionOptions(*self._call("headers_connection", [fields], tuple[bool, bool, bool]))

    def end_to_end(self, fields: Fields) -> list[tuple[bytes, bytes]]:
        """Return the fields that travel on to the next server, in their order."""
        kept: list[tuple[bytes, bytes]] = self._call("headers_end_to_end", [fields], list[tuple[bytes, bytes]])
        return kept

    def request_framing(self, fields: Fields, version: Version = "HTTP/1.1") -> Framing | FramingFault:
        """Return where the body of a request ends, or why it has to be refused."""
        return _framing(self._call("headers_request_framing", [fields, version == "HTTP/1.0"], _Judged))

    def response_framing(
        self, fields: Fields, status: int = 200, *, version: Version = "HTTP/1.1", answers_head: bool = False
    ) -> Framing | FramingFault:
        """Return where the body of a response ends, or why it has to be refused; `status` is 100 to 599."""
        if not 100 <= status <= 599:
            raise CourseError(f"{status} is no status code.", "Give a number from 100 to 599.")
        arguments = [fields, version == "HTTP/1.0", status, answers_head]
        return _framing(self._call("headers_response_framing", arguments, _Judged))


def _framing(judged: _Judged) -> Framing | FramingFault:
    framing, fault = judged
    if framing is not None:
        return Framing(*framing)
    assert fault is not None, "the part says one or the other"
    return FramingFault(*fault)

"""Part 01 for Python: plain, frozen records, the same for `mine` and `reference`."""

import msgspec

from proxylings.lab.faces import Call


class Cut(msgspec.Struct, frozen=True):
    """A buffer cut at its blank line: the head with its blank line, and the bytes after it."""

    head: bytes
    rest: bytes


class RequestHead(msgspec.Struct, frozen=True):
    """A parsed request head: bytes as the client sent them, `version` as "HTTP/1.0" or "HTTP/1.1", fields in order."""

    method: bytes
    target: bytes
    version: str
    fields: list[tuple[bytes, bytes]]


class Note(msgspec.Struct, frozen=True):
    """What stays behind for the access log when the request is handed on."""

    method: str
    target: str


class RequestPart:
    """Part 01: a byte buffer becomes one owned request head, handed on stage by stage."""

    def __init__(self, call: Call) -> None:
        """Take the function that carries a call to the worker."""
        self._call = call

    def cut(self, data: bytes) -> Cut | None:
        """Cut the head off the front of `data`; None while its blank line has not come.

        Raises ParseError when the head cannot fit into the limit of 16 KiB.
        """
        pair = self._call("request_cut", [data], tuple[bytes, bytes] | None)
        return None if pair is None else Cut(*pair)

    def parse(self, data: bytes) -> RequestHead:
        """Parse a complete request head; raises ParseError with the fault and the offset of its byte."""
        head: RequestHead = self._call("request_parse", [data], RequestHead)
        return head

    def hand_on(self, data: bytes) -> Note:
        """Parse `data`, hand its head on, and return the note that stays behind for the access log."""
        return Note(*self._call("request_hand_on", [data], tuple[str, str]))

    def recycle(self, data: bytes, rest: bytes = b"") -> bytes:
        """Parse `data`, and return what the next request's buffer then holds, given the bytes in `rest`."""
        buffer: bytes = self._call("request_recycle", [data, rest], bytes)
        return buffer
